import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { executeNotebook } from "../../scripts/jupyter/execute";
import { writeNotebook } from "../support/notebooks";

const root = join(__dirname, "../..");

/** Runs a notebook of one cell in a process of its own, which tells what the cell prints. */
function startRunner(cell: string) {
  const path = writeNotebook([cell]);
  const script = join(mkdtempSync(join(tmpdir(), "runner-")), "runner.ts");
  const options = {
    ...{ path, outputPath: join(path, "..", "out.ipynb"), root, timeoutSeconds: 120 },
    environment: {},
  };
  writeFileSync(
    script,
    `import { executeNotebook } from ${JSON.stringify(join(root, "scripts/jupyter/execute"))};
     const onProgress = ({ text }: { text: string }) => console.log(text);
     executeNotebook({ ...${JSON.stringify(options)}, onProgress });`,
  );
  return spawn(process.execPath, [join(root, "node_modules/tsx/dist/cli.mjs"), script], {
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}

it.each([
  ["waits", "await new Promise(() => undefined);"],
  ["computes without a pause", "for (;;) Math.sqrt(2);"],
])("a kernel that %s is gone when its runner is killed", async (_, work) => {
  // Printed at once, since a line of the log waits for the cell's next pause.
  const runner = startRunner(
    `console.log("kernel " + process.pid + ".");\nawait new Promise((resolve) => setTimeout(resolve, 300));\n${work}`,
  );
  let printed = "";
  const kernel = await new Promise<number>((resolve) => {
    runner.stdout.on("data", (data: Buffer) => {
      printed += data.toString();
      const found = /kernel (\d+)\./.exec(printed);
      if (found !== null) resolve(Number(found[1]));
    });
  });
  expect(isRunning(kernel)).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  // With its group, since tsx runs the script in a child.
  process.kill(-(runner.pid ?? 0), "SIGKILL");
  const started = Date.now();
  while (isRunning(kernel) && Date.now() - started < 60_000) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(isRunning(kernel)).toBe(false);
});

it("threads that a kernel starts for its own work do not hear of the pipe", async () => {
  const path = writeNotebook([
    `import { Worker } from "node:worker_threads";
     let answer = 0;
     // One after another, since a thread that had opened the pipe would close it when it ends.
     for (const part of [40, 2]) {
       const thread = new Worker('const { parentPort, workerData } = require("node:worker_threads"); parentPort.postMessage(workerData);', { eval: true, workerData: part });
       answer += await new Promise<number>((resolve, reject) => { thread.on("message", resolve); thread.on("error", reject); });
       await thread.terminate();
     }
     console.log("the threads say " + answer);`,
  ]);
  const printed: string[] = [];
  const run = await executeNotebook({
    ...{ path, outputPath: join(path, "..", "out.ipynb"), root, timeoutSeconds: 120 },
    environment: {},
    onProgress: ({ text }) => printed.push(text),
  });
  expect(run.failure).toBeNull();
  expect(printed.join("\n")).toContain("the threads say 42");
});
