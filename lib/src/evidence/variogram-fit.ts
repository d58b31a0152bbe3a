import { InputError } from "../errors";
import {
  type EmpiricalVariogram,
  risen,
  type VariogramKind,
  type VariogramModel,
} from "./variogram";

/** A model laid through an empirical variogram. */
export interface VariogramFit {
  readonly model: VariogramModel;
  /** Sum of squared differences of semivariance, each times pairs / distance^2. */
  readonly residual: number;
  /**
   * Whether the range lies at an end of what was tried, a tenth of the shortest lag to five
   * cutoffs: the variogram then shows no range of its own.
   */
  readonly isRangeBound: boolean;
}

/** Ranges tried before the best is refined; neighbours differ by about a tenth. */
const TRIED_RANGES = 80;

/**
 * The nugget, sill and range of least weighted squares, with the weights pairs / distance^2
 * (Pebesma's gstat, fit.method 7). For a range, nugget and sill are a linear fit, kept from below
 * 0; so the range alone is searched: first over a geometric row of values, then by golden section
 * between the neighbours of the best. No first guess is needed.
 *
 * @throws InputError when there are fewer than three lags or they show no variance
 */
export function fitVariogram(empirical: EmpiricalVariogram, kind: VariogramKind): VariogramFit {
  requireLags(empirical);
  const shortest = Math.min(...empirical.distances) / 10;
  const longest = 5 * empirical.cutoff;
  const residualOf = (logRange: number) => linearFit(empirical, kind, Math.exp(logRange)).residual;
  const step = Math.log(longest / shortest) / (TRIED_RANGES - 1);
  const tried = Array.from({ length: TRIED_RANGES }, (_, at) => Math.log(shortest) + at * step);
  const residuals = tried.map(residualOf);
  const best = residuals.indexOf(Math.min(...residuals));
  const logRange = goldenSection(
    residualOf,
    tried[Math.max(0, best - 1)],
    tried[Math.min(TRIED_RANGES - 1, best + 1)],
  );
  const range = Math.exp(logRange);
  return {
    ...linearFit(empirical, kind, range),
    isRangeBound: range < shortest * (1 + 1e-6) || range > longest * (1 - 1e-6),
  };
}

/** The kind that fits best of the three, by its residual; the simpler named first on a tie. */
export function bestVariogram(empirical: EmpiricalVariogram): VariogramFit {
  const kinds = ["spherical", "exponential", "gaussian"] as const;
  return kinds
    .map((kind) => fitVariogram(empirical, kind))
    .reduce((best, fit) => (fit.residual < best.residual ? fit : best));
}

/** Nugget and sill of least weighted squares for a range, neither below 0. */
function linearFit(
  { distances, semivariances, pairs }: EmpiricalVariogram,
  kind: VariogramKind,
  range: number,
) {
  let [one, rise, riseRise, value, riseValue] = [0, 0, 0, 0, 0];
  const rises = distances.map((distance) => risen(kind, distance / range));
  const weights = distances.map((distance, lag) => pairs[lag] / distance ** 2);
  rises.forEach((risenBy, lag) => {
    one += weights[lag];
    rise += weights[lag] * risenBy;
    riseRise += weights[lag] * risenBy * risenBy;
    value += weights[lag] * semivariances[lag];
    riseValue += weights[lag] * risenBy * semivariances[lag];
  });
  const determinant = one * riseRise - rise * rise;
  let nugget = (riseRise * value - rise * riseValue) / determinant;
  let sill = (one * riseValue - rise * value) / determinant;
  // Rises that hardly differ tell nugget and sill not apart.
  if (!(determinant > 1e-12 * one * riseRise) || sill < 0) {
    [nugget, sill] = [value / one, 0];
  } else if (nugget < 0) {
    [nugget, sill] = [0, riseValue / riseRise];
  }
  const residual = rises.reduce(
    (sum, risenBy, lag) => sum + weights[lag] * (semivariances[lag] - nugget - sill * risenBy) ** 2,
    0,
  );
  return { model: { kind, nugget, sill, range }, residual };
}

/** Where a function with one valley between two ends is least, to about 1e-9 of their distance. */
function goldenSection(of: (at: number) => number, low: number, high: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [left, right] = [low, high];
  let inner = right - ratio * (right - left);
  let outer = left + ratio * (right - left);
  let [atInner, atOuter] = [of(inner), of(outer)];
  for (let round = 0; round < 44; round++) {
    if (atInner <= atOuter) {
      right = outer;
      [outer, atOuter] = [inner, atInner];
      inner = right - ratio * (right - left);
      atInner = of(inner);
    } else {
      left = inner;
      [inner, atInner] = [outer, atOuter];
      outer = left + ratio * (right - left);
      atOuter = of(outer);
    }
  }
  return (left + right) / 2;
}

function requireLags({ distances, semivariances }: EmpiricalVariogram): void {
  const isFlat = semivariances.every((value) => value === 0);
  if (distances.length >= 3 && !isFlat) return;
  throw new InputError({
    kind: "values",
    field: "variogram",
    found: isFlat ? "no difference between samples" : `${distances.length} lags with pairs`,
    expected: "three or more lags, over which samples differ",
  });
}
