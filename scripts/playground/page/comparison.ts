import { pearson } from "../../../lib/src/evaluation/correlation";
import { type ParameterName, shownValue } from "./parameters";
import { type Cut, decisive, madeBy, type Run } from "./runs";
import { rankShares } from "./selection";

/** A run that is kept to be held against others. */
export interface KeptRun {
  /** A, B, C ... as charts and tables name it. */
  readonly letter: string;
  readonly run: Run;
}

/** Runs that are kept at most: each holds its scores, patches' means and curves. */
export const MOST_KEPT = 6;

const LETTERS = "ABCDEF";

/** Kept runs with one more, under the first letter that is free; the same ones where there is no room. */
export function keep(kept: readonly KeptRun[], run: Run): readonly KeptRun[] {
  const letter = [...LETTERS].find((each) => kept.every((other) => other.letter !== each));
  if (letter === undefined || isKept(kept, run)) return kept;
  return [...kept, { letter, run }].sort((one, other) => (one.letter < other.letter ? -1 : 1));
}

/** Whether a run, as far as it has come, is kept already. */
export function isKept(kept: readonly KeptRun[], run: Run): boolean {
  return kept.some(({ run: other }) => other.scores === run.scores);
}

/** Parameters in which some runs differ, those that decide none of their networks left out. */
export function differingAmong(kept: readonly KeptRun[]): ParameterName[] {
  const names = decisive(
    kept.some(({ run }) => run.network === "classifier") ? "classifier" : "autoencoder",
  );
  return names.filter((name) => {
    const values = kept
      .filter(({ run }) => decisive(run.network).includes(name))
      .map(({ run }) => JSON.stringify(madeBy(run)[name]));
    return new Set(values).size > 1;
  });
}

/**
 * What a run has for a parameter, for the eye; a dash where it decides nothing of the run.
 *
 * @param all ids of the layers of the run's district; null where that is not at hand
 */
export function valueIn(run: Run, name: ParameterName, all: readonly string[] | null): string {
  if (!decisive(run.network).includes(name)) return "–";
  const parameters = madeBy(run);
  if (name !== "layers" || all === null) return shownValue(name, parameters[name]);
  const left = all.filter((id) => !parameters.layers.includes(id));
  return left.length === 0 ? "all" : `without ${left.join(", ")}`;
}

/** Two runs patch by patch. */
export interface Difference {
  /** Rank of each patch in one less that in the other, in shares of the ground: -1 to 1. */
  readonly values: Float64Array;
  /** Pearson's, of the scores. */
  readonly correlation: number;
}

/**
 * How two runs rank the same ground, or why that cannot be said. Ranks, because errors of two
 * losses or of patches with other layers have no common unit.
 */
export function rankDifference(one: Run, other: Run): Difference | string {
  if (one.scores === null || other.scores === null) return "One of the two has no scores yet.";
  if (!isSameGround(one.cut, other.cut)) {
    return "The two are of different districts or patches, so there is no map of their difference.";
  }
  const [first, second] = [rankShares(one.scores), rankShares(other.scores)];
  return {
    values: first.map((rank, patch) => rank - second[patch]),
    correlation: pearson(one.scores, other.scores),
  };
}

/** Whether two cuts have the same patches in the same order. */
export function isSameGround(one: Cut, other: Cut): boolean {
  if (one.district !== other.district) return false;
  const [first, second] = [one.prepared, other.prepared];
  return (
    first.patchSize === second.patchSize &&
    first.places.length === second.places.length &&
    first.places.every((place, at) => place === second.places[at])
  );
}
