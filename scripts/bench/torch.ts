import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Trial } from "./trials";

/** PyTorch in a process of its own, which is timed inside it. */
export interface Torch {
  readonly version: string;
  /** Seconds of one epoch, or of predicting every patch once. */
  seconds(
    what: "train" | "predict",
    trial: Trial,
    patches: number,
    threads: number,
  ): Promise<number>;
  stop(): void;
}

/** Starts PyTorch by the first Python that has it; null where none does. */
export async function startTorch(): Promise<Torch | null> {
  for (const python of ["python3", "/usr/bin/python3"]) {
    const torch = await startBy(python);
    if (torch !== null) return torch;
  }
  return null;
}

async function startBy(python: string): Promise<Torch | null> {
  const child = spawn(python, [join(__dirname, "torch_bench.py")], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  child.on("error", () => undefined);
  child.stdin.on("error", () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done) return null;
  const { torch } = JSON.parse(first.value) as { torch: string };
  return {
    version: torch,
    async seconds(what, { model, filters }, patches, threads) {
      child.stdin.write(`${JSON.stringify({ what, model, filters, patches, threads })}\n`);
      const { value } = await lines.next();
      return (JSON.parse(value as string) as { seconds: number }).seconds;
    },
    stop: () => child.kill(),
  };
}
