import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { startKernel } from "../../scripts/jupyter/kernel";

const root = join(__dirname, "../..");

it("the stop button stops a training of a million epochs and leaves the kernel alive", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "interrupt-"));
  symlinkSync(join(root, "node_modules"), join(cwd, "node_modules"));
  const kernel = await startKernel({ root, cwd, environment: {} });
  const printed: string[] = [];
  const answers = new Map<string, (status: string) => void>();
  kernel.onPublished(({ header, content }) => {
    if (header.msg_type === "stream") printed.push(String(content.text));
  });
  kernel.onReply(({ parent_header, content }) =>
    answers.get(parent_header.msg_id ?? "")?.(String(content.status)),
  );
  const execute = async (code: string) => {
    const id = randomUUID();
    const status = new Promise<string>((resolve) => answers.set(id, resolve));
    const settings = { silent: false, store_history: true, user_expressions: {} };
    await kernel.request(id, "execute_request", { code, ...settings, allow_stdin: false });
    return status;
  };
  try {
    const opened = await execute(
      'import { interruptSignal, trainAutoencoder, useBackend } from "prospectivity";\nawait useBackend("wasm");',
    );
    expect(opened, printed.join("")).toBe("ok");
    const training = execute(`
      const values = new Float32Array(200 * 144 * 2).map((_, at) => 0.5 + 0.5 * Math.sin(at));
      const options = { architecture: "full", filters: [8, 8], outputActivation: "sigmoid", epochs: 1e6, batchSize: 16, learningRate: 0.001, seed: 1 } as const;
      let epochs = 0;
      try {
        await trainAutoencoder(values, { count: 200, size: 12, bands: 2 }, options, {
          signal: interruptSignal(),
          onProgress: ({ epoch }) => { if (epochs === 0) console.log("training"); epochs = epoch; },
        });
      } catch (error) {
        console.log("ended", (error as Error).name);
      }`);
    const asked = Date.now();
    while (!printed.join("").includes("training") && Date.now() - asked < 60_000)
      await new Promise((done) => setTimeout(done, 50));
    expect(printed.join("")).toContain("training");
    const pressed = Date.now();
    kernel.interrupt();
    while (!printed.join("").includes("ended AbortError")) {
      if (Date.now() - pressed > 60_000) throw new Error(`not stopped: ${printed.join("")}`);
      await new Promise((done) => setTimeout(done, 50));
    }
    await training;
    // tslab refuses cells for a fifth of a second after one that failed.
    await new Promise((done) => setTimeout(done, 500));
    expect(await execute('console.log("alive", 6 * 7);')).toBe("ok");
    expect(printed.join("")).toContain("alive 42");
  } finally {
    await kernel.stop();
    rmSync(cwd, { recursive: true });
  }
});
