import { fallingOrder, midRanks } from "../../../lib/src/evaluation/ranks";
import type { PreparedGroup } from "../protocol";

/** What the highest scores select. */
export interface Selection {
  /** Score from which ground is selected; infinite where nothing is. */
  readonly threshold: number;
  readonly patches: number;
  readonly ofPatches: number;
  readonly occurrences: number;
  readonly ofOccurrences: number;
}

/**
 * The ground with the highest scores, up to a share of it; patches with the score of the last are
 * all taken, so that ties are not ordered by chance. Scores that are NaN are no ground.
 *
 * @param share 0 to 1
 */
export function selectGround(
  scores: Float64Array,
  order: Uint32Array,
  share: number,
  { held }: Pick<PreparedGroup, "held">,
): Selection {
  const ranked = order.filter((patch) => !Number.isNaN(scores[patch]));
  const asked = Math.round(share * ranked.length);
  const threshold = asked === 0 ? Number.POSITIVE_INFINITY : scores[ranked[asked - 1]];
  let patches = asked;
  while (patches < ranked.length && scores[ranked[patches]] >= threshold) patches += 1;
  const judged = held.filter(({ patch }) => !Number.isNaN(scores[patch]));
  return {
    threshold,
    patches,
    ofPatches: ranked.length,
    occurrences: judged.filter(({ patch }) => scores[patch] >= threshold).length,
    ofOccurrences: judged.length,
  };
}

/** Share of the ground that scores a threshold or more. */
export function groundFrom(scores: Float64Array, threshold: number): number {
  const ranked = scores.filter((score) => !Number.isNaN(score));
  return ranked.filter((score) => score >= threshold).length / Math.max(1, ranked.length);
}

/** Patches from the highest score to the lowest. */
export const order = fallingOrder;

/** Place of a patch among all: 1 for the highest score; tied ones have the best place of theirs. */
export function placeOf(scores: Float64Array, patch: number): number {
  let higher = 0;
  for (const score of scores) if (score > scores[patch]) higher += 1;
  return higher + 1;
}

/** For each score, the share of the others that are lower, 0 to 1; ties count half. */
export function rankShares(scores: Float64Array): Float64Array {
  const last = Math.max(1, scores.length - 1);
  return midRanks(scores).map((rank) => (rank - 1) / last);
}
