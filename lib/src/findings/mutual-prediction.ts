import { quantileOfSorted } from "../evaluation/describe";
import { areaUnderRoc } from "../evaluation/roc";
import type { TrainingSelection } from "../patches/select";
import type { MutualScheme, MutualTrial } from "../runs/mutual-trials";
import { type Found, given } from "../skipped";
import type { Row } from "../tables/table";
import type { Measured, Metrics } from "./measured";
import { percentText } from "./words";

/** What one draw of held-out labels came to. */
export interface MutualDraw {
  /** AUC of held-out prospective against held-out background. */
  readonly labels: number;
  /** AUC of held-out prospective against all ground that is not labelled prospective. */
  readonly prospective: number;
  /** AUC of held-out background against all ground that is not labelled so, low scores counting. */
  readonly background: number;
}

/** Mutual prediction by one scheme. */
export interface SchemePrediction {
  readonly scheme: MutualScheme;
  readonly draws: readonly MutualDraw[];
}

/** Mutual prediction of the labels, and of labels that mean less. */
export interface MutualPrediction {
  readonly schemes: readonly SchemePrediction[];
  readonly selection: TrainingSelection;
  /** Mean held-out probability of each patch over the draws by blocks. */
  readonly heldOut: Float64Array;
  /** Prospective patches that the others, by blocks, rank below the middle of all other ground. */
  readonly odd: Uint32Array;
}

/** What held-out scores say of labels; null where in no draw of a scheme both kinds were scored. */
export function mutualPrediction(
  selection: TrainingSelection,
  trials: readonly MutualTrial[],
): MutualPrediction | null {
  const schemes = [...new Set(trials.map(({ scheme }) => scheme))].map((scheme) => ({
    scheme,
    draws: trials
      .filter((trial) => trial.scheme === scheme)
      .flatMap((trial) => mutualDraw(trial.scores, trial.selection) ?? []),
  }));
  if (schemes.some(({ draws }) => draws.length === 0)) return null;
  const byBlocks = trials.filter(({ scheme }) => scheme === "blocks");
  const heldOut = meanScores(byBlocks.map(({ scores }) => scores));
  return { schemes, selection, heldOut, odd: oddPatches(heldOut, selection) };
}

/**
 * What held-out scores say of labels; patches without a score are left out, and null where that
 * leaves labels of one kind only.
 *
 * @param scores probability of each patch by a classifier that has not seen its fold
 */
export function mutualDraw(
  scores: ArrayLike<number>,
  selection: TrainingSelection,
): MutualDraw | null {
  const isScored = (patch: number) => !Number.isNaN(scores[patch]);
  const all = Array.from(scores, (_, patch) => patch).filter(isScored);
  const [prospective, background] = [new Set(selection.prospective), new Set(selection.background)];
  const labelled = all.filter((patch) => prospective.has(patch) || background.has(patch));
  if (!labelled.some((patch) => prospective.has(patch))) return null;
  if (!labelled.some((patch) => background.has(patch))) return null;
  const auc = (patches: readonly number[], positives: ReadonlySet<number>, sign: number) =>
    areaUnderRoc(
      patches.map((patch) => sign * scores[patch]),
      patches.map((patch) => (positives.has(patch) ? 1 : 0)),
    );
  return {
    labels: auc(labelled, prospective, 1),
    prospective: auc(all, prospective, 1),
    background: auc(all, background, -1),
  };
}

/**
 * Prospective patches whose held-out score lies below the median of all other ground. Ranks and not
 * one half decide, since a classifier of few steps may be far off as a probability and still rank.
 */
export function oddPatches(
  heldOut: ArrayLike<number>,
  { prospective }: Pick<TrainingSelection, "prospective">,
): Uint32Array {
  const labelled = new Set(prospective);
  const others = Float64Array.from(heldOut)
    .filter((score, patch) => !labelled.has(patch) && !Number.isNaN(score))
    .sort();
  const middle = quantileOfSorted(others, 0.5);
  return prospective.filter((patch) => heldOut[patch] < middle);
}

