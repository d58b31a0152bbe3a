import { InputError } from "../errors";
import { derivedSeed, randomStream } from "../random";
import { requireFittable, rowCount, takeRows } from "./features";
import type { FeatureTable } from "./types";

/** A classifier of presence and background that bagging can repeat. */
export interface Learner<Model> {
  fit(table: FeatureTable, labels: Uint8Array, seed: number): Model;
  /** High for favourable. */
  score(model: Model, table: FeatureTable): Float64Array;
}

export interface PositiveUnlabelledOptions {
  readonly seed: number;
  /** Classifiers: 100 when absent. */
  readonly rounds?: number;
  /** Unlabelled rows drawn for each, with replacement; as many as presences when absent. */
  readonly drawn?: number;
}

/** Classifiers of presences against some of the unlabelled rows. */
export interface PositiveUnlabelled<Model> {
  readonly members: readonly Model[];
  /**
   * Score of each training row: the mean over the classifiers that had not drawn it. NaN where all
   * had; presences, which all of them saw, have the mean of all.
   */
  readonly outOfBag: Float64Array;
}

/**
 * Positive-unlabelled bagging (Mordelet and Vert 2014): rows without a known occurrence are not
 * barren but unlabelled, so each classifier tells the presences from another few of them, and an
 * unlabelled row is scored by those that did not take it for background.
 *
 * @param labels 1 for a presence, 0 for an unlabelled row
 * @throws InputError when a class has no row or an option makes no sense
 */
export function fitPositiveUnlabelled<Model>(
  learner: Learner<Model>,
  table: FeatureTable,
  labels: Uint8Array,
  options: PositiveUnlabelledOptions,
): PositiveUnlabelled<Model> {
  requireFittable(table, labels, { presences: 1, background: 1 });
  const rows = Array.from(labels, (_, row) => row);
  const presences = rows.filter((row) => labels[row] === 1);
  const unlabelled = rows.filter((row) => labels[row] === 0);
  const { seed, rounds = 100, drawn = presences.length } = options;
  for (const [field, value] of Object.entries({ rounds, drawn })) {
    if (!(Number.isInteger(value) && value >= 1)) {
      const expected = "a whole number above 0";
      throw new InputError({ kind: "parameter", field, found: String(value), expected });
    }
  }
  const sums = new Float64Array(labels.length);
  const votes = new Uint32Array(labels.length);
  const members = Array.from({ length: rounds }, (_, round) => {
    const purpose = `positive-unlabelled/round ${round}`;
    const random = randomStream(seed, purpose);
    const bag = Array.from({ length: drawn }, () => unlabelled[random.below(unlabelled.length)]);
    const own = Uint8Array.from({ length: presences.length + drawn }, (_, at) =>
      Number(at < presences.length),
    );
    const model = learner.fit(
      takeRows(table, [...presences, ...bag]),
      own,
      derivedSeed(seed, purpose),
    );
    const isDrawn = new Set(bag);
    learner.score(model, table).forEach((score, row) => {
      if (isDrawn.has(row) || Number.isNaN(score)) return;
      sums[row] += score;
      votes[row] += 1;
    });
    return model;
  });
  return { members, outOfBag: sums.map((sum, row) => sum / votes[row]) };
}

/** Mean score over all classifiers, for rows that none of them was fitted to. */
export function predictPositiveUnlabelled<Model>(
  learner: Pick<Learner<Model>, "score">,
  { members }: Pick<PositiveUnlabelled<Model>, "members">,
  table: FeatureTable,
): Float64Array {
  const sums = new Float64Array(rowCount(table));
  for (const model of members) {
    learner.score(model, table).forEach((score, row) => {
      sums[row] += score;
    });
  }
  return sums.map((sum) => sum / members.length);
}
