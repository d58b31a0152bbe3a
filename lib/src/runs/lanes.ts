/** Threads that a training of batches of 32, the usual ones, can keep at work: the batch has four parts. */
const MOST_THREADS = 4;

/**
 * Multiplications between two meetings of threads (workBetweenMeetings) that are worth a thread. Below
 * this, waiting for the other costs what a second thread saves; most so where other programs want the
 * cores too, since a thread that waits loses its own.
 *
 * Measured on two cores, batches of 32 patches of 12 x 12 pixels and 9 bands: seconds of an epoch of
 * 4,234 patches, taken some weeks before, and the middle milliseconds of a batch where some
 * fifteen programs want the cores.
 *
 * | network, filters | millions | epoch on one, two | batch on one, two |
 * | --- | --- | --- | --- |
 * | CAE b, 8 and 4 | 3.3 | | 0.53, 0.68 |
 * | CAE b, 16 and 8 | 7.4 | 0.28, 0.30 | 0.84, 0.85 |
 * | CAE b, 32 and 16 | 17.6 | 0.50, 0.45 | 1.90, 2.28 |
 * | CAE b, 32 and 64 | 38.5 | 1.07, 0.72 | 7.08, 3.66 |
 * | CNN, 8 and 16 | 0.6 | | 0.44, 0.57 |
 * | CNN, 32 and 64 | 4.5 | | 1.93, 4.83 |
 *
 * Of batches that met no other program (the quickest of a hundred) all auto-encoders took 0.52 to 0.56
 * of their time on one thread, and classifiers 1.02 to 1.18: they meet eight times a batch. Of whole
 * trainings on a machine that does nothing else (npm run bench, 30 November 2026) those of 8 and 4 filters
 * took 0.74, of 16 and 8 0.54, of 24 and 12 0.53, of 32 and 16 0.54, of 32 and 64 0.55.
 */
export const WORK_OF_THREAD = 3.6e6;

/**
 * Threads that a training is worth, at most so many as there are cores.
 *
 * @param work between two meetings, as workBetweenMeetings; as many threads as a batch has parts where
 *   it is unknown
 */
export function threadsWorth(work: number | undefined, cores: number): number {
  const most = Math.min(MOST_THREADS, cores);
  if (work === undefined) return most;
  // A network that cannot be built has no number, and is refused when it is.
  return Math.min(most, Math.floor(work / WORK_OF_THREAD) || 1);
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
 * @param works for each training, in the order in which they are begun, as in threadsWorth
 */
export function lanesFor(works: readonly (number | undefined)[], cores: number): Lanes {
  const beside = works.length - (works.length % cores);
  const rest = works.slice(beside);
  const most = Math.max(1, ...rest.map((each) => threadsWorth(each, cores)));
  const lanes = Math.max(1, Math.min(rest.length, Math.floor(cores / most)));
  return { beside, lanes, threads: Math.floor(cores / lanes) };
}
