import { fork } from "node:child_process";
import type { Recorder } from "./record";
import type { EngineWork } from "./trials";

/** Bytes of a patch of 12 x 12 pixels and 9 bands. */
const patchBytes = 12 * 12 * 9 * 4;

const mebibytes = (bytes: number) => bytes / 2 ** 20;

/** Most memory that a process holds which trains the first network on some patches. */
function peakMemory(work: EngineWork): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = fork(require.resolve("./peak-memory"), [JSON.stringify(work)]);
    child.on("message", (bytes) => resolve(bytes as number));
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`the process for memory ended with ${code}`)));
  });
}

/** Peak memory over patches, batch and threads, and whether data and threads account for it. */
export async function memoryGrowth({ keep }: Recorder, all: number): Promise<void> {
  const usual = { count: 4000, batchSize: 32, threads: all };
  const peaks = new Map<number, number>();
  for (const count of [1000, 4000, 16_000, 64_000]) {
    const bytes = await peakMemory({ ...usual, count });
    peaks.set(count, bytes);
    keep(`caeB.memory.patches${count}.mebibytes`, `Peak memory, ${count} patches: MiB`, [
      mebibytes(bytes),
    ]);
  }
  for (const batchSize of [8, 128]) {
    const bytes = await peakMemory({ ...usual, batchSize });
    keep(`caeB.memory.batch${batchSize}.mebibytes`, `Peak memory, batch of ${batchSize}: MiB`, [
      mebibytes(bytes),
    ]);
  }
  const byThreads: number[] = [];
  for (const threads of [1, 2, 4]) {
    byThreads.push(await peakMemory({ ...usual, threads }));
    keep(`caeB.memory.threads${threads}.mebibytes`, `Peak memory, ${threads} threads: MiB`, [
      mebibytes(byThreads[byThreads.length - 1]),
    ]);
  }
  const perThread = (byThreads[2] - byThreads[0]) / 3;
  keep("caeB.memory.aThread.mebibytes", "Memory of one thread more: MiB", [mebibytes(perThread)]);
  // The caller's patches and the engine's copy of them; the rest does not hang on their number, but
  // garbage may wait to be collected.
  const least = peaks.get(1000) as number;
  const most = peaks.get(64_000) as number;
  const garbage = 64 * 2 ** 20;
  const bound = least + 2 * 63_000 * patchBytes + garbage;
  keep("caeB.memory.copiesOfData", "Memory that grows, in sizes of the data", [
    (most - least) / (63_000 * patchBytes),
  ]);
  const written = (bytes: number) => `${mebibytes(bytes).toFixed(0)} MiB`;
  console.log(
    `64,000 patches: data ${written(64_000 * patchBytes)}; measured ${written(most)}, ${most <= bound ? "within" : "BEYOND"} the bound of ${written(bound)}: what 1,000 patches take (${written(least)}), twice the data beyond, ${written(garbage)} of garbage; a thread more takes ${written(perThread)}`,
  );
}
