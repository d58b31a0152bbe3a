import { totalmem } from "node:os";
import { host } from "../../lib/src/training/engine/host";

/** What a notebook's kernel may take at most, of a study of the paper's size. */
const KERNEL_BYTES = 3 * 2 ** 30;

/** Kernels that this machine can hold side by side. */
export function kernelsAtOnce(cores = host.cores, bytes = totalmem()): number {
  return Math.max(1, Math.min(cores, Math.floor(bytes / KERNEL_BYTES)));
}

interface Runs {
  /** Runs one; whether it came to its end. */
  run(name: string): Promise<boolean>;
  /** Whether it waits for all before it. */
  readsOthers(name: string): boolean;
  readonly signal: AbortSignal;
  /** Most at once; as many as the machine can hold when absent. */
  readonly atOnce?: number;
}

/**
 * Runs notebooks side by side, begun in their order; one that reads what others left begins when all
 * before it have ended. After one that fails, or a stop, no other is begun, and those that run are
 * waited for.
 *
 * @returns whether none failed
 * @throws what the first of them throws, once the others have ended
 */
export async function sideBySide(
  names: readonly string[],
  { run, readsOthers, signal, atOnce = kernelsAtOnce() }: Runs,
): Promise<boolean> {
  const running = new Set<Promise<void>>();
  let hasFailed = false;
  const errors: unknown[] = [];
  for (const name of names) {
    const room = readsOthers(name) ? 1 : atOnce;
    while (running.size >= room) await Promise.race(running);
    if (hasFailed || signal.aborted) break;
    const one: Promise<void> = run(name)
      .then((isWhole) => {
        hasFailed ||= !isWhole;
      })
      .catch((error: unknown) => {
        hasFailed = true;
        errors.push(error);
      })
      .finally(() => running.delete(one));
    running.add(one);
  }
  await Promise.all(running);
  if (errors.length > 0) throw errors[0];
  return !hasFailed;
}
