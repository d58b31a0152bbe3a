import type { LayerBaseline } from "../baselines/single-layer";
import { captureAt, captureCurve } from "../evaluation/capture";
import { captureBootstrap } from "../evaluation/occurrence-bootstrap";
import type { SampledScores } from "../evaluation/types";
import type { NamedEstimate } from "../figures/interval-plot";
import { namedSuccessRate } from "../figures/success-rate-curves";
import type { SuccessRatePanelsOptions } from "../figures/success-rate-panels";
import type { OccurrenceGroup } from "../patches/groups";
import { type PublishedHeadlineItem, publishedHeadline } from "../published/headline";
import { publishedStudy } from "../published/published-study";
import { type FittedModel, fittedModels } from "../runs/comparator-set";
import type { ComparatorTrial } from "../runs/comparator-trial";
import { type Found, given, isSkipped, skipped } from "../skipped";
import { tooFewOccurrences } from "../study/lacks";
import type { Study } from "../study/types";
import { areaOccurrenceRows, predictionAreaRows, thresholdRows } from "../tables/headline";
import {
  flatteryRows,
  judgedScores,
  type SuccessRateArea,
  successRateAreas,
  successRateRows,
  unscoredSentence,
} from "../tables/success-rate";
import type { Row } from "../tables/table";
import type { DealtFolds } from "./folds";
import type { Measured, Metrics } from "./measured";
import { estimateText, listText, percentText } from "./words";

/** Whether a score saw the ground that it is judged on. */
export type Sample = "inSample" | "outOfSample";

/** All methods judged by the same occurrences, in-sample and out-of-sample. */
export interface SuccessRateJudgement {
  readonly study: Study;
  /** Growing groups of occurrences; the comparators learn from the first. */
  readonly groups: readonly OccurrenceGroup[];
  readonly main: OccurrenceGroup;
  /** The network first, then the comparators that the occurrences can judge. */
  readonly methods: readonly SampledScores[];
  /** Scores that need no network, or look at no occurrence. */
  readonly baselines: readonly SampledScores[];
  readonly bestLayer: LayerBaseline | null;
  /** What was left out, and why; null where nothing was. */
  readonly leftOut: string | null;
  /** In-sample alone where there are no folds. */
  readonly samples: readonly Sample[];
  readonly areas: Found<readonly SuccessRateArea[]>;
  readonly headline: readonly PublishedHeadlineItem[];
  readonly threshold: number;
  readonly seed: number;
}

/** What is to be judged. */
export interface ScoresToJudge {
  readonly groups: readonly OccurrenceGroup[];
  readonly methods: readonly SampledScores[];
  readonly baselines: readonly SampledScores[];
  readonly bestLayer: LayerBaseline | null;
  readonly folds: Found<DealtFolds>;
  readonly threshold: number;
  readonly seed: number;
}

/** Judges every score by every group of occurrences. */
export function judgeSuccessRates(study: Study, scores: ScoresToJudge): SuccessRateJudgement {
  const { groups, baselines, bestLayer, folds, threshold, seed } = scores;
  const [main] = groups;
  const fold = isSkipped(folds) ? null : folds.fold;
  const { judged: methods, leftOut } = judgedScores(scores.methods, main, fold);
  const areas = successRateAreas([...methods, ...baselines], groups, { seed });
  return {
    ...{ study, groups, main, methods, baselines, bestLayer, leftOut, threshold, seed },
    samples: isSkipped(folds) ? ["inSample"] : ["inSample", "outOfSample"],
    areas: areas.length === 0 ? tooFewOccurrences(study) : areas,
    headline: publishedHeadline(study, main, methods, { threshold }),
  };
}

/** Areas under all curves, those of the headline's scores under their own keys too, and the headline. */
export function successRateMetrics({ areas, headline }: SuccessRateJudgement): Metrics {
  const metrics: { [key: string]: Measured } = {};
  for (const { id, group, sample, area, n } of isSkipped(areas) ? [] : areas) {
    const isInside = sample === "in-sample";
    for (const name of group.ids) {
      metrics[`successRate.${id}.${name}.area${isInside ? "" : ".outOfSample"}`] = { ...area, n };
    }
    const own = OWN_KEYS[id];
    if (own !== undefined && isInside && group.ids.includes("all")) {
      metrics[`${own}.successRateAuc`] = { ...area, n };
    }
  }
  for (const { key, measured } of headline) metrics[key] = measured;
  return metrics;
}

