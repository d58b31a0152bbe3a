import type { GridStack } from "../grid/grid";

/**
 * About as many pixels as asked for, evenly spread in row-major order over those with data in every
 * band, as rows of one number a band.
 */
export function samplePixels({ bands }: GridStack, count: number): number[][] {
  const complete: number[] = [];
  for (let pixel = 0; pixel < bands[0].values.length; pixel++) {
    if (bands.every(({ values }) => !Number.isNaN(values[pixel]))) complete.push(pixel);
  }
  const step = Math.max(1, Math.floor(complete.length / count));
  return complete
    .filter((_, at) => at % step === 0)
    .map((pixel) => bands.map(({ values }) => values[pixel]));
}
