import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Spent } from "./spent";
import type { Trial } from "./trials";
import { newestOf } from "./versions";

/** PyTorch in a process of its own, which is timed inside it. */
export interface Torch {
  readonly version: string;
  /** The Python that imports it, as it was called. */
  readonly python: string;
  /** Time of one epoch, or of predicting every patch once. */
  spent(what: "train" | "predict", trial: Trial, patches: number, threads: number): Promise<Spent>;
  stop(): void;
}

/** Pythons that may import PyTorch: the one that is told, the path's, and Debian's. */
const pythons = () => [
  ...new Set([process.env.PROSPECTIVITY_PYTHON ?? "python3", "python3", "/usr/bin/python3"]),
];

/** Starts the newest PyTorch that any of these Pythons imports; null where none does. */
export async function startTorch(): Promise<Torch | null> {
  const started = await Promise.all(pythons().map(startBy));
  const found = started.filter((torch) => torch !== null);
  const newest = newestOf(found, ({ version }) => version);
  for (const torch of found) if (torch !== newest) torch.stop();
  return newest;
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
    python,
    async spent(what, { model, filters }, patches, threads) {
      child.stdin.write(`${JSON.stringify({ what, model, filters, patches, threads })}\n`);
      const { value } = await lines.next();
      return JSON.parse(value as string) as Spent;
    },
    stop: () => child.kill(),
  };
}