const OWN_KEYS: Readonly<Record<string, string>> = {
  cnn: "cnn",
  cae: "cae.error",
  pca: "baseline.pcaError",
  bestLayer: "baseline.bestLayer",
};

/** Which layer is the best alone, and which ones the folds would have picked. */
export function bestLayerSentence({ bestLayer }: SuccessRateJudgement): string {
  if (bestLayer === null) {
    return "No direction is held of any layer beforehand, so there is no single layer to compare with.";
  }
  const { layer, chosen } = bestLayer;
  const labels = listText(
    chosen.map(({ label }) => label),
    "none, since there are no folds",
  );
  return `Best single layer: ${layer.title}. Picked without the fold: ${labels}.`;
}

/** What could not be judged, and which patches have no score. */
export function judgedSentences({
  methods,
  groups,
  leftOut,
  samples,
}: SuccessRateJudgement): string[] {
  const all = groups[groups.length - 1];
  return [
    ...(leftOut === null ? [] : [leftOut]),
    ...(samples.length > 1 ? [unscoredSentence(methods, all)] : []),
  ];
}

/** Curves of some scores for a group, in-sample beside out-of-sample, the CNN's threshold marked. */
export function successRateCurvesOf(
  { samples, threshold, seed }: SuccessRateJudgement,
  scores: readonly SampledScores[],
  { assignment }: OccurrenceGroup,
): SuccessRatePanelsOptions["panels"] {
  const headings = { inSample: "In-sample", outOfSample: "Out-of-sample, spatial folds" };
  return samples.map((sample) => ({
    heading: headings[sample],
    curves: scores.map((score, at) => {
      const band = at === 0 ? { seed } : undefined;
      return namedSuccessRate(score.name, score[sample], assignment, band);
    }),
    marks: [
      {
        ...captureAt(scores[0][sample], assignment, threshold),
        label: `${scores[0].name} ≥ ${threshold}`,
      },
    ],
  }));
}

/** One row a score and group: the area under its curve. */
export function areaRows({ areas }: SuccessRateJudgement): Found<Row[]> {
  return given(areas, successRateRows);
}

/** Areas of the first group, in-sample and out-of-sample. */
export function areaEstimates({ areas, main }: SuccessRateJudgement): Found<NamedEstimate[]> {
  return given(areas, (all) =>
    all
      .filter(({ group }) => group === main)
      .map(({ name, sample, area }) => ({ name, group: sample, estimate: area })),
  );
}

/** Whether the network is better than chance where it has not trained, and what is above it. */
export function outOfSampleSentence({ areas, main, study }: SuccessRateJudgement): Found<string> {
  return given(areas, (all) => {
    const outside = all.filter(({ group, sample }) => group === main && sample === "out-of-sample");
    const ours = outside.find(({ id }) => id === "cnn")?.area;
    if (ours === undefined) return tooFewOccurrences(study);
    const above = outside
      .filter(({ area }) => area.value > ours.value)
      .map(({ name, area }) => `${name} ${estimateText(area)}`);
    const chance = ours.interval[0] > 0.5 ? "better than chance" : "not surely better than chance";
    return `Out-of-sample the CNN's area is ${estimateText(ours)}, ${chance}. Above it: ${listText(above, "nothing")}.`;
  });
}

/** One row a group: area and occurrences of the network at the threshold, in-sample and out. */
export function atThresholdRows({
  methods,
  groups,
  samples,
  threshold,
}: SuccessRateJudgement): Row[] {
  const [{ name, ...network }] = methods;
  const both = samples.map((sample) => ({
    name: `${name}, ${nameOf(sample)}`,
    values: network[sample],
  }));
  return thresholdRows(both, groups, threshold);
}

