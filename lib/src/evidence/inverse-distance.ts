import { InputError } from "../errors";
import { type GridGeometry, pixelCentre } from "../grid/grid";
import { type Neighbours, neighbourSearch, type SamplePlaces } from "./neighbours";
import {
  type DistinctSamples,
  distinctSamples,
  knownPlaces,
  placesOf,
  type SampleValues,
  valuesAt,
} from "./sample-values";

export interface InverseDistanceOptions {
  /** Exponent of the distance; 2 when absent. */
  readonly power?: number;
  /** How many nearest places a value is taken from; 12 when absent, Infinity for all. */
  readonly neighbours?: number;
}

/**
 * Inverse distance weighting (Shepard 1968) onto a grid: the value at a pixel centre is the mean of
 * the nearest samples weighted by 1 / distance^power. A centre that lies on a sample has the
 * sample's value. Samples at the same place count as one with their mean. A sample without a value
 * of some variable is no neighbour for that variable.
 *
 * @returns one array of [height, width] a column; NaN throughout where a column has no value
 * @throws InputError when samples are not usable, or the power or the number of neighbours is not
 * positive
 */
export function inverseDistanceGrids(
  samples: SampleValues,
  geometry: GridGeometry,
  options: InverseDistanceOptions = {},
): Float32Array[] {
  const { width, height } = geometry;
  const grids = samples.columns.map(() => new Float32Array(width * height).fill(Number.NaN));
  const predicted = predictors(distinctSamples(samples), options);
  for (const { columns, predict } of predicted) {
    for (let pixel = 0; pixel < width * height; pixel++) {
      const row = Math.floor(pixel / width);
      const { easting, northing } = pixelCentre(geometry, row, pixel - row * width);
      const values = predict(easting, northing);
      for (let at = 0; at < columns.length; at++) grids[columns[at]][pixel] = values[at];
    }
  }
  return grids;
}

/**
 * Inverse distance weighting at single points, as inverseDistanceGrids has it at pixel centres.
 *
 * @returns one array a column, in the order of the points
 * @throws InputError as inverseDistanceGrids
 */
export function inverseDistanceAt(
  samples: SampleValues,
  points: SamplePlaces,
  options: InverseDistanceOptions = {},
): Float64Array[] {
  const count = points.eastings.length;
  const results = samples.columns.map(() => new Float64Array(count).fill(Number.NaN));
  for (const { columns, predict } of predictors(distinctSamples(samples), options)) {
    for (let point = 0; point < count; point++) {
      const values = predict(points.eastings[point], points.northings[point]);
      columns.forEach((column, at) => {
        results[column][point] = values[at];
      });
    }
  }
  return results;
}

/**
 * What inverse distance weighting predicts at each sample from the other places, by column. Samples
 * at the same place are left out together: a field duplicate would else predict its twin.
 *
 * @returns one array a column, in the order of the samples; NaN where a sample's place has no value
 * or no other place has
 * @throws InputError as inverseDistanceGrids
 */
export function inverseDistanceLeaveOneOut(
  samples: SampleValues,
  options: InverseDistanceOptions = {},
): Float64Array[] {
  const distinct = distinctSamples(samples);
  const { eastings, northings, placeOf } = distinct;
  const results = distinct.columns.map(({ length }) => new Float64Array(length).fill(Number.NaN));
  for (const { columns, places, predict } of predictors(distinct, options)) {
    places.forEach((place, known) => {
      const values = predict(eastings[place], northings[place], known);
      columns.forEach((column, at) => {
        results[column][place] = values[at];
      });
    });
  }
  return results.map((values) => Float64Array.from(placeOf, (place) => values[place]));
}

interface Predictor {
  /** Columns that are known at the same places, and so share neighbours and weights. */
  readonly columns: readonly number[];
  /** Those places. */
  readonly places: Int32Array;
  /** Their values at a point, in an array that the next call overwrites. */
  readonly predict: (easting: number, northing: number, leftOut?: number) => Float64Array;
}

function predictors(distinct: DistinctSamples, options: InverseDistanceOptions): Predictor[] {
  const { power, neighbours } = checked(options);
  return columnsByPlaces(distinct).map(({ places, columns }) => {
    const search = neighbourSearch(placesOf(distinct, places), neighbours);
    const values = columns.map((column) => valuesAt(distinct.columns[column], places));
    const weights = new Float64Array(Math.min(neighbours, places.length));
    const results = new Float64Array(columns.length);
    const predict = (easting: number, northing: number, leftOut?: number) => {
      const found = search(easting, northing, leftOut);
      fillWeights(weights, found, power);
      for (let at = 0; at < values.length; at++) {
        results[at] = weightedMean(values[at], weights, found);
      }
      return results;
    };
    return { columns, places, predict };
  });
}

function checked({ power = 2, neighbours = 12 }: InverseDistanceOptions) {
  const refuse = (field: string, found: number, expected: string) =>
    new InputError({ kind: "parameter", field, found: String(found), expected });
  if (!(power > 0 && power < Number.POSITIVE_INFINITY)) {
    throw refuse("power", power, "a positive number");
  }
  if (!(neighbours >= 1)) throw refuse("neighbours", neighbours, "1 or more");
  return { power, neighbours: Math.floor(neighbours) };
}

function columnsByPlaces({ columns }: DistinctSamples) {
  const groups = new Map<string, { readonly places: Int32Array; readonly columns: number[] }>();
  columns.forEach((values, column) => {
    const places = knownPlaces(values);
    if (places.length === 0) return;
    const key = places.join();
    const group = groups.get(key) ?? { places, columns: [] };
    group.columns.push(column);
    groups.set(key, group);
  });
  return [...groups.values()];
}

/** Weights that add up to 1; all on the nearest place if the point lies there. */
function fillWeights(weights: Float64Array, found: Readonly<Neighbours>, power: number): void {
  const { squares, count } = found;
  let sum = 0;
  for (let at = 0; at < count; at++) {
    // Against the nearest, so that no weight overflows.
    const ratio = at === 0 ? 1 : squares[0] / squares[at];
    weights[at] = power === 2 || at === 0 ? ratio : ratio ** (power / 2);
    sum += weights[at];
  }
  for (let at = 0; at < count; at++) weights[at] /= sum;
}

function weightedMean(
  values: Float64Array,
  weights: Float64Array,
  { indices, count }: Readonly<Neighbours>,
): number {
  if (count === 0) return Number.NaN;
  let sum = 0;
  for (let at = 0; at < count; at++) sum += weights[at] * values[indices[at]];
  return sum;
}
