import type { mapCorrelation } from "../evaluation/block-bootstrap";
import { correlationMatrix, pearson } from "../evaluation/correlation";
import { midRanks } from "../evaluation/ranks";
import { meanWithInterval, type RepeatedRanking, rankOverRepeats } from "../evaluation/repeats";
import type { CorrelationHeatmapOptions } from "../figures/correlation-heatmap";
import type { RankPlotOptions } from "../figures/rank-plot";
import { selectByError } from "../patches/select";
import type { Patches } from "../patches/types";
import {
  besidePublished,
  publishedContributions,
  publishedStudy,
} from "../published/published-study";
import { type Ablation, correlationsBetweenSeeds, correlationsWithAll } from "../runs/ablation";
import type { AutoencoderTrial } from "../runs/autoencoder-trial";
import { type Found, given, isSkipped } from "../skipped";
import { oneLayer } from "../study/lacks";
import type { Study } from "../study/types";
import { type MapPair, mapPairRows, mapPairs, matrixRows } from "../tables/correlation";
import { agreementWithPublished, publishedRanks, rankingRows } from "../tables/ranking";
import type { Row } from "../tables/table";
import type { Measured, Metrics } from "./measured";
import { oneBlockSentence } from "./stability";
import { estimateText, listText, rangeText } from "./words";

/** The ablations of several seeds, and the layers in the order in which they were left out. */
export interface Ablations {
  readonly ablations: readonly Ablation[];
  /** None of a study of one layer. */
  readonly bands: readonly string[];
}

/** What layers contribute to the error, over several seeds. */
export interface Contributions {
  /** Error maps of the first seed, without each layer in turn and with all. */
  readonly trials: readonly AutoencoderTrial[];
  /** Correlation of the errors of two seeds, mean, least and largest: the yardstick. */
  readonly seed: Measured & { readonly interval: readonly [number, number] };
  readonly byLayer: Found<LayerContributions>;
}

/** Table 3 and the ranks of layers, where there are several. */
export interface LayerContributions {
  /** Layers in the order in which they were left out. */
  readonly bands: readonly string[];
  readonly seeds: readonly number[];
  /** Rows and columns: without each layer, then with all. */
  readonly labels: readonly string[];
  readonly matrix: readonly (readonly number[])[];
  readonly pairs: readonly MapPair[];
  readonly beside: ReturnType<typeof besidePublished>;
  /** Correlation of the errors without each layer with those of all, one list a seed. */
  readonly withAll: readonly (readonly number[])[];
  /** What each layer contributes, 1 less that correlation. */
  readonly contributions: readonly (readonly number[])[];
  readonly ranking: RepeatedRanking;
  /** Of the paper, by label; none where it has other layers. */
  readonly publishedRanks: { readonly [label: string]: number };
  /** Spearman's correlation with the published ranks; null where there are none. */
  readonly agreement: number | null;
  /** Says that blocks give no interval; null where they do. */
  readonly oneBlock: string | null;
}

/** Ranks the layers by how much the error map changes when each is left out. */
export function layerContributions(
  study: Study,
  patches: Patches,
  { ablations, bands }: Ablations,
  blocks: Parameters<typeof mapCorrelation>[3],
): Contributions {
  const [{ all, without }] = ablations;
  const trials = [...without, all];
  const between = correlationsBetweenSeeds(ablations);
  const seed = {
    value: between.reduce((sum, value) => sum + value, 0) / between.length,
    interval: [Math.min(...between), Math.max(...between)] as const,
    n: between.length,
  };
  const several = () => byLayer(study, patches, { ablations, bands }, trials, blocks);
  return { trials, seed, byLayer: bands.length === 0 ? oneLayer(study) : several() };
}

function byLayer(
  study: Study,
  patches: Patches,
  { ablations, bands }: Ablations,
  trials: readonly AutoencoderTrial[],
  blocks: Parameters<typeof mapCorrelation>[3],
): LayerContributions {
  const labels = [...bands, "All"];
  const named = labels.map((label, at) => ({ label, errors: trials[at].errors }));
  const { withoutChannel, matrix: published } = publishedStudy().table3ChannelAblation;
  const beside = besidePublished(study, labels, { labels: withoutChannel, matrix: published });
  const withAll = ablations.map(correlationsWithAll);
  const contributions = withAll.map((values) => values.map((correlation) => 1 - correlation));
  const ranking = rankOverRepeats(bands, contributions);
  const ranks = beside.published ? publishedRanks(publishedContributions(bands)) : {};
  return {
    ...{ bands, labels, beside, withAll, contributions, ranking, publishedRanks: ranks },
    seeds: ablations.map((each) => each.seed),
    matrix: correlationMatrix(trials.map(({ errors }) => errors)),
    pairs: mapPairs(named, patches, blocks),
    agreement: beside.published ? agreementWithPublished(ranking, ranks) : null,
    oneBlock: oneBlockSentence(patches, blocks),
  };
}

/** The yardstick, each layer's correlation with all, and how far seeds and paper agree on ranks. */
export function contributionMetrics(
  { seed, byLayer: found }: Contributions,
  study: Study,
): Metrics {
  const yardstick = { "ablation.seed.correlation": seed };
  if (isSkipped(found)) return yardstick;
  const { bands, withAll, ranking, agreement } = found;
  const byLayer = study.evidence.map(({ id, label }) => {
    const values = withAll.map((correlations) => correlations[bands.indexOf(label)]);
    const mean = { ...meanWithInterval(values), n: values.length };
    return [`ablation.${id}.correlationWithAll`, mean] as const;
  });
  return {
    ...yardstick,
    ...Object.fromEntries(byLayer),
    "ablation.concordance": { value: ranking.concordance, n: withAll.length },
    ...(agreement !== null && {
      "ablation.agreementWithPublished": { value: agreement, n: bands.length },
    }),
  };
}