/** Mean of each patch over some scores. */
export function meanScores(scores: readonly ArrayLike<number>[]): Float64Array {
  return Float64Array.from(
    scores[0],
    (_, patch) => scores.reduce((sum, each) => sum + each[patch], 0) / scores.length,
  );
}

const NAMES: Readonly<Record<MutualScheme, string>> = {
  random: "held out at random",
  blocks: "held out by blocks of ground",
  shuffled: "chance: shuffled within blocks",
  mixture: "no meaning: a random mixture of layers",
};

/** Mean over draws with least and largest. */
function over(draws: readonly MutualDraw[], which: keyof MutualDraw): Measured {
  const values = draws.map((draw) => draw[which]);
  return {
    value: values.reduce((sum, value) => sum + value, 0) / values.length,
    interval: [Math.min(...values), Math.max(...values)],
    n: values.length,
  };
}

/** Mean AUC of each scheme, least and largest draw as its range. */
export function mutualMetrics(found: Found<MutualPrediction>): Metrics {
  const metrics: { [key: string]: Measured } = {};
  given(found, ({ schemes, odd, selection }) => {
    for (const { scheme, draws } of schemes) {
      metrics[`coherence.mutual.${scheme}.labels`] = over(draws, "labels");
      metrics[`coherence.mutual.${scheme}.prospective`] = over(draws, "prospective");
      metrics[`coherence.mutual.${scheme}.background`] = over(draws, "background");
    }
    const n = selection.prospective.length;
    metrics["coherence.oddShare"] = { value: odd.length / n, n };
  });
  return metrics;
}

/** One row a scheme: mean over draws, least and largest. */
export function mutualRows(found: Found<MutualPrediction>): Found<Row[]> {
  return given(found, ({ schemes }) =>
    schemes.map(({ scheme, draws }) => {
      const [labels, prospective, background] = (
        ["labels", "prospective", "background"] as const
      ).map((which) => over(draws, which));
      return {
        labels: NAMES[scheme],
        draws: draws.length,
        "against background": labels.value,
        least: labels.interval![0],
        largest: labels.interval![1],
        "against all ground": prospective.value,
        "background against all": background.value,
      };
    }),
  );
}

/** What mutual prediction says, its two baselines first. */
export function mutualSentences(found: Found<MutualPrediction>): Found<string[]> {
  return given(found, ({ schemes, odd, selection }) => {
    const of = (scheme: MutualScheme) =>
      over(schemes.find((each) => each.scheme === scheme)!.draws, "labels");
    const [blocks, random, shuffled, mixture] = (
      ["blocks", "random", "shuffled", "mixture"] as const
    ).map(of);
    const text = ({ value, interval }: Measured) =>
      `${value.toFixed(3)} (${interval!.map((bound) => bound.toFixed(3)).join(" to ")} over draws)`;
    const besideMixture =
      blocks.value > mixture.interval![1]
        ? "more than any of those"
        : blocks.value < mixture.interval![0]
          ? "less than any of those"
          : "within the range of those";
    return [
      `Labels that mean nothing, cut from a random mixture of the layers, predict each other across blocks with an AUC of ${text(mixture)}. The labels of the errors do so with **${text(blocks)}**, ${besideMixture}: that labels hang together says that they are a function of the evidence, and not that it is ore.`,
      `Shuffled within blocks of ground they are told by ${text(shuffled)}, which is what place alone gives away. Held out at random and not by blocks, the labels of the errors reach ${text(random)}: the difference of ${(random.value - blocks.value).toFixed(3)} is what neighbours tell each other.`,
      `${odd.length} of ${selection.prospective.length} prospective patches (${percentText(odd.length / selection.prospective.length)}) are the odd ones out: the others rank them below the middle of all other ground.`,
    ];
  });
}
