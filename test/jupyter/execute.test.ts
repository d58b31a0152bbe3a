import { spawnSync } from "node:child_process";
import { getEventListeners } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { explained } from "../../scripts/jupyter/execute";
import { startKernel } from "../../scripts/jupyter/kernel";
import type { Output } from "../../scripts/jupyter/notebook-file";
import { executed } from "../support/notebooks";

const project = join(__dirname, "../..");

function textOf(outputs: readonly Output[] = [], stream = "stdout"): string {
  return outputs
    .flatMap((output) =>
      output.output_type === "stream" && output.name === stream ? [output.text] : [],
    )
    .join("");
}

describe("a notebook that runs", () => {
  it("takes its ear off the stop signal that all notebooks share when it ends", async () => {
    const stop = new AbortController();
    const stopped = { signal: stop.signal, restCode: "", seconds: 1 };
    const { run } = await executed(["console.log(1);"], { stop: stopped });
    expect(run.failure).toBeNull();
    expect(getEventListeners(stop.signal, "abort")).toEqual([]);
  });

  it("runs cells in order in one kernel, with the environment, and keeps all they put out", async () => {
    const { run, notebook } = await executed(
      [
        "const first = 20;\nconsole.log(process.env.PROSPECTIVITY_STUDY);",
        "console.log(first + 1);\nconsole.error('a warning');",
        "const later: number = await new Promise((done) => setTimeout(() => done(first * 2), 50));\nconsole.log(later);",
      ],
      { environment: { PROSPECTIVITY_STUDY: "murchison" } },
    );
    expect(run.failure).toBeNull();
    expect(notebook.cells.map(({ outputs }) => textOf(outputs))).toEqual([
      "murchison\n",
      "21\n",
      "40\n",
    ]);
    expect(textOf(notebook.cells[1].outputs, "stderr")).toBe("a warning\n");
    expect(notebook.cells.map(({ execution_count }) => execution_count)).toEqual([1, 2, 3]);
    expect(notebook.metadata.prospectivity).toEqual({ status: "ok" });
    expect(readdirSync(dirname(run.outputPath))).toEqual(["trial.ipynb"]);
  });

  it("merges a display that is updated in place, and tells each state", async () => {
    const seen: string[] = [];
    const { notebook } = await executed(
      [
        "import { newDisplay } from 'tslab';\nconst line = newDisplay();\nline.text('epoch 1');",
        "line.text('epoch 2');\nconsole.log('between');\nline.text('epoch 3');",
      ],
      { onOutput: (text) => seen.push(text.trim()) },
    );
    const displays = notebook.cells.map(({ outputs = [] }) =>
      outputs.flatMap((output) =>
        output.output_type === "display_data" ? [output.data["text/plain"]] : [],
      ),
    );
    expect(displays).toEqual([["epoch 3"], []]);
    expect(seen).toEqual(expect.arrayContaining(["epoch 1", "epoch 2", "epoch 3"]));
  });

  it("is valid by nbformat's own schema, where that is installed", async (context) => {
    const check = "import nbformat, sys; nbformat.validate(nbformat.read(sys.argv[1], 4))";
    if (spawnSync("/usr/bin/python3", ["-c", "import nbformat"]).status !== 0) context.skip();
    const { run } = await executed(["console.log(1);", "console.error(2);"]);
    const failing = await executed(["throw new Error('no');"]);
    for (const path of [run.outputPath, failing.run.outputPath]) {
      const { status, stderr } = spawnSync("/usr/bin/python3", ["-c", check, path]);
      expect(stderr.toString()).not.toContain("ValidationError");
      expect(status).toBe(0);
    }
  });
});

