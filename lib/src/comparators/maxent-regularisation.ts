import type { MaxentFeature } from "./maxent-features";

/** Regularisation by number of presences: points joined by straight lines, flat beyond the ends. */
type Table = readonly (readonly [presences: number, value: number])[];

const LINEAR: Table = [
  [0, 1],
  [10, 1],
  [30, 0.2],
  [100, 0.05],
];
const QUADRATIC: Table = [
  [0, 1.3],
  [10, 0.8],
  [17, 0.5],
  [30, 0.25],
  [100, 0.05],
];
const PRODUCT: Table = [
  [0, 2.6],
  [10, 1.6],
  [17, 0.9],
  [30, 0.55],
  [100, 0.05],
];
const HINGE: Table = [
  [0, 0.5],
  [1, 0.5],
];
const THRESHOLD: Table = [
  [0, 2],
  [100, 1],
];

/**
 * maxnet's default regularisation of each feature (Phillips et al. 2017): the deviation of the
 * feature over the presences, by a table for its class, over the square root of the number of
 * presences. Linear, quadratic and product features share the table of the richest of them. It is
 * never below a thousandth of the feature's range; hinges that hardly vary over the presences, and
 * thresholds that do not, have lower bounds of their own.
 *
 * @param columns values of each feature at every row, presences first
 * @param presences number of presences, at least 2
 */
export function maxentRegularisation(
  features: readonly MaxentFeature[],
  columns: readonly Float64Array[],
  presences: number,
): Float64Array {
  const kinds = new Set(features.map(({ kind }) => kind));
  const shared = kinds.has("product") ? PRODUCT : kinds.has("quadratic") ? QUADRATIC : LINEAR;
  const root = Math.sqrt(presences);
  return Float64Array.from(features, ({ kind }, at) => {
    const seen = columns[at].subarray(0, presences);
    const deviation = sampleDeviation(seen);
    const table = kind === "hinge" ? HINGE : kind === "threshold" ? THRESHOLD : shared;
    const bounds = [0.001 * rangeOf(columns[at]), (deviation * along(table, presences)) / root];
    if (kind === "hinge") bounds.push((0.5 * Math.max(deviation, 1 / root)) / root);
    if (kind === "threshold" && rangeOf(seen) === 0) bounds.push(1);
    return Math.max(...bounds);
  });
}

function along(table: Table, presences: number): number {
  const above = table.findIndex(([at]) => at >= presences);
  if (above < 0) return table[table.length - 1][1];
  if (above === 0) return table[0][1];
  const [from, low] = table[above - 1];
  const [to, high] = table[above];
  return low + ((presences - from) / (to - from)) * (high - low);
}

function rangeOf(values: Float64Array): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high - low;
}

/** With count - 1. */
function sampleDeviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
