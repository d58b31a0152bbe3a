import type { Calibration } from "../evaluation/calibration";
import { captureAt } from "../evaluation/capture";
import { meanOf } from "../evaluation/describe";
import { proportionWithInterval } from "../evaluation/proportion";
import { saturation } from "../evaluation/saturation";
import type { OccurrenceGroup } from "../patches/groups";
import type { TrainingSelection } from "../patches/select";
import { hasPublishedLayers, publishedStudy } from "../published/published-study";
import type { ClassifierTrial } from "../runs/classifier-trial";
import type { Study } from "../study/types";
import { thresholdRows } from "../tables/headline";
import type { Measured, Metrics } from "./measured";
import { percentText } from "./words";

/** A classifier trained on a proportion of high and low errors. */
export interface ProportionTrial {
  /** Such as "15/15 %". */
  readonly label: string;
  readonly selection: TrainingSelection;
  readonly trial: ClassifierTrial;
}

/** What a proportion of high and low errors is called, such as "15/15 %". */
export function proportionName([high, low]: readonly [number, number]): string {
  return `${percent(high)}/${percent(low)} %`;
}

/** Without the digits that a product of binary fractions leaves. */
const percent = (share: number) => Number((100 * share).toPrecision(12));

/** Loss and accuracy of the last epoch. */
export function endOf({ history: { loss, accuracy = [] } }: Pick<ClassifierTrial, "history">) {
  return { loss: loss[loss.length - 1], accuracy: accuracy[accuracy.length - 1] };
}

/** Of each proportion: area and occurrences at one half, how training ended, and saturation. */
export function proportionMetrics(
  trials: readonly ProportionTrial[],
  { assignment }: OccurrenceGroup,
): Metrics {
  const metrics: { [key: string]: Measured } = {};
  for (const { label, trial } of trials) {
    const key = `cnn.${label.replace(" %", "").replace("/", "-")}`;
    const { probabilities } = trial;
    const at = captureAt(probabilities, assignment, 0.5);
    const { areaShare, occurrenceShare, occurrences: n } = at;
    const { interval } = proportionWithInterval(Math.round(occurrenceShare * n), n);
    const { loss, accuracy } = endOf(trial);
    metrics[`${key}.areaShareAtHalf`] = { value: areaShare, n: probabilities.length };
    metrics[`${key}.occurrenceShareAtHalf`] = { value: occurrenceShare, interval, n };
    metrics[`${key}.finalLoss`] = { value: loss };
    metrics[`${key}.finalAccuracy`] = { value: accuracy };
    metrics[`${key}.saturated`] = { value: 1 - saturation(probabilities).between };
  }
  return metrics;
}

/** How the trainings ended, beside what the paper says of its own. */
export function trainingSentence(
  trials: readonly ProportionTrial[],
  study: Pick<Study, "evidence">,
): string {
  const { finalLossAbout, finalAccuracyAbove } = publishedStudy().cnn;
  const ends = trials.map(({ trial }) => endOf(trial));
  const accurate = ends.filter(({ accuracy }) => accuracy > finalAccuracyAbove).length;
  const losses = ends.map(({ loss }) => loss);
  const [least, most] = [Math.min(...losses), Math.max(...losses)].map((loss) =>
    loss.toPrecision(2),
  );
  const caution = hasPublishedLayers(study)
    ? ""
    : " The evidence layers are others, so only the shape compares.";
  return `Published: the loss falls to about ${finalLossAbout} and the accuracy rises above ${finalAccuracyAbove}. Here ${accurate} of ${trials.length} trials end above that accuracy, with losses of ${least} to ${most}.${caution}`;
}

/** What the probabilities are not: chances of a deposit. */
export function calibrationSentence(
  { brier, brierOfBaseRate }: Calibration,
  { probabilities }: Pick<ClassifierTrial, "probabilities">,
  { assignment: { labels } }: OccurrenceGroup,
): string {
  return `The mean probability is ${meanOf(probabilities).toFixed(3)}; ${percentText(meanOf(labels))} of the patches hold a known occurrence. The Brier score is ${brier.toFixed(3)}, against ${brierOfBaseRate.toFixed(3)} where every patch is given the base rate: these are scores to rank patches by, and no chances of a deposit.`;
}

/** What each proportion marks, and whether the occurrences can choose between them. */
export function proportionSentence(
  trials: readonly ProportionTrial[],
  group: OccurrenceGroup,
  threshold: number,
): string {
  const scores = trials.map(({ trial }) => ({ name: trial.label, values: trial.probabilities }));
  const rows = thresholdRows(scores, [group], threshold);
  const marked = rows.map(
    (row) => `${row.score} ${one(row["% of area"])} and ${one(row["% of occurrences"])}`,
  );
  const lowest = Math.max(...rows.map(({ from }) => Number(from)));
  const highest = Math.min(...rows.map(({ to }) => Number(to)));
  const choice =
    lowest <= highest
      ? "all overlap, so the shares of occurrences alone cannot choose"
      : "do not all overlap";
  const weight = (100 / group.assignment.assigned.length).toFixed(1);
  return `Area and occurrences marked: ${marked.join("; ")}. One occurrence is ${weight} % of capture. The intervals ${choice}.`;
}

const one = (value: unknown) => `${Number(value).toFixed(1)} %`;