/** The heat map of Table 3, the published one beside it where it may stand there. */
export function besideTable3({ byLayer: found }: Contributions) {
  return given(
    found,
    ({ labels, matrix, beside }): Omit<CorrelationHeatmapOptions, "title"> => ({
      ...{ labels, matrix, ...beside, widthMm: 174 },
    }),
  );
}

/** Table 3 as rows. */
export function ablationRows({ byLayer: found }: Contributions): Found<Row[]> {
  return given(found, ({ labels, matrix }) => matrixRows(labels, matrix));
}

/** One row a layer: its correlation with all evidence, interval over blocks of patches. */
export function withAllRows({ byLayer: found }: Contributions): Found<Row[]> {
  return given(found, ({ pairs, beside }) =>
    mapPairRows(pairs, beside.published?.matrix).filter(({ second }) => second === "All"),
  );
}

/** How alike the maps are to that of all evidence, here and as published. */
export function withAllSentences({ byLayer: found }: Contributions): Found<string[]> {
  return given(found, ({ matrix, beside, oneBlock }) => {
    const { withoutChannel, matrix: printed } = publishedStudy().table3ChannelAblation;
    const own = matrix[matrix.length - 1].slice(0, -1);
    const theirs = printed[withoutChannel.length - 1].slice(0, -1);
    const high = (values: readonly number[]) => values.filter((value) => value > 0.9).length;
    return [
      ...(oneBlock === null ? [] : [oneBlock]),
      `Correlation with all evidence: ${rangeText(own)} here, above 0.9 for ${high(own)} of ${own.length} layers; ${rangeText(theirs)} as published for Hezuo, above 0.9 for ${high(theirs)} of ${theirs.length}.`,
      ...(beside.published
        ? []
        : ["The layers are not those of Hezuo: only the shape can be compared."]),
    ];
  });
}

/** One row a layer: its contribution, its rank over the seeds, and the published rank. */
export function contributionRows({ byLayer: found }: Contributions): Found<Row[]> {
  return given(found, ({ ranking, publishedRanks: ranks }) => rankingRows(ranking, ranks));
}

/** The ranks of the layers by seed, the published ones beside them. */
export function rankedLayers({ byLayer: found }: Contributions) {
  return given(
    found,
    ({ ranking, beside, publishedRanks: ranks }): Omit<RankPlotOptions, "title"> => ({
      ranking,
      ...(beside.published && { published: { title: "Published, Hezuo", ranks } }),
    }),
  );
}

/** Which layers are told from another seed, and whether seeds and paper agree on the ranks. */
export function contributionSentences({ seed, byLayer: found }: Contributions): string[] {
  const yardstick = `Another seed alone gives a correlation of **${estimateText(seed)}**, the range over pairs of seeds in brackets.`;
  if (isSkipped(found)) return [yardstick];
  const { ranking, seeds, agreement } = found;
  const weak = ranking.rows.filter(
    ({ contribution }) => contribution.interval[0] <= 1 - seed.value,
  );
  const theirs =
    agreement === null
      ? "There are no published ranks for these layers."
      : `Spearman's correlation with the published ranks: ${agreement.toFixed(2)}.`;
  return [
    yardstick,
    `Kendall's W over ${seeds.length} seeds: **${ranking.concordance.toFixed(2)}**. Layers whose absence cannot be told from another seed: ${listText(weak.map(({ label }) => label))}. ${theirs}`,
  ];
}

/** One row a seed: the layers that would have come first, second and last. */
export function firstBySeedRows({ byLayer: found }: Contributions): Found<Row[]> {
  return given(found, ({ bands, seeds, contributions }) =>
    contributions.map((values, at) => {
      const order = [...bands.keys()].sort((one, other) => values[other] - values[one]);
      const [first, second] = order;
      const last = order[order.length - 1];
      return {
        seed: String(seeds[at]),
        first: bands[first],
        second: bands[second],
        last: bands[last],
      };
    }),
  );
}

/** One row a layer: Pearson's and Spearman's correlation of the errors with those of all. */
export function rankCorrelationRows({ trials, byLayer: found }: Contributions): Found<Row[]> {
  return given(found, () => {
    const [all] = trials.slice(-1);
    const ranked = midRanks(all.errors);
    return trials.slice(0, -1).map(({ label, errors }) => ({
      run: label,
      pearson: pearson(errors, all.errors),
      spearman: pearson(midRanks(errors), ranked),
    }));
  });
}

/** One row a layer: of the patches with the highest errors, how many are the same without it. */
export function sameHighestRows(
  { trials, byLayer: found }: Contributions,
  share: number,
): Found<Row[]> {
  return given(found, () => {
    const highest = ({ errors }: AutoencoderTrial) =>
      selectByError(errors, { high: share, low: share }).prospective;
    const [all] = trials.slice(-1);
    const ofAll = new Set(highest(all));
    return trials.slice(0, -1).map((trial) => {
      const same = highest(trial).filter((patch) => ofAll.has(patch)).length;
      const correlation = pearson(trial.errors, all.errors);
      return { run: trial.label, correlation, "% the same": (100 * same) / ofAll.size };
    });
  });
}
