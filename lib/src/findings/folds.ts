import { possibleSpatialFolds, type SpatialFolds } from "../evaluation/spatial-folds";
import type { OccurrenceGroup } from "../patches/groups";
import { patchCentres } from "../patches/means";
import type { Patches } from "../patches/types";
import { type Found, given, isSkipped } from "../skipped";
import { tooFewOccurrences } from "../study/lacks";
import type { Study } from "../study/types";
import type { Row } from "../tables/table";

/** Patches dealt into folds by square blocks of ground. */
export interface DealtFolds extends SpatialFolds {
  /** Edge of a block in CRS units. */
  readonly blockSize: number;
}

export interface FoldOptions {
  readonly folds: number;
  /** Blocks along the district's shorter side. */
  readonly blocksAcross: number;
  readonly seed: number;
}

/** Deals patches into as many folds as asked for, or as occurrences allow, or says why into none. */
export function dealFolds(
  study: Pick<Study, "id" | "region">,
  patches: Patches,
  { assignment }: OccurrenceGroup,
  options: FoldOptions,
): Found<DealtFolds> {
  return groundFolds(study, patches, assignment.labels, options) ?? tooFewOccurrences(study);
}

/**
 * Deals patches into folds by square blocks of ground, so that each fold has its part of some of
 * them; null where too few blocks hold one of these.
 *
 * @param labels 1 for patches of which each fold is to have its part
 */
export function groundFolds(
  { region: { west, east, south, north } }: Pick<Study, "region">,
  patches: Patches,
  labels: ArrayLike<number>,
  { folds, blocksAcross, seed }: FoldOptions,
): DealtFolds | null {
  const blockSize = Math.min(east - west, north - south) / blocksAcross;
  const options = { blockSize, folds, seed };
  const dealt = possibleSpatialFolds(patchCentres(patches), labels, options);
  return dealt === null ? null : { ...dealt, blockSize };
}

/** Fold of each patch; null where there are no folds. */
export function foldOf(found: Found<DealtFolds>): Uint8Array | null {
  return isSkipped(found) ? null : found.fold;
}

/** One row a fold: what it holds. */
export function foldRows(found: Found<DealtFolds>): Found<Row[]> {
  return given(found, ({ folds }) =>
    folds.map(({ units, occurrences, blocks }, at) => ({
      ...{ fold: at + 1, blocks, patches: units },
      "patches with an occurrence": occurrences,
    })),
  );
}

/** How large the blocks are, and whether there are as many folds as were asked for. */
export function foldSentence(found: Found<DealtFolds>, wanted: number): Found<string> {
  return given(found, ({ folds, blockSize }) => {
    const fewer =
      folds.length < wanted
        ? ` ${folds.length} folds instead of ${wanted}: no more blocks hold an occurrence.`
        : "";
    return `Blocks of ${(blockSize / 1000).toFixed(1)} km.${fewer}`;
  });
}