/** The published abstract's numbers beside this study's, and what one occurrence weighs. */
export function headlineSentence({ methods, main, threshold }: SuccessRateJudgement): string {
  const { cnn, previousStudyRfMaxent: earlier } = publishedStudy();
  const at = captureAt(methods[0].inSample, main.assignment, threshold);
  return `Published for Hezuo: ${percentText(cnn.bestAreaShare)} of the area with ${percentText(cnn.bestAuShare)} of the Au, and by random forest or maximum entropy of the earlier study ${percentText(earlier.areaShare)} with more than ${percentText(earlier.AuShareAbove)}. Here the CNN marks ${percentText(at.areaShare)} with ${percentText(at.occurrenceShare)} of ${at.occurrences}, each of which is ${percentText(1 / at.occurrences)}. It is another district: what compares is the shape, not the number.`;
}

/** One row a step of 5 % of the area: % of occurrences captured by each score. */
export function stepRows(
  { methods, baselines, main, samples }: SuccessRateJudgement,
  sample: Sample,
): Found<Row[]> {
  if (!samples.includes(sample)) return skipped("there are no folds to score out of sample");
  const named = [...methods, ...baselines].map((score) => ({
    name: score.name,
    values: score[sample],
  }));
  return areaOccurrenceRows(named, main);
}

/** One row a score: where the lines of its prediction-area plot cross. */
export function crossingRows({ methods, baselines, main, samples }: SuccessRateJudgement): Row[] {
  const crossings = [...methods, ...baselines].flatMap((score) =>
    samples.map((sample) => ({
      name: `${score.name}, ${nameOf(sample)}`,
      curve: captureCurve(score[sample], main.assignment),
    })),
  );
  return predictionAreaRows(crossings);
}

/** One row a score: its AUC in-sample, out of bag and out of fold. */
export function ownFlatteryRows({ methods, baselines, main }: SuccessRateJudgement): Row[] {
  return flatteryRows([...methods, ...baselines], main.assignment.labels);
}

/** How far the forest flatters itself. */
export function flatterySentence(judgement: SuccessRateJudgement): Found<string> {
  const forest = ownFlatteryRows(judgement).find(({ score }) => score === "RF");
  if (forest === undefined) return tooFewOccurrences(judgement.study);
  const area = (column: string) => {
    const found = forest[column];
    return typeof found === "number" ? found.toFixed(3) : "not known";
  };
  return `The forest's AUC is ${area("AUC in-sample")} in-sample, ${area("out of bag")} out of bag and ${area("out of fold")} out of fold. A comparison of in-sample curves, as in the published figure, sets methods that were told of the deposits against a network that was not, on those very deposits.`;
}

const nameOf = (sample: Sample) => (sample === "inSample" ? "in-sample" : "out-of-sample");

/** The row of one score beside that of the same method trained otherwise. */
export function comparedFlatteryRows(
  { methods, main }: SuccessRateJudgement,
  id: string,
  { label, scores, outOfFold }: Pick<ComparatorTrial<unknown>, "label" | "scores" | "outOfFold">,
): Row[] {
  const other = { id, name: label, inSample: scores, outOfSample: outOfFold ?? [] };
  const own = methods.filter((score) => score.id === id);
  return flatteryRows([...own, other], main.assignment.labels);
}

/** The share of occurrences captured in a share of the area by the network, bootstrap interval. */
export function captureInSentence(
  { methods: [{ inSample }], main, seed, study }: SuccessRateJudgement,
  areaShare: number,
): Found<string> {
  const { length: count } = main.assignment.assigned;
  if (count < 2) return tooFewOccurrences(study);
  const { value, interval } = captureBootstrap(inSample, main.assignment, areaShare, { seed });
  return `Captured in ${percentText(areaShare, 0)} of the area: ${percentText(value)}, from ${percentText(interval[0])} to ${percentText(interval[1])} of ${count} occurrences.`;
}

/** Every model of some comparators that was fitted; skipped where none was. */
export function fittedModelsOf(
  study: Pick<Study, "id">,
  trials: readonly ComparatorTrial<unknown>[],
): Found<FittedModel[]> {
  const models = fittedModels(trials);
  return models.length === 0 ? tooFewOccurrences(study) : models;
}
