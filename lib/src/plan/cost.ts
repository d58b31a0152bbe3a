import type { Method } from "../method/parameters";
import type { Batch } from "../steps/work";
import type { Study } from "../study/types";
import { trainingCost } from "../training/cost";

/** What work is estimated to take on one thread of the machine that the bench was run on. */
export interface Cost {
  readonly seconds: number;
  /** Peak memory of the process, MiB. */
  readonly mebibytes: number;
}

/** A process with the library, the study and its steps loaded, before anything is trained. */
const PROCESS_MEBIBYTES = 300;

/** Patches that the study's region holds at most: nodata and its area are not looked at. */
export function patchesOf(
  { geometry }: Pick<Study, "geometry">,
  { coarsening, patchSize }: Pick<Method, "coarsening" | "patchSize">,
): number {
  const across = Math.floor(geometry.width / coarsening / patchSize);
  return Math.max(1, across * Math.floor(geometry.height / coarsening / patchSize));
}

/** What all pieces of a batch take one after another. */
export function batchCost({ count, piece }: Batch, study: Study, method: Method): Cost {
  const patches = patchesOf(study, method);
  if (piece.kind === "other") {
    const seconds = (count * patches * piece.microsecondsPerPatch) / 1e6;
    return { seconds, mebibytes: PROCESS_MEBIBYTES };
  }
  const { network, epochs, ofPatches } = piece;
  const size = method.patchSize;
  const shape = { count: Math.ceil(ofPatches * patches), size, bands: study.evidence.length };
  const { seconds, mebibytes } = trainingCost(network, shape, epochs);
  return { seconds: count * seconds, mebibytes: PROCESS_MEBIBYTES + mebibytes };
}
