/** Threads that a training of batches of 32, the usual ones, can keep at work: the batch has four parts. */
const MOST_THREADS = 4;

/**
 * Multiplications of a batch's pass forward, counted as the layers define them, that are worth a thread.
 * Threads meet twice a batch, and more often where layers normalise; below this, waiting and fetching
 * what the other has written cost what a second thread saves.
 *
 * Measured on two cores (4,234 patches of 12 x 12 pixels and 9 bands, batches of 32, npm run bench),
 * seconds of an epoch on one thread and on two:
 *
 * | CAE b, filters | million multiplications a batch | one | two |
 * | --- | --- | --- | --- |
 * | 16 and 8 | 14.8 | 0.28 | 0.30 |
 * | 32 and 16 | 35.2 | 0.50 | 0.45 |
 * | 32 and 64 | 77.0 | 1.07 | 0.72 |
 */
export const WORK_OF_THREAD = 16e6;

/**
 * Threads that a training is worth, at most so many as there are cores.
 *
 * @param batchWork multiplications of a batch's pass forward; as many threads as a batch has parts where
 *   it is unknown
 */
export function threadsWorth(batchWork: number | undefined, cores: number): number {
  const most = Math.min(MOST_THREADS, cores);
  if (batchWork === undefined) return most;
  // A network that cannot be built has no number, and is refused when it is.
  return Math.min(most, Math.floor(batchWork / WORK_OF_THREAD) || 1);
}

/** How trainings share the cores: some side by side on one thread each, then those left over. */
export interface Lanes {
  /** Of the first trainings so many run side by side, each on one thread. */
  readonly beside: number;
  /** Trainings of the rest that run at once. */
  readonly lanes: number;
  /** Threads that each of the rest may have, when it is worth them. */
  readonly threads: number;
}

/**
 * Shares out trainings. Where as many wait as there are cores, each is on one thread, which takes 9 to
 * 20 % less processor time than one after another on all (npm run bench). Of those left over as many run
 * at once as leave each the threads that it is worth, so that small networks are side by side, and large
 * ones one after another.
 *
 * @param batchWorks for each training, in the order in which they are begun, as in threadsWorth
 */
export function lanesFor(batchWorks: readonly (number | undefined)[], cores: number): Lanes {
  const beside = batchWorks.length - (batchWorks.length % cores);
  const rest = batchWorks.slice(beside);
  const most = Math.max(1, ...rest.map((work) => threadsWorth(work, cores)));
  const lanes = Math.max(1, Math.min(rest.length, Math.floor(cores / most)));
  return { beside, lanes, threads: Math.floor(cores / lanes) };
}
