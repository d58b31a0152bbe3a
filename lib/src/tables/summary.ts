import type { RecordedStudy } from "../runs/recorded";
import type { Row } from "./table";

/** A number that the paper prints, and the metric of ours that stands beside it. */
export interface PublishedNumber {
  readonly what: string;
  /** Where the paper prints it. */
  readonly where: string;
  readonly value: number;
  /** How the paper words it. */
  readonly relation?: "about" | "above";
  /** Key in metrics.json. */
  readonly key: string;
}

/** What a metric says beside a published number. */
interface RecordedNumber {
  readonly value: number;
  readonly interval?: readonly [number, number];
  readonly n?: number;
}

/**
 * One row a published number: what the paper prints, then a column a study with its own number and
 * interval, and a sentence on how far the first study agrees.
 *
 * @param studies the study that the sentence is about first
 */
export function summaryRows(
  numbers: readonly PublishedNumber[],
  studies: readonly RecordedStudy[],
): Row[] {
  return numbers.map((number) => ({
    number: number.what,
    paper: number.where,
    "published (Hezuo)": `${number.relation === undefined ? "" : `${number.relation} `}${shown(number.value)}`,
    ...Object.fromEntries(
      studies.map(({ id, kind, metrics }) => [
        kind === "synthetic" ? `${id} (synthetic)` : id,
        withInterval(metrics[number.key]),
      ]),
    ),
    agreement: agreementSentence(number, studies[0]?.metrics[number.key], studies[0]?.kind),
  }));
}

/**
 * How a number of ours stands to the published one. A study is never the published district, so the
 * words say where the numbers lie, not that one was reproduced.
 */
export function agreementSentence(
  { value: published, relation }: PublishedNumber,
  found: RecordedNumber | undefined,
  kind: RecordedStudy["kind"] | undefined,
): string {
  if (found === undefined) return "Not computed for this study.";
  const ours = kind === "synthetic" ? "the synthetic district's" : "another district's";
  const { value, interval } = found;
  if (relation === "above") {
    return value > published
      ? `Above it too; ${ours}.`
      : `Below it, by ${shown(published - value)}; ${ours}.`;
  }
  if (interval !== undefined) {
    const side = liesWithin(published, interval) ? "within" : "outside";
    return `The published number lies ${side} ${ours} interval.`;
  }
  if (value === published) return `The same; ${ours}.`;
  const side = value > published ? "Higher" : "Lower";
  return `${side} by ${shown(Math.abs(value - published))}; ${ours}, no interval.`;
}

/** How many published numbers stand beside an interval of a study, and how many lie within it. */
export function intervalCounts(
  numbers: readonly PublishedNumber[],
  { metrics }: Pick<RecordedStudy, "metrics">,
): { readonly beside: number; readonly within: number } {
  const beside = numbers.flatMap(({ value, relation, key }) => {
    const interval = metrics[key]?.interval;
    return relation === "above" || interval === undefined ? [] : [liesWithin(value, interval)];
  });
  return { beside: beside.length, within: beside.filter((isWithin) => isWithin).length };
}

function liesWithin(value: number, [low, high]: readonly [number, number]): boolean {
  return value >= low && value <= high;
}

/**
 * One row a notebook: how long it took, and the trainings that it needed with the seconds that these took
 * when they were computed, wherever that was.
 */
export function durationRows({ notebooks }: RecordedStudy): Row[] {
  return notebooks.map(({ id, seconds, trials }) => {
    return {
      notebook: id,
      "seconds in all": seconds,
      trainings: trials.length,
      "of these in the notebook": trials.filter(({ fromStore }) => !fromStore).length,
      "their training seconds": trials.reduce((sum, trial) => sum + trial.seconds, 0),
    };
  });
}

function withInterval(found: RecordedNumber | undefined): string | null {
  if (found === undefined) return null;
  const { value, interval, n } = found;
  const parts = [
    shown(value),
    ...(interval === undefined ? [] : [`(${shown(interval[0])} to ${shown(interval[1])})`]),
    ...(n === undefined ? [] : [`n ${n.toLocaleString("en")}`]),
  ];
  return parts.join(" ");
}

/** Four significant digits at most, three decimals at most; whole numbers with separators. */
function shown(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString("en");
  if (Math.abs(value) < 0.0005) return value.toExponential(1);
  return Number(value.toFixed(Math.abs(value) < 10 ? 3 : 1)).toString();
}
