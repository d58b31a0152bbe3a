import { InputError } from "../errors";
import type { SamplePlaces } from "./neighbours";

/** Samples with one or several values each. */
export interface SampleValues extends SamplePlaces {
  /** One array a variable, in the order of the samples; NaN where a value is missing. */
  readonly columns: readonly ArrayLike<number>[];
}

/** Samples with one place each. */
export interface DistinctSamples {
  readonly eastings: Float64Array;
  readonly northings: Float64Array;
  /** Mean of the values at each place, missing ones left out; NaN where none is known. */
  readonly columns: readonly Float64Array[];
  /** The place of each sample. */
  readonly placeOf: Int32Array;
}

/**
 * Samples taken at the same coordinates, such as field duplicates, as one with the mean of their
 * values: interpolation passes through it, and kriging's equations stay solvable. Places keep the
 * order in which they first occur.
 *
 * @throws InputError when a coordinate is not finite, a value is infinite, lengths differ, or there
 * is no sample
 */
export function distinctSamples({ eastings, northings, columns }: SampleValues): DistinctSamples {
  requireSamples({ eastings, northings, columns });
  const count = eastings.length;
  const known = new Map<string, number>();
  const firsts: number[] = [];
  const placeOf = Int32Array.from({ length: count }, (_, sample) => {
    const key = `${eastings[sample]} ${northings[sample]}`;
    const place = known.get(key) ?? firsts.push(sample) - 1;
    known.set(key, place);
    return place;
  });
  return {
    eastings: Float64Array.from(firsts, (sample) => eastings[sample]),
    northings: Float64Array.from(firsts, (sample) => northings[sample]),
    columns: columns.map((values) => placeMeans(values, placeOf, firsts.length)),
    placeOf,
  };
}

function placeMeans(values: ArrayLike<number>, placeOf: Int32Array, places: number): Float64Array {
  const sums = new Float64Array(places);
  const counts = new Uint32Array(places);
  placeOf.forEach((place, sample) => {
    if (Number.isNaN(values[sample])) return;
    sums[place] += values[sample];
    counts[place]++;
  });
  // 0 / 0 is NaN: a place without a value has none.
  return sums.map((sum, place) => sum / counts[place]);
}

/** The places where a variable is known. */
export function knownPlaces(values: Float64Array): Int32Array {
  return Int32Array.from(values.keys()).filter((place) => !Number.isNaN(values[place]));
}

/** Some of the places, to search among. */
export function placesOf({ eastings, northings }: DistinctSamples, places: Int32Array) {
  return { eastings: valuesAt(eastings, places), northings: valuesAt(northings, places) };
}

/** The values of some of the places. */
export function valuesAt(values: Float64Array, places: Int32Array): Float64Array {
  return Float64Array.from(places, (place) => values[place]);
}

/** Samples of one variable; NaN where its value is missing. */
export interface SampleVariable extends SamplePlaces {
  readonly values: ArrayLike<number>;
}

/**
 * The places where a variable is known, duplicates by their mean, and which of these places each
 * sample lies at; -1 for one without a value there.
 *
 * @throws InputError as distinctSamples, or when no sample has a value
 */
export function variableSamples({ eastings, northings, values }: SampleVariable) {
  const distinct = distinctSamples({ eastings, northings, columns: [values] });
  const places = knownPlaces(distinct.columns[0]);
  if (places.length === 0) {
    throw new InputError({
      kind: "values",
      field: "samples",
      found: "no value of the variable",
      expected: "one or more",
    });
  }
  const ranks = new Int32Array(distinct.eastings.length).fill(-1);
  places.forEach((place, rank) => {
    ranks[place] = rank;
  });
  return {
    ...placesOf(distinct, places),
    values: valuesAt(distinct.columns[0], places),
    placeOf: distinct.placeOf.map((place) => ranks[place]),
  };
}

function requireSamples({ eastings, northings, columns }: SampleValues): void {
  const refuse = (field: string, found: string, expected: string) =>
    new InputError({ kind: "values", field, found, expected });
  const count = eastings.length;
  if (count === 0) throw refuse("samples", "none", "one or more");
  const lengths = [northings.length, ...columns.map(({ length }) => length)];
  const other = lengths.find((length) => length !== count);
  if (other !== undefined) {
    throw refuse("samples", `${count} eastings and ${other} of another column`, "as many of each");
  }
  for (let sample = 0; sample < count; sample++) {
    if (!Number.isFinite(eastings[sample]) || !Number.isFinite(northings[sample])) {
      const found = `${eastings[sample]}, ${northings[sample]}`;
      throw refuse(`coordinates of sample ${sample + 1}`, found, "finite easting and northing");
    }
  }
  columns.forEach((values, column) => {
    for (let sample = 0; sample < count; sample++) {
      if (Math.abs(values[sample]) !== Number.POSITIVE_INFINITY) continue;
      const field = `column ${column + 1} of sample ${sample + 1}`;
      throw refuse(field, String(values[sample]), "a finite value, or NaN where missing");
    }
  });
}
