import { InputError } from "../errors";
import { type SampleVariable, variableSamples } from "./sample-values";

/** How covariance falls with distance h and range a. */
export type VariogramKind =
  /** 1.5 h/a - 0.5 (h/a)^3 up to a, 1 beyond. */
  | "spherical"
  /** 1 - exp(-h/a); 95 % at three ranges. */
  | "exponential"
  /** 1 - exp(-(h/a)^2); 95 % at 1.73 ranges. */
  | "gaussian";

/** A variogram: nugget + sill x kind(distance / range), 0 at distance 0. */
export interface VariogramModel {
  readonly kind: VariogramKind;
  /** What differs between the nearest neighbours already, in squared units of the variable. */
  readonly nugget: number;
  /** Partial sill: what adds to the nugget with distance, in squared units of the variable. */
  readonly sill: number;
  /** In CRS units. */
  readonly range: number;
}

/** Half the mean squared difference of pairs of places by distance. */
export interface EmpiricalVariogram {
  /** Greatest distance of pairs, in CRS units. */
  readonly cutoff: number;
  /** Mean distance of the pairs of each lag; lags without a pair are left out. */
  readonly distances: readonly number[];
  readonly semivariances: readonly number[];
  /** Pairs of each lag. */
  readonly pairs: readonly number[];
}

export interface EmpiricalVariogramOptions {
  /** In CRS units; a third of the diagonal of the samples' extent when absent. */
  readonly cutoff?: number;
  /** How many lags of equal width; 15 when absent. A pair on an edge belongs to the nearer lag. */
  readonly lags?: number;
}

/**
 * The empirical variogram of a variable (Matheron 1965), all directions together. Samples without a
 * value are left out, samples at one place count as one with their mean.
 *
 * @throws InputError when samples are not usable, the cutoff or the lags are not positive, or no
 * pair is nearer than the cutoff
 */
export function empiricalVariogram(
  samples: SampleVariable,
  options: EmpiricalVariogramOptions = {},
): EmpiricalVariogram {
  const { eastings, northings, values } = variableSamples(samples);
  const { cutoff = diagonal(eastings, northings) / 3, lags = 15 } = options;
  if (!(cutoff > 0) || !Number.isInteger(lags) || lags < 1) {
    const found = `${cutoff}, ${lags}`;
    throw refused("cutoff and lags", found, "a positive distance and a whole number from 1");
  }
  const width = cutoff / lags;
  const [pairs, distanceSums, squareSums] = [0, 1, 2].map(() => new Float64Array(lags));
  for (let first = 0; first < values.length; first++) {
    for (let second = 0; second < first; second++) {
      const across = eastings[first] - eastings[second];
      const up = northings[first] - northings[second];
      const square = across * across + up * up;
      if (square > cutoff * cutoff) continue;
      const distance = Math.sqrt(square);
      const lag = Math.min(lags, Math.ceil(distance / width)) - 1;
      pairs[lag]++;
      distanceSums[lag] += distance;
      squareSums[lag] += (values[first] - values[second]) ** 2;
    }
  }
  const filled = Array.from(pairs.keys()).filter((lag) => pairs[lag] > 0);
  if (filled.length === 0) {
    throw refused("cutoff", String(cutoff), "a distance within which there are pairs of samples");
  }
  return {
    cutoff,
    distances: filled.map((lag) => distanceSums[lag] / pairs[lag]),
    semivariances: filled.map((lag) => squareSums[lag] / pairs[lag] / 2),
    pairs: filled.map((lag) => pairs[lag]),
  };
}

/** The semivariance that a model gives at a distance. */
export function semivariance(model: VariogramModel, distance: number): number {
  if (distance === 0) return 0;
  return model.nugget + model.sill * risen(model.kind, distance / model.range);
}

/** How far a kind of variogram has risen, 0 to 1, at a distance in ranges. */
export function risen(kind: VariogramKind, ranges: number): number {
  switch (kind) {
    case "spherical":
      return ranges < 1 ? ranges * (1.5 - 0.5 * ranges * ranges) : 1;
    case "exponential":
      return 1 - Math.exp(-ranges);
    case "gaussian":
      return 1 - Math.exp(-ranges * ranges);
  }
}

function diagonal(eastings: Float64Array, northings: Float64Array): number {
  const extent = (values: Float64Array) =>
    values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY) -
    values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  return Math.hypot(extent(eastings), extent(northings));
}

function refused(field: string, found: string, expected: string): InputError {
  return new InputError({ kind: "parameter", field, found, expected });
}
