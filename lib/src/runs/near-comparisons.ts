import { aucWithInterval } from "../evaluation/delong";
import type { OccurrenceGroup } from "../patches/groups";
import { patchesNear } from "../patches/near";
import type { Patches } from "../patches/types";
import { type Found, skipped } from "../skipped";
import type { RocScore } from "./roc-scores";

/** A score against all background, and against that near an occurrence. */
export interface NearComparison {
  /** Under which its numbers are kept: "caeError", "bestLayer" or "pcaError". */
  readonly id: string;
  readonly name: string;
  readonly all: ReturnType<typeof aucWithInterval>;
  readonly near: ReturnType<typeof aucWithInterval>;
  /** Patches compared with near occurrences, those that hold one among them. */
  readonly patches: number;
}

/**
 * Areas under the curve against all background and against that within a distance of an occurrence:
 * there a score gets nothing for telling one part of the region from another. Skipped where all
 * patches are that near, or no background is.
 *
 * @param distance in CRS units
 */
export function nearComparisons(
  scores: readonly RocScore[],
  { assignment }: OccurrenceGroup,
  patches: Patches,
  distance: number,
): Found<NearComparison[]> {
  const near = patchesNear(patches, assignment, distance);
  const labels = Uint8Array.from(near, (patch) => assignment.labels[patch]);
  const reach = `${distance / 1000} km of an occurrence`;
  if (near.length === patches.places.length) return skipped(`all patches lie within ${reach}`);
  if (!labels.includes(0)) return skipped(`no background lies within ${reach}`);
  return scores.map(({ name, role, values }) => ({
    id: role === "main" ? "caeError" : name === "PCA error" ? "pcaError" : "bestLayer",
    name,
    all: aucWithInterval(values, assignment.labels),
    near: aucWithInterval(
      Float64Array.from(near, (patch) => values[patch]),
      labels,
    ),
    patches: near.length,
  }));
}
