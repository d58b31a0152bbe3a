import { InputError } from "../errors";
import { type Random, randomStream, shuffledIndices } from "../random";
import { areaUnderRoc } from "./roc";

/** How well some presences predicted the others. */
export interface PresencePrediction {
  /** Presences that were learnt from. */
  readonly learnt: number;
  /** AUC of the others against background, by draw. */
  readonly aucs: Float64Array;
}

export interface PresencePredictionOptions {
  /** How many presences to learn from, each in turn. */
  readonly learnt: readonly number[];
  readonly draws: number;
  readonly seed: number;
}

/**
 * Lets presences predict each other: some are drawn by chance and learnt from, and the others are
 * held against the background. All that is not learnt from is background to the learner, as it would
 * be before it was found.
 *
 * Source: Stensgaard et al. (2006).
 *
 * @param labels 1 for a presence
 * @param score of every unit, by a model that learns from these labels
 * @throws InputError when fewer than two presences would be left to predict
 */
export function predictPresences(
  labels: Uint8Array,
  score: (labels: Uint8Array) => ArrayLike<number>,
  { learnt, draws, seed }: PresencePredictionOptions,
): PresencePrediction[] {
  const presences = Array.from(labels, (_, unit) => unit).filter((unit) => labels[unit] === 1);
  const most = Math.max(...learnt);
  if (!(Math.min(...learnt) >= 1 && presences.length - most >= 2)) {
    throw new InputError({
      kind: "occurrences",
      field: "presences that predict each other",
      found: `${presences.length}, of which ${learnt.join(", ")} are learnt from`,
      expected: "at least one to learn from, and two more to predict",
    });
  }
  return learnt.map((count) => {
    const random = randomStream(seed, `presences/${count}`);
    return {
      learnt: count,
      aucs: Float64Array.from({ length: draws }, () =>
        onceOf(labels, presences, count, score, random),
      ),
    };
  });
}

function onceOf(
  labels: Uint8Array,
  presences: readonly number[],
  count: number,
  score: (labels: Uint8Array) => ArrayLike<number>,
  random: Random,
): number {
  const order = Array.from(shuffledIndices(presences.length, random), (at) => presences[at]);
  const known = new Uint8Array(labels.length);
  for (const unit of order.slice(0, count)) known[unit] = 1;
  const scores = score(known);
  const judged = Array.from(labels, (_, unit) => unit).filter((unit) => known[unit] === 0);
  return areaUnderRoc(
    judged.map((unit) => scores[unit]),
    judged.map((unit) => labels[unit]),
  );
}
