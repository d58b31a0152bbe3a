import { InputError } from "../errors";
import { type GridGeometry, pixelCentre } from "../grid/grid";
import { krigingSystem } from "./kriging-system";
import { neighbourSearch, type SamplePlaces } from "./neighbours";
import { type SampleVariable, variableSamples } from "./sample-values";
import type { VariogramModel } from "./variogram";

export interface KrigingOptions {
  /**
   * How many nearest places a value is taken from; 16 when absent, Infinity for all, which suits
   * some hundred samples: time and memory grow with its square.
   */
  readonly neighbours?: number;
}

/** Predictions and how uncertain the model holds them. */
export interface Kriged<Values> {
  /** In the variable's unit. */
  readonly predictions: Values;
  /** Kriging variance in its square; 0 at samples, whatever their values. */
  readonly variances: Values;
}

/**
 * Ordinary kriging of a variable onto a grid from the nearest samples (Matheron 1963; Cressie 1993,
 * section 3.2): the unbiased linear prediction of least variance under the variogram, the mean
 * unknown and constant among the neighbours. Predictions pass through the samples; just beside one
 * they step by the nugget. Samples at one place count as one with their mean.
 *
 * @returns predictions and variances of [height, width]
 * @throws InputError when samples are not usable, the model or the number of neighbours is not
 * possible, or the equations have no safe solution
 */
export function krigingGrid(
  samples: SampleVariable,
  geometry: GridGeometry,
  model: VariogramModel,
  options: KrigingOptions = {},
): Kriged<Float32Array> {
  const { predict } = kriging(samples, model, options);
  const { width, height } = geometry;
  const predictions = new Float32Array(width * height);
  const variances = new Float32Array(width * height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const row = Math.floor(pixel / width);
    const { easting, northing } = pixelCentre(geometry, row, pixel - row * width);
    const found = predict(easting, northing);
    predictions[pixel] = found.prediction;
    variances[pixel] = found.variance;
  }
  return { predictions, variances };
}

/**
 * Ordinary kriging at single points, as krigingGrid has it at pixel centres.
 *
 * @throws InputError as krigingGrid
 */
export function krigingAt(
  samples: SampleVariable,
  points: SamplePlaces,
  model: VariogramModel,
  options: KrigingOptions = {},
): Kriged<Float64Array> {
  const { predict } = kriging(samples, model, options);
  return collected(points.eastings.length, (point) =>
    predict(points.eastings[point], points.northings[point]),
  );
}

/**
 * What kriging predicts at each sample from the other places with the same model; samples at one
 * place are left out together, and one without a value is predicted from all.
 *
 * @returns predictions and variances in the order of the samples
 * @throws InputError as krigingGrid, or when all samples lie at one place
 */
export function krigingLeaveOneOut(
  samples: SampleVariable,
  model: VariogramModel,
  options: KrigingOptions = {},
): Kriged<Float64Array> {
  const { predict, placeOf, places } = kriging(samples, model, options);
  if (places < 2) throw refused("values", "samples", "one place with values", "two or more");
  return collected(placeOf.length, (sample) =>
    predict(samples.eastings[sample], samples.northings[sample], placeOf[sample]),
  );
}

function kriging(samples: SampleVariable, model: VariogramModel, options: KrigingOptions) {
  const { neighbours = 16 } = options;
  if (!(neighbours >= 1)) {
    throw refused("parameter", "neighbours", String(neighbours), "1 or more");
  }
  requireModel(model);
  const known = variableSamples(samples);
  const search = neighbourSearch(known, Math.floor(neighbours));
  const system = krigingSystem(known, model, Math.min(neighbours, known.values.length));
  return {
    placeOf: known.placeOf,
    places: known.values.length,
    predict: (easting: number, northing: number, leftOut?: number) => {
      const { indices, count } = search(easting, northing, leftOut);
      return system(easting, northing, indices.subarray(0, count));
    },
  };
}

function collected(
  count: number,
  predict: (at: number) => { readonly prediction: number; readonly variance: number },
): Kriged<Float64Array> {
  const predictions = new Float64Array(count);
  const variances = new Float64Array(count);
  for (let at = 0; at < count; at++) {
    const found = predict(at);
    predictions[at] = found.prediction;
    variances[at] = found.variance;
  }
  return { predictions, variances };
}

function requireModel({ nugget, sill, range }: VariogramModel): void {
  const total = nugget + sill;
  if (nugget >= 0 && sill >= 0 && range > 0 && total > 0 && Number.isFinite(total * range)) return;
  throw refused(
    "parameter",
    "variogram",
    `nugget ${nugget}, sill ${sill}, range ${range}`,
    "a nugget and a sill from 0, not both 0, and a positive range",
  );
}

function refused(kind: "parameter" | "values", field: string, found: string, expected: string) {
  return new InputError({ kind, field, found, expected });
}
