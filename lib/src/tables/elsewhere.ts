import { aucWithInterval } from "../evaluation/delong";
import type { OccurrenceGroup } from "../patches/groups";
import { patchesNear } from "../patches/near";
import type { Patches } from "../patches/types";
import type { RocScore } from "../runs/roc-scores";
import type { ZoneTransfer } from "../runs/zone-transfer";
import type { Row } from "./table";

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
 * Each score's AUC against all patches without an occurrence, and against those within a distance of
 * one; null where there is no background near, or none farther away.
 */
export function nearComparisons(
  scores: readonly RocScore[],
  { assignment }: OccurrenceGroup,
  patches: Patches,
  distance: number,
): NearComparison[] | null {
  const near = patchesNear(patches, assignment, distance);
  const labels = Uint8Array.from(near, (patch) => assignment.labels[patch]);
  if (near.length === patches.places.length || !labels.includes(0)) return null;
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

/** One row a score. */
export function nearRows(found: readonly NearComparison[]): Row[] {
  return found.map(({ name, all, near, patches }) => ({
    score: name,
    "AUC, all background": all.value,
    from: all.interval[0],
    to: all.interval[1],
    "AUC, near background": near.value,
    "near from": near.interval[0],
    "near to": near.interval[1],
    "patches near": patches,
  }));
}

/** One row a pair of zones: the error learnt elsewhere beside that learnt everywhere. */
export function transferRows(transfers: readonly ZoneTransfer[]): Row[] {
  return transfers.map(({ trained, judged, patches, positives, transferred, whole }) => ({
    "trained in": trained,
    "judged in": judged,
    "AUC, trained there": transferred.value,
    from: transferred.interval[0],
    to: transferred.interval[1],
    "AUC, trained everywhere": whole.value,
    "whole from": whole.interval[0],
    "whole to": whole.interval[1],
    "patches with an occurrence": positives,
    patches,
  }));
}
