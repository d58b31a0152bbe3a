import type { FeatureTable } from "./types";

/** A transformed predictor of maximum entropy; predictors are numbered by the table's columns. */
export type MaxentFeature =
  | { readonly kind: "linear" | "quadratic"; readonly predictor: number }
  | { readonly kind: "product"; readonly predictor: number; readonly other: number }
  /** 0 up to low, 1 from high on, straight between. */
  | {
      readonly kind: "hinge";
      readonly predictor: number;
      readonly low: number;
      readonly high: number;
    }
  /** 1 from the knot on, else 0. */
  | { readonly kind: "threshold"; readonly predictor: number; readonly knot: number };

/** Letters of the classes: linear, quadratic, product, hinge, threshold. */
export type MaxentClasses = string;

/** Knots of hinges and of thresholds, maxnet's number. */
const KNOTS = 50;

/** The classes that maxnet takes by itself: the more presences, the more. */
export function automaticClasses(presences: number): MaxentClasses {
  if (presences < 10) return "l";
  if (presences < 15) return "lq";
  return presences < 80 ? "lqh" : "lqph";
}

/**
 * The features of some classes in maxnet's order: linear, quadratic, hinge (first those that rise
 * from each knot to the maximum, then those that rise from the minimum to each knot), threshold,
 * product. Knots lie evenly from the minimum to the maximum of a predictor; one that does not vary
 * has no feature but the linear one.
 *
 * @param lows minimum of each predictor over presences and background
 * @param highs maximum of each
 */
export function maxentFeatures(
  classes: MaxentClasses,
  lows: Float64Array,
  highs: Float64Array,
): MaxentFeature[] {
  const predictors = Array.from(lows, (_, predictor) => predictor);
  const varying = predictors.filter((predictor) => highs[predictor] > lows[predictor]);
  const knot = (predictor: number, share: number) =>
    lows[predictor] + share * (highs[predictor] - lows[predictor]);
  const knots = Array.from({ length: KNOTS - 1 }, (_, at) => at);
  const has = (letter: string) => classes.includes(letter);
  const features: MaxentFeature[] = [];
  if (has("l"))
    features.push(...predictors.map((predictor) => ({ kind: "linear" as const, predictor })));
  if (has("q")) {
    features.push(...varying.map((predictor) => ({ kind: "quadratic" as const, predictor })));
  }
  for (const predictor of has("h") ? varying : []) {
    const kind = "hinge" as const;
    const low = lows[predictor];
    const high = highs[predictor];
    for (const at of knots) {
      features.push({ kind, predictor, low: knot(predictor, at / (KNOTS - 1)), high });
    }
    for (const at of knots) {
      const to = at + 1 === KNOTS - 1 ? high : knot(predictor, (at + 1) / (KNOTS - 1));
      features.push({ kind, predictor, low, high: to });
    }
  }
  for (const predictor of has("t") ? varying : []) {
    for (let at = 1; at <= KNOTS; at++) {
      features.push({ kind: "threshold", predictor, knot: knot(predictor, at / (KNOTS + 1)) });
    }
  }
  for (const predictor of has("p") ? varying : []) {
    for (const other of varying.filter((second) => second > predictor)) {
      features.push({ kind: "product", predictor, other });
    }
  }
  return features;
}

/** Values of a feature at every row of a table: [count]. */
export function featureColumn(
  feature: MaxentFeature,
  { names, values }: FeatureTable,
): Float64Array {
  const width = names.length;
  return Float64Array.from({ length: values.length / width }, (_, row) =>
    featureValue(feature, values, row * width),
  );
}

/** Value of a feature at the row whose values start at an offset. */
export function featureValue(
  feature: MaxentFeature,
  values: Float32Array | Float64Array,
  offset: number,
): number {
  const value = values[offset + feature.predictor];
  switch (feature.kind) {
    case "linear":
      return value;
    case "quadratic":
      return value * value;
    case "product":
      return value * values[offset + feature.other];
    case "hinge":
      return Math.min(1, Math.max(0, (value - feature.low) / (feature.high - feature.low)));
    case "threshold":
      return Number.isNaN(value) ? value : value >= feature.knot ? 1 : 0;
  }
}
