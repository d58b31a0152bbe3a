import { InputError } from "../errors";
import type { Grid } from "../grid/grid";
import { type LineFit, leastSquaresLine, theilSenLine } from "./line-fit";
import { summedArea, windowMean } from "./summed-area";

export interface SingularityOptions {
  /**
   * Sides of the square windows in CRS units, rising, such as 1, 3, 5, 7, 9 and 11 sample spacings.
   * Each is taken to the nearest odd number of pixels.
   */
  readonly windows: readonly number[];
  /**
   * How the line is laid through log mean against log half-width. "leastSquares" when absent;
   * "theilSen" takes the median of the slopes of all pairs of windows (Theil 1950, Sen 1968), which
   * one odd window does not move.
   */
  readonly regression?: "leastSquares" | "theilSen";
}

/** The local singularity of a concentration, each [height, width]; NaN where it is nodata. */
export interface Singularity {
  /** Singularity index; below 2 is enrichment, above 2 depletion. */
  readonly alpha: Float32Array;
  /** Standard error of alpha from the residuals of the line. */
  readonly standardError: Float32Array;
  /** Share of the variance of log mean that the line explains; NaN where the means do not vary. */
  readonly rSquared: Float32Array;
  /** Evidence, larger where more enriched: 2 - alpha. */
  readonly enrichment: Float32Array;
  /** Sides of the windows used, in pixels. */
  readonly windowPixels: readonly number[];
}

/**
 * Local singularity (Cheng 2007): in square windows of half-width e around a pixel the mean
 * concentration goes as e^(alpha - 2), so alpha is 2 plus the slope of log mean against log e.
 * Windows that reach over the edge use what lies inside; nodata is left out. Window sums come from
 * summedArea without rounding, so that the result is the same bytes as summing pixel by pixel.
 *
 * @throws InputError when pixels are not square, a concentration is not positive, or the windows
 * are not three or more that rise and differ in pixels
 */
export function singularity(
  { name, geometry, values }: Grid,
  { windows, regression = "leastSquares" }: SingularityOptions,
): Singularity {
  requirePositive(name, values);
  const { width, height, transform } = geometry;
  const pixel = transform[1];
  if (Math.abs(pixel + transform[5]) > 1e-9 * pixel) {
    throw refused("georeference", `grid ${name}`, `${pixel} by ${-transform[5]}`, "square pixels");
  }
  const windowPixels = oddWindows(windows, pixel);
  const halves = windowPixels.map((side) => (side - 1) / 2);
  const logHalfWidths = Float64Array.from(windowPixels, (side) => Math.log((side * pixel) / 2));
  const lineOf = regression === "theilSen" ? theilSenLine : leastSquaresLine;
  const layLine = lineOf(logHalfWidths);

  const alpha = new Float32Array(values.length).fill(Number.NaN);
  const standardError = alpha.slice();
  const rSquared = alpha.slice();
  const enrichment = alpha.slice();
  const table = summedArea(values, width, height);
  const logMeans = new Float64Array(halves.length);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = row * width + column;
      if (Number.isNaN(values[at])) continue;
      for (let window = 0; window < halves.length; window++) {
        logMeans[window] = Math.log(windowMean(table, row, column, halves[window]));
      }
      const line: LineFit = layLine(logMeans);
      alpha[at] = 2 + line.slope;
      standardError[at] = line.standardError;
      rSquared[at] = line.rSquared;
      enrichment[at] = -line.slope;
    }
  }
  return { alpha, standardError, rSquared, enrichment, windowPixels };
}

function oddWindows(windows: readonly number[], pixel: number): number[] {
  const sides = windows.map((side) => 2 * Math.max(0, Math.round((side / pixel - 1) / 2)) + 1);
  const rises = sides.every((side, at) => at === 0 || side > sides[at - 1]);
  if (sides.length >= 3 && rises) return sides;
  throw refused(
    "parameter",
    "windows",
    `${windows.join(", ")}, which are ${sides.join(", ")} pixels`,
    "three or more rising sides, each of another odd number of pixels",
  );
}

function requirePositive(name: string, values: Float32Array): void {
  const wrong = values.find((value) => value <= 0 || value === Number.POSITIVE_INFINITY);
  if (wrong === undefined) return;
  throw refused(
    "values",
    `grid ${name}`,
    String(wrong),
    "positive concentrations, nodata where unknown",
    "Replace zeros before interpolating; where kriging undershoots, krige logarithms.",
  );
}

function refused(
  kind: "georeference" | "parameter" | "values",
  field: string,
  found: string,
  expected: string,
  remedy?: string,
): InputError {
  return new InputError({ kind, field, found, expected, ...(remedy ? { remedy } : {}) });
}
