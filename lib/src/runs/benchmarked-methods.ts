import { InputError } from "../errors";
import type { BenchmarkAuc } from "../evaluation/benchmark-auc";
import { patchGrid } from "../patches/assemble";
import type { OccurrenceGroup } from "../patches/groups";
import type { Patches } from "../patches/types";
import { type Found, skipped } from "../skipped";
import type { Study } from "../study/types";
import { judgedPlaces, judgeGrid } from "./judged-raster";
import type { MethodScores } from "./method-set";

/** A method as the open benchmark judges it; null where it has no score that allows it. */
export interface BenchmarkedMethod {
  readonly method: Pick<MethodScores, "id" | "name" | "isTold">;
  readonly inSample: BenchmarkAuc | null;
  readonly outOfFold: BenchmarkAuc | null;
}

/**
 * Judges methods by the open benchmark's protocol at the places of the samples, each of which has the
 * score of the patch that it lies in; none where nothing can be drawn from, such as in a district
 * whose samples all lie near sites.
 *
 * @param study with samples
 * @param group the sites
 */
export function benchmarkMethods(
  study: Study,
  patches: Patches,
  scores: readonly MethodScores[],
  { assignment }: Pick<OccurrenceGroup, "assignment">,
  seed: number,
): Found<BenchmarkedMethod[]> {
  const occurrences = assignment.assigned.map(({ occurrence }) => occurrence);
  const reasons: string[] = [];
  let places: ReturnType<typeof judgedPlaces> | null = null;
  const judged = (values: ArrayLike<number>): BenchmarkAuc | null => {
    try {
      const grid = patchGrid(patches, "score", values);
      places ??= judgedPlaces(grid, study);
      return judgeGrid(grid, study, { seed, occurrences }, places);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      reasons.push(error.details.found);
      return null;
    }
  };
  const found = scores.map(({ id, name, isTold, inSample, outOfSample }) => ({
    ...{ method: { id, name, isTold }, inSample: judged(inSample) },
    outOfFold: judged(outOfSample),
  }));
  return found.some(({ inSample }) => inSample !== null)
    ? found
    : skipped(`the benchmark has nothing to judge by in study ${study.id}: ${reasons[0]}`);
}
