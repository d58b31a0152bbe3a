import { quantileOfSorted } from "../evaluation/describe";
import {
  type Contrast,
  contrastOf,
  type EvidenceWeight,
  type PatternWeights,
  patternWeights,
} from "./evidence-weights";

/** A layer as few classes, and what each weighs. */
export interface EvidencePattern extends PatternWeights {
  readonly name: string;
  /** The layer above this value is one class, the rest the other; null for a layer of categories. */
  readonly cut: number | null;
  /** Of a layer of categories: the value of each class; of a cut layer 0 (at or below) and 1. */
  readonly values: readonly number[];
  /** Share of the known cells that lies in each class. */
  readonly shares: readonly number[];
  /** Of a cut layer the favourable side against the other, of categories the best against the worst. */
  readonly contrast: Contrast;
}

export interface CutOptions {
  /** Cuts are tried at shares of the area of 1 by this many; 20, steps of 5 %, when absent. */
  readonly steps?: number | undefined;
  /** Which side is held favourable beforehand; either may be when absent or null. */
  readonly favourable?: "high" | "low" | null | undefined;
}

/**
 * A binary pattern of a layer: cut where the studentised contrast is largest. That looks at the
 * occurrences, and the largest of several flatters: only what is judged on other ground than it was
 * cut on says what the pattern is worth, and 2 is no longer its bound of chance. Cuts that leave a
 * side without an occurrence, or with nothing else, are not tried.
 *
 * @param values of the layer by cell, NaN where unknown
 * @param labels 1 for cells with an occurrence
 * @returns null where no cut has a contrast above 0 in the direction held
 */
export function cutPattern(
  name: string,
  values: ArrayLike<number>,
  labels: ArrayLike<number>,
  { steps = 20, favourable = null }: CutOptions = {},
): EvidencePattern | null {
  const known = Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort();
  if (known.length === 0) return null;
  const tried = Array.from({ length: steps - 1 }, (_, at) =>
    quantileOfSorted(known, (at + 1) / steps),
  );
  let best: EvidencePattern | null = null;
  for (const cut of new Set(tried)) {
    const pattern = patternOf(name, values, labels, cut, [0, 1], (value) => (value > cut ? 1 : 0));
    if (pattern === null || pattern.isCorrected) continue;
    const [low, high] = pattern.weights;
    const side = favourable ?? (high.weight > low.weight ? "high" : "low");
    const contrast = side === "high" ? contrastOf(high, low) : contrastOf(low, high);
    if (contrast.studentised > (best?.contrast.studentised ?? 0)) best = { ...pattern, contrast };
  }
  return best;
}

/**
 * The pattern of a layer of categories, such as rock types: every value a class.
 *
 * @returns null where there is but one value, or no occurrence where the layer is known
 */
export function categoryPattern(
  name: string,
  values: ArrayLike<number>,
  labels: ArrayLike<number>,
): EvidencePattern | null {
  const distinct = [...new Set(Array.from(values))]
    .filter((value) => !Number.isNaN(value))
    .sort((one, other) => one - other);
  const pattern = patternOf(name, values, labels, null, distinct, (value) =>
    distinct.indexOf(value),
  );
  if (pattern === null) return null;
  const rising = [...pattern.weights].sort((one, other) => one.weight - other.weight);
  return { ...pattern, contrast: contrastOf(rising[rising.length - 1], rising[0]) };
}

/** Class of a value in a pattern; -1 where it is unknown, or of no class that was seen. */
export function classOf({ cut, values }: EvidencePattern, value: number): number {
  if (Number.isNaN(value)) return -1;
  if (cut === null) return values.indexOf(value);
  return value > cut ? 1 : 0;
}

function patternOf(
  name: string,
  values: ArrayLike<number>,
  labels: ArrayLike<number>,
  cut: number | null,
  classValues: readonly number[],
  classAt: (value: number) => number,
): Omit<EvidencePattern, "contrast"> | null {
  const counts = classValues.map(() => ({ cells: 0, occurrences: 0 }));
  let [cells, occurrences] = [0, 0];
  for (let cell = 0; cell < values.length; cell++) {
    if (Number.isNaN(values[cell])) continue;
    const own = counts[classAt(values[cell])];
    own.cells += 1;
    own.occurrences += labels[cell];
    cells += 1;
    occurrences += labels[cell];
  }
  const isEmpty = counts.some((each) => each.cells === 0);
  if (counts.length < 2 || isEmpty || occurrences === 0 || occurrences === cells) return null;
  const shares = counts.map((each) => each.cells / cells);
  return { name, cut, values: classValues, shares, ...patternWeights(counts) };
}

/** Weight of a class; nothing where the pattern is unknown. */
export function weightOf({ weights }: EvidencePattern, number: number): EvidenceWeight {
  return number < 0 ? { weight: 0, variance: 0 } : weights[number];
}
