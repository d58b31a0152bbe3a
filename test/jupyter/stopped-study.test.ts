import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { executeNotebook } from "../../scripts/jupyter/execute";
import { restCode } from "../../scripts/stop-signal";
import { writeNotebook } from "../support/notebooks";

const root = join(__dirname, "../..");
const results = mkdtempSync(join(tmpdir(), "stopped-"));

afterAll(() => rmSync(results, { recursive: true, force: true }));

async function until(isSo: () => boolean, what: string): Promise<void> {
  for (let waited = 0; !isSo(); waited += 50) {
    if (waited > 60_000) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

it("a stopped notebook waits until its training is kept, says how far it came, and ends the kernel", async () => {
  const store = join(results, "runs");
  const path = writeNotebook([
    `import { autoencoderTrial, gridOverRegion, interruptSignal, openRunStore, tilePatches, useBackend } from "prospectivity";
     const backend = await useBackend("wasm");`,
    `const geometry = gridOverRegion({ west: 0, south: 0, east: 96, north: 96 }, 1, { epsg: 32750, name: "test" });
     const values = Float32Array.from({ length: 96 * 96 }, (_, at) => 0.5 + 0.5 * Math.sin(at / 9));
     const patches = tilePatches({ geometry, bands: [{ name: "a", geometry, values }] }, { size: 12 });
     const run = { store: openRunStore(${JSON.stringify(store)}), seed: 3, backend: backend, signal: interruptSignal(),
       progress: () => ({ update: (text: string) => { if (text.includes("epoch 7/")) console.log(text); }, finish: () => undefined }), onTrial: () => undefined };
     await autoencoderTrial(run, "CAE", patches, { architecture: "full", filters: [8, 8],
       outputActivation: "sigmoid", epochs: 100_000, batchSize: 32, learningRate: 0.001 });`,
    "console.log('never');",
  ]);
  const controller = new AbortController();
  const run = await executeNotebook({
    ...{ path, outputPath: join(results, "trial.ipynb"), root, timeoutSeconds: 120 },
    environment: {},
    stop: { signal: controller.signal, restCode, seconds: 20 },
    onProgress: ({ event, text }) => {
      if (event === "output" && text.includes("epoch 7/")) controller.abort();
    },
  });
  expect(run.failure).toMatchObject({ cell: 2, message: "stopped" });
  expect(run.stopped).toMatch(/^training was stopped after \d+ of 100000 epochs; run it again/);
  expect(run.failure).toMatchObject({ cell: 2, message: "stopped" });
  const kept = readdirSync(join(store, "autoencoder"));
  expect(kept.map((name) => name.replace(/^\w+/, ""))).toEqual([".begun"]);
});

/** Processes that one has started. */
function childrenOf(parent: number | undefined): number[] {
  const parentOf = (id: string) => {
    try {
      return Number(readFileSync(`/proc/${id}/stat`, "utf8").split(") ")[1].split(" ")[1]);
    } catch {
      return null;
    }
  };
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === parent)
    .map(Number);
}

describe.skipIf(process.platform !== "linux")("npm run study", () => {
  /** Past set-up, once its kernel runs. */
  async function startStudy() {
    const script = ["--import", "tsx", "scripts/study.ts", "--study", "murchison"];
    const options = ["--profile", "smoke", "--only", "00", "--out", results];
    const child = spawn(process.execPath, [...script, ...options], { cwd: root });
    const printed: string[] = [];
    child.stdout.on("data", (data: Buffer) => printed.push(data.toString()));
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    // tsx compiles by a process of its own, which is there before any kernel.
    const isKernel = (id: number) =>
      readFileSync(`/proc/${id}/cmdline`, "utf8").includes("--config-path");
    const kernels = () => childrenOf(child.pid).filter(isKernel);
    await until(() => kernels().length > 0, "a kernel runs");
    return { child, ended, kernel: kernels()[0], printed: () => printed.join("") };
  }

  it("stopped by Ctrl-C, that npm passes on once more, ends its kernel and exits with 130", async () => {
    const { child, ended, kernel, printed } = await startStudy();
    await until(() => printed().includes("[1/"), "a cell has run");
    child.kill("SIGINT");
    child.kill("SIGINT");
    expect(await ended, printed()).toBe(130);
    expect(printed()).toContain("Run the same command again: it goes on from there.");
    expect(existsSync(`/proc/${kernel}`)).toBe(false);
    const { durations } = JSON.parse(readFileSync(join(results, "murchison", "run.json"), "utf8"));
    expect(durations["00-evidence"].status).toBe("stopped");
  });

  it("stopped twice ends at once, and its kernel with it", async () => {
    const { child, ended, kernel, printed } = await startStudy();
    child.kill("SIGTERM");
    await until(() => printed().includes("Ctrl-C again"), "the first is heard");
    await new Promise((resolve) => setTimeout(resolve, 600));
    child.kill("SIGTERM");
    expect(await ended).toBe(130);
    await until(() => !existsSync(`/proc/${kernel}`), "the kernel is gone");
  });
});