describe("a notebook that fails", () => {
  it("tells the cell's source, the message and the stack, and keeps what came before", async () => {
    const { run, notebook } = await executed([
      "console.log('before');",
      "function deep(): never { throw new RangeError('band DTF is empty'); }\ndeep();",
      "console.log('never');",
    ]);
    expect(run.failure?.cell).toBe(2);
    expect(run.failure?.source).toContain("deep();");
    expect(run.failure?.message).toContain("RangeError: band DTF is empty");
    expect(run.failure?.message).toMatch(/at deep/);
    expect(basename(run.outputPath)).toBe("trial.failed.ipynb");
    expect(existsSync(run.outputPath.replace(".failed", ""))).toBe(false);
    expect(textOf(notebook.cells[0].outputs)).toBe("before\n");
    expect(notebook.cells[2]).toMatchObject({ execution_count: null, outputs: [] });
    expect(notebook.metadata.prospectivity).toMatchObject({ status: "failed", cell: 2 });
  });

  it("does not compile: the compiler's message", async () => {
    const { run } = await executed(["const width: number = 'twelve';"]);
    expect(run.failure?.message).toContain("not assignable to type 'number'");
  });

  it.each([
    ["in a timer", "setTimeout(() => { throw new Error('late and alone'); }, 20);"],
    ["in a promise of nobody", "void Promise.reject(new Error('late and alone'));"],
    [
      "in a timer of the last cell",
      "setTimeout(() => { throw new Error('late and alone'); }, 300);",
    ],
  ])("has an error %s", async (_, code) => {
    const { run } = await executed([code]);
    expect(run.failure?.cell).toBe(1);
    expect(run.failure?.message).toContain("late and alone");
  });

  it("kills its kernel", async () => {
    const { run, notebook } = await executed([
      "console.log('before');",
      "await new Promise((done) => setTimeout(done, 200)); process.exit(3);",
    ]);
    expect(run.failure?.cell).toBe(2);
    expect(run.failure?.message).toMatch(/kernel died.*3/);
    expect(textOf(notebook.cells[0].outputs)).toBe("before\n");
  });

  it("takes longer than its time limit, even without ever giving way", async () => {
    const { run } = await executed(["console.log('turning');", "while (true) {}"], {
      timeoutSeconds: 4,
    });
    expect(run.failure?.cell).toBe(2);
    expect(run.failure?.message).toContain("time limit of 4 s");
  });
});

describe("a kernel that ends by what is known", () => {
  it("because files were changed that its compiler watches says what to do", async () => {
    const { run } = await executed([
      "console.log('before');",
      "import { writeSync } from 'node:fs';\nwriteSync(2, 'Error: Unexpected pending rebuildTimer');\nprocess.exit(1);",
    ]);
    expect(run.failure?.message).toMatch(/^The kernel ended because files it watches were changed/);
    expect(run.failure?.message).toContain("Run the same command again");
    expect(explained("RangeError: band DTF is empty")).toBe("RangeError: band DTF is empty");
  });

  it("before it answers is started once more, and that is told", async () => {
    const root = mkdtempSync(join(tmpdir(), "project-"));
    const spec = join(".kernel", "kernels", "tslab");
    const real = JSON.parse(readFileSync(join(project, spec, "kernel.json"), "utf8"));
    const [node, ...rest] = real.argv as string[];
    // Ends at once, as on a port that is taken, the first time.
    const script = `const { existsSync, writeFileSync } = require("node:fs");
      const mark = ${JSON.stringify(join(root, "tried"))};
      if (!existsSync(mark)) { writeFileSync(mark, ""); console.error("Address already in use"); process.exit(1); }
      const [tslab, ...args] = process.argv.slice(2);
      process.argv = [process.argv[0], tslab, ...args];
      require(tslab);`;
    mkdirSync(join(root, spec), { recursive: true });
    writeFileSync(join(root, "start.js"), script);
    const argv = [node, join(root, "start.js"), ...rest];
    writeFileSync(join(root, spec, "kernel.json"), JSON.stringify({ ...real, argv }));
    const retries: string[] = [];
    const kernel = await startKernel({ root, cwd: project, environment: {} }, (why) =>
      retries.push(why),
    );
    await kernel.stop();
    expect(retries).toHaveLength(1);
    expect(retries[0]).toContain("Address already in use");
    rmSync(join(root, "tried"));
    writeFileSync(join(root, "start.js"), "console.error('always'); process.exit(1);");
    await expect(startKernel({ root, cwd: project, environment: {} })).rejects.toThrow(/always/);
  });
});
