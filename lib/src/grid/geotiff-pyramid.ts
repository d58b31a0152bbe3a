import type { BandStatistics } from "./geotiff-metadata";

/** A raster level by level while its rows come in from the north. */
export interface Pyramid {
  /** Sizes of the levels, the full one first, each half as wide and high as the one before. */
  readonly levels: readonly LevelSize[];
  /** Takes the next row of the full level: [width] a band, NaN for nodata. */
  addRow(row: readonly Float32Array[]): void;
  /** Statistics of each band over the rows so far; null where none has data. */
  statistics(): readonly (BandStatistics | null)[];
}

export interface LevelSize {
  readonly width: number;
  readonly height: number;
}

/** Called with each finished row of each level: values [width] a band, valid during the call. */
export type TakeRow = (level: number, row: readonly Float32Array[]) => void;

/**
 * Halves a raster until it fits in a tile. A pixel of a level is the mean of those pixels of the
 * full level that it covers and that have data. Held are two rows a level, however high the raster.
 */
export function buildPyramid(
  { width, height }: LevelSize,
  bands: number,
  tileSize: number,
  take: TakeRow,
): Pyramid {
  const levels = [{ width, height }];
  for (let last = levels[0]; Math.max(last.width, last.height) > tileSize; ) {
    last = { width: Math.ceil(last.width / 2), height: Math.ceil(last.height / 2) };
    levels.push(last);
  }
  const each = <T>(make: () => T) => Array.from({ length: bands }, make);
  const sums = levels.map((level) => each(() => new Float64Array(level.width)));
  const counts = levels.map((level) => each(() => new Float64Array(level.width)));
  const means = levels.map((level) => each(() => new Float32Array(level.width)));
  const rowsDone = levels.map(() => 0);
  const moments = each(startMoments);

  const finishRow = (level: number) => {
    for (let band = 0; band < bands; band++) {
      const [sum, count, mean] = [sums[level][band], counts[level][band], means[level][band]];
      for (let column = 0; column < mean.length; column++)
        mean[column] = sum[column] / count[column];
    }
    take(level, means[level]);
    passUp(level);
  };

  /** Adds a finished row to the level above, which finishes its own every second time. */
  const passUp = (level: number) => {
    const rows = ++rowsDone[level];
    const above = level + 1;
    if (above < levels.length) {
      for (let band = 0; band < bands; band++) {
        addPairs(sums[level][band], sums[above][band]);
        addPairs(counts[level][band], counts[above][band]);
      }
      if (rows % 2 === 0 || rows === levels[level].height) finishRow(above);
    }
    for (const array of [...sums[level], ...counts[level]]) array.fill(0);
  };

  return {
    levels,
    addRow(row) {
      row.forEach((values, band) => {
        for (let column = 0; column < width; column++) {
          const value = values[column];
          if (Number.isNaN(value)) continue;
          sums[0][band][column] = value;
          counts[0][band][column] = 1;
          addMoment(moments[band], value);
        }
      });
      take(0, row);
      passUp(0);
    },
    statistics: () => moments.map((band) => statisticsOf(band, width * height)),
  };
}

function addPairs(fine: Float64Array, coarse: Float64Array): void {
  for (let column = 0; column < fine.length; column++) coarse[column >> 1] += fine[column];
}

interface Moments {
  count: number;
  mean: number;
  /** Sum of squared differences from the mean (Welford 1962). */
  squares: number;
  minimum: number;
  maximum: number;
}

function startMoments(): Moments {
  return {
    count: 0,
    mean: 0,
    squares: 0,
    minimum: Number.POSITIVE_INFINITY,
    maximum: Number.NEGATIVE_INFINITY,
  };
}

function addMoment(moments: Moments, value: number): void {
  moments.count += 1;
  const fromMean = value - moments.mean;
  moments.mean += fromMean / moments.count;
  moments.squares += fromMean * (value - moments.mean);
  if (value < moments.minimum) moments.minimum = value;
  if (value > moments.maximum) moments.maximum = value;
}

function statisticsOf(moments: Moments, pixels: number): BandStatistics | null {
  const { count, mean, squares, minimum, maximum } = moments;
  if (count === 0) return null;
  const deviation = Math.sqrt(squares / count);
  return { minimum, maximum, mean, deviation, validPercent: (100 * count) / pixels };
}
