import type { ZoneMembership } from "../comparators/by-zone";
import { patchFeatures } from "../comparators/features";
import type { RandomForest } from "../comparators/forest";
import type { MaximumEntropy } from "../comparators/maximum-entropy";
import { withoutScore } from "../evaluation/capture";
import type { SampledScores } from "../evaluation/types";
import type { Patches } from "../patches/types";
import { type ComparatorTrial, maximumEntropyTrial, randomForestTrial } from "./comparator-trial";
import type { RunContext } from "./context";

/** The paper's four comparators, or the two that a study without zones allows. */
export interface ComparatorSet {
  /** RF and, by zones, RFEW. */
  readonly forests: readonly ComparatorTrial<RandomForest>[];
  /** MaxEnt and, by zones, MaxEnEW. */
  readonly entropies: readonly ComparatorTrial<MaximumEntropy>[];
  /** What each says of every patch, forests first. */
  readonly scores: readonly SampledScores[];
}

/** Under which the numbers of each are kept. */
const ids: Readonly<Record<string, string>> = {
  RF: "rf",
  RFEW: "rfew",
  MaxEnt: "maxEnt",
  MaxEnEW: "maxEnEW",
};

/**
 * Random forest and maximum entropy over the whole area, and by zones where there are at least two,
 * on the mean evidence of each patch.
 *
 * @param labels 1 for patches that hold an occurrence, else 0, taken as background
 * @param zones null for a study without zones
 * @param folds null where there are too few occurrences for any; no score is out-of-sample then
 * @throws InputError as randomForestTrial and maximumEntropyTrial
 */
export async function comparatorSet(
  run: RunContext,
  patches: Patches,
  labels: Uint8Array,
  {
    zones,
    folds,
    trees,
  }: {
    readonly zones: ZoneMembership | null;
    readonly folds: ArrayLike<number> | null;
    readonly trees: number;
  },
): Promise<ComparatorSet> {
  const table = patchFeatures(patches);
  const placed = folds === null ? {} : { folds };
  const byZones = zones !== null && zones.names.length > 1 ? [zones] : [];
  const forests = [await randomForestTrial(run, "RF", table, labels, { ...placed, trees })];
  const entropies = [await maximumEntropyTrial(run, "MaxEnt", table, labels, placed)];
  for (const apart of byZones) {
    const options = { ...placed, zones: apart };
    forests.push(await randomForestTrial(run, "RFEW", table, labels, { ...options, trees }));
    entropies.push(await maximumEntropyTrial(run, "MaxEnEW", table, labels, options));
  }
  const scores = [
    ...forests.map((forest, at) => ({
      ...sampled(forest),
      outOfBag: outOfBagScores(forest, at === 0 ? null : zones),
    })),
    ...entropies.map(sampled),
  ];
  return { forests, entropies, scores };
}

function sampled({ label, scores, outOfFold }: ComparatorTrial<unknown>): SampledScores {
  const outOfSample = outOfFold ?? withoutScore(scores.length);
  return { id: ids[label], name: label, inSample: scores, outOfSample };
}

/**
 * Each patch's score by the parts of a model that were fitted without it (trees of a forest,
 * classifiers of a bagging); NaN where there is none, and for patches that did not train.
 *
 * @param zones as the model was fitted by; null for one over the whole area
 */
export function outOfBagScores(
  { training, fits, scores }: ComparatorTrial<{ readonly outOfBag: Float64Array }>,
  zones: ZoneMembership | null,
): Float64Array {
  const joined = new Float64Array(scores.length).fill(Number.NaN);
  fits.forEach(({ zone, model }, number) => {
    if (model === null) return;
    const own = training.rows.filter((row) => zone === null || zones?.zoneOf[row] === number);
    own.forEach((row, at) => {
      joined[row] = model.outOfBag[at];
    });
  });
  return joined;
}

/** Says in which zones comparators were fitted apart, and in which not and why. */
export function zoneFitSentence({ forests }: Pick<ComparatorSet, "forests">): string {
  const apart = forests[1]?.fits ?? [];
  if (apart.length === 0) {
    return "RFEW and MaxEnEW are skipped: this study names no zones to fit apart.";
  }
  const fitted = apart.filter(({ model }) => model !== null).map(({ zone }) => zone);
  const skipped = apart.flatMap(({ zone, skipped: why }) =>
    why === null ? [] : `${zone}: ${why}`,
  );
  const where = fitted.length === 0 ? "no zone" : fitted.join(" and ");
  const left = skipped.length === 0 ? "" : ` Skipped: ${skipped.join("; ")}.`;
  return `RFEW and MaxEnEW are fitted apart in ${where}.${left}`;
}

/** A model of a comparator under a name, with what there is to show of it. */
export type FittedModel = { readonly name: string } & Pick<
  ComparatorTrial<unknown>["fits"][number],
  "importance" | "responses"
>;

/** Every model that was fitted: one a comparator, or one a zone, such as "RFEW, East". */
export function fittedModels(trials: readonly ComparatorTrial<unknown>[]): FittedModel[] {
  return trials.flatMap(({ label, fits }) =>
    fits
      .filter(({ model }) => model !== null)
      .map(({ zone, importance, responses }) => ({
        name: zone === null ? label : `${label}, ${zone}`,
        importance,
        responses,
      })),
  );
}
