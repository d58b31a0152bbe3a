import type { Network } from "./network";
import type { Part } from "./pass";

/** A part has about so many samples: fewer cost additions, more leave threads without work. */
const samplesInPart = 8;

/** More parts than this would only cost memory. */
const mostParts = 16;

/** Parts of a batch: as many whatever the machine, so that sums are the same on any. */
export function partsOf(batchSize: number): number {
  return Math.min(mostParts, Math.ceil(batchSize / samplesInPart));
}

/** The numbers of a thread's parts, from the first to before the second. */
export function partsOfThread(parts: number, threads: number, thread: number) {
  return [
    Math.floor((parts * thread) / threads),
    Math.floor((parts * (thread + 1)) / threads),
  ] as const;
}

/** A thread's share of a batch of some size. */
export function shareOf(size: number, parts: number, threads: number, thread: number) {
  const startOf = (part: number) => Math.floor((size * part) / parts);
  const [from, to] = partsOfThread(parts, threads, thread);
  const first = startOf(from);
  return {
    first,
    samples: startOf(to) - first,
    parts: Array.from({ length: to - from }, (_, at): Part => {
      const number = from + at;
      const start = startOf(number);
      return { number, from: start - first, samples: startOf(number + 1) - start };
    }),
  };
}

/**
 * Whether a part can go through a network and back before the next one begins: its images then stay in
 * the cache, and need no more room. Not so where a layer normalises by the whole batch, or where the
 * whole batch decides the loss.
 *
 * @param prior of the non-negative risk; 0 for other losses
 */
export function goesPartByPart({ layers }: Network, prior: number): boolean {
  return prior === 0 && layers.every(({ kind }) => kind !== "normalise");
}
