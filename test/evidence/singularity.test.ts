import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leastSquaresLine } from "../../lib/src/evidence/line-fit";
import { singularity } from "../../lib/src/evidence/singularity";
import { summedArea, windowMean } from "../../lib/src/evidence/summed-area";
import { type Grid, gridOverRegion } from "../../lib/src/grid/grid";
import { refusalOf } from "../support/refusal";

function gridOf(width: number, height: number, values: ArrayLike<number>, pixel = 1): Grid {
  const region = { west: 0, east: width * pixel, south: 0, north: height * pixel };
  const geometry = gridOverRegion(region, pixel, { epsg: null, name: "test" });
  return { name: "Au", geometry, values: Float32Array.from(values) };
}

/** The values in a window, pixel by pixel. */
function windowValues({ geometry, values }: Grid, at: number, side: number): number[] {
  const { width, height } = geometry;
  const [row, column, reach] = [Math.floor(at / width), at % width, (side - 1) / 2];
  const inside: number[] = [];
  for (let r = Math.max(0, row - reach); r <= Math.min(height - 1, row + reach); r++) {
    for (let c = Math.max(0, column - reach); c <= Math.min(width - 1, column + reach); c++) {
      if (!Number.isNaN(values[r * width + c])) inside.push(values[r * width + c]);
    }
  }
  return inside;
}

/** A sum of positive float32 without any rounding but that of the result, by whole numbers. */
function exactSum(values: readonly number[]): number {
  const unit = 2 ** -149; // The least float32.
  const whole = values.reduce((sum, value) => sum + BigInt(value / unit), 0n);
  return Number(whole) * unit;
}

/** Slope, its standard error and R^2 by the textbook sums, windows summed pixel by pixel. */
function bruteForce(grid: Grid, sides: readonly number[], pixel: number) {
  return Array.from(grid.values, (centre, at) => {
    if (Number.isNaN(centre)) return null;
    const points = sides.map((side) => {
      const inside = windowValues(grid, at, side);
      const mean = inside.reduce((sum, value) => sum + value, 0) / inside.length;
      return { x: Math.log((side * pixel) / 2), y: Math.log(mean) };
    });
    const n = points.length;
    const mean = (of: (point: { x: number; y: number }) => number) =>
      points.reduce((sum, point) => sum + of(point), 0) / n;
    const [xMean, yMean] = [mean(({ x }) => x), mean(({ y }) => y)];
    const xx = n * mean(({ x }) => (x - xMean) ** 2);
    const xy = n * mean(({ x, y }) => (x - xMean) * (y - yMean));
    const yy = n * mean(({ y }) => (y - yMean) ** 2);
    const slope = xy / xx;
    const left = points.map(({ x, y }) => (y - yMean - slope * (x - xMean)) ** 2);
    const residual = left.reduce((sum, square) => sum + square, 0);
    return {
      alpha: 2 + slope,
      standardError: Math.sqrt(residual / (n - 2) / xx),
      rSquared: 1 - residual / yy,
    };
  });
}

/** What the same lines give through means that were summed pixel by pixel without rounding. */
function bruteForceBytes(grid: Grid, sides: readonly number[], pixel: number) {
  const layLine = leastSquaresLine(
    Float64Array.from(sides, (side) => Math.log((side * pixel) / 2)),
  );
  const lines = Array.from(grid.values, (centre, at) => {
    if (Number.isNaN(centre)) return { alpha: centre, standardError: centre, rSquared: centre };
    const means = sides.map((side) => {
      const inside = windowValues(grid, at, side);
      return Math.log(exactSum(inside) / inside.length);
    });
    const { slope, standardError, rSquared } = layLine(Float64Array.from(means));
    return { alpha: 2 + slope, standardError, rSquared };
  });
  const all = (key: "alpha" | "standardError" | "rSquared") =>
    Float32Array.from(lines, (line) => line[key]);
  return {
    alpha: all("alpha"),
    standardError: all("standardError"),
    rSquared: all("rSquared"),
  };
}

/**
 * Means over unit pixels of r^(alpha - 2) around the middle one: the middle by its closed form in
 * polar coordinates, others by Simpson's rule of 20 intervals a side.
 */
function singularField(size: number, alpha: number): number[] {
  const centre = (size - 1) / 2;
  const simpson = (from: number, to: number, intervals: number, of: (at: number) => number) => {
    const step = (to - from) / intervals;
    let sum = of(from) + of(to);
    for (let at = 1; at < intervals; at++) sum += (at % 2 === 0 ? 2 : 4) * of(from + at * step);
    return (sum * step) / 3;
  };
  return Array.from({ length: size * size }, (_, at) => {
    const [down, across] = [Math.floor(at / size) - centre, (at % size) - centre];
    if (down === 0 && across === 0) {
      const angle = simpson(0, Math.PI / 4, 200, (theta) => Math.cos(theta) ** -alpha);
      return (8 / alpha) * 0.5 ** alpha * angle;
    }
    return simpson(down - 0.5, down + 0.5, 20, (y) =>
      simpson(across - 0.5, across + 0.5, 20, (x) => Math.hypot(x, y) ** (alpha - 2)),
    );
  });
}

/** Random grids with nodata, of values over so many powers of ten. */
const randomGrid = (powers: number) =>
  fc
    .tuple(
      fc.integer({ min: 1, max: 16 }),
      fc.array(
        fc.oneof(
          {
            weight: 6,
            arbitrary: fc
              .tuple(fc.integer({ min: 1, max: 2 ** 24 - 1 }), fc.integer({ min: 0, max: powers }))
              .map(([digits, power]) => digits / 10 ** power),
          },
          { weight: 1, arbitrary: fc.constant(Number.NaN) },
        ),
        { minLength: 16, maxLength: 200 },
      ),
    )
    .map(([width, list]) => {
      const height = Math.floor(list.length / width);
      return gridOf(width, height, list.slice(0, width * height), 50);
    });

describe("singularity", () => {
  it.each([0, 3, 12])(
    "equals brute force byte by byte on random grids of values over %i and more powers of ten",
    (powers) => {
      fc.assert(
        fc.property(randomGrid(powers), (grid) => {
          const found = singularity(grid, { windows: [50, 150, 250, 450] });
          const { windowPixels, ...maps } = found;
          const expected = bruteForceBytes(grid, windowPixels, 50);
          expect(maps.alpha).toEqual(expected.alpha);
          expect(maps.standardError).toEqual(expected.standardError);
          expect(maps.rSquared).toEqual(expected.rSquared);
        }),
        { numRuns: 100, seed: 2 },
      );
    },
  );

  it("sums windows exactly where adding up in a row would round", () => {
    // 1e-9 is below the last digit of 3e8 + 1e-9, which a plain table from the corner holds.
    const grid = gridOf(3, 1, [3e8, 1e-9, 1e-9]);
    const table = summedArea(grid.values, 3, 1);
    expect(windowMean(table, 0, 2, 0)).toBe(Math.fround(1e-9));
    expect(windowMean(table, 0, 1, 0)).toBe(Math.fround(1e-9));
    expect(windowMean(table, 0, 0, 0)).toBe(3e8);
  });

  it("is what the definition gives pixel by pixel on random grids with nodata", () => {
    const value = fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 1, max: 100_000 }).map((step) => step / 1000) },
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 16 }),
        fc.array(value, { minLength: 16, maxLength: 200 }),
        (width, list) => {
          const height = Math.floor(list.length / width);
          const grid = gridOf(width, height, list.slice(0, width * height), 50);
          const { alpha, standardError, rSquared, enrichment, windowPixels } = singularity(grid, {
            windows: [50, 150, 250, 450],
          });
          expect(windowPixels).toEqual([1, 3, 5, 9]);
          bruteForce(grid, windowPixels, 50).forEach((expected, at) => {
            if (expected === null) {
              expect([alpha[at], standardError[at], rSquared[at]]).toEqual(
                [0, 0, 0].map(() => Number.NaN),
              );
              return;
            }
            // Results are float32: their own rounding and no more.
            const near = (found: number, wanted: number) =>
              expect(Math.abs(found - Math.fround(wanted))).toBeLessThanOrEqual(
                1e-9 + 2 ** -23 * Math.abs(wanted),
              );
            near(alpha[at], expected.alpha);
            near(enrichment[at], 2 - expected.alpha);
            near(standardError[at], expected.standardError);
            if (!Number.isNaN(rSquared[at])) near(rSquared[at], expected.rSquared);
          });
        },
      ),
      { numRuns: 100, seed: 1 },
    );
  });

  it.each([0.6, 1, 1.5, 1.9, 2, 2.3, 3])(
    "gives alpha %s back at the centre of a field r^(alpha - 2), within 1e-4",
    (alpha) => {
      const size = 23;
      const grid = gridOf(size, size, singularField(size, alpha));
      for (const regression of ["leastSquares", "theilSen"] as const) {
        const found = singularity(grid, { windows: [1, 5, 9, 13, 17, 21], regression });
        const centre = (size * size - 1) / 2;
        expect(Math.abs(found.alpha[centre] - alpha)).toBeLessThan(1e-4);
        expect(found.standardError[centre]).toBeLessThan(1e-4);
        if (alpha !== 2) expect(found.rSquared[centre]).toBeGreaterThan(1 - 1e-6);
      }
    },
  );

  it("is 2 everywhere in a constant field, edges and holes too", () => {
    const values = Float32Array.from({ length: 400 }, (_, at) => (at % 7 === 3 ? Number.NaN : 0.1));
    for (const regression of ["leastSquares", "theilSen"] as const) {
      const grid = gridOf(20, 20, values);
      const found = singularity(grid, { windows: [1, 3, 7, 13], regression });
      found.alpha.forEach((alpha, at) => {
        if (at % 7 === 3) expect(alpha).toBeNaN();
        else expect(Math.abs(alpha - 2)).toBeLessThan(1e-9);
        // Undefined where nothing varies.
        expect(found.rSquared[at]).toBeNaN();
      });
    }
  });

  it("takes the median of pair slopes with theilSen, which one odd window does not move", () => {
    // Windows of 1, 3 and 9 pixels with means 8, 8 and 1 times (1/3)^2: the pairs' slopes are
    // 0, -2 less log 8 / log 3, and the mean of those two, which is their median.
    const values = Array.from({ length: 81 }, (_, at) => {
      const reach = Math.max(Math.abs(Math.floor(at / 9) - 4), Math.abs((at % 9) - 4));
      return reach <= 1 ? 8 : 1;
    });
    const found = singularity(gridOf(9, 9, values), { windows: [1, 3, 9], regression: "theilSen" });
    const mean = (9 * 8 + 72) / 81;
    const slopes = [0, Math.log(mean / 8) / Math.log(3), Math.log(mean / 8) / Math.log(9)];
    expect(found.alpha[40]).toBeCloseTo(2 + slopes[2], 6);
    expect(found.enrichment[40]).toBeCloseTo(-slopes[2], 6);
  });

  it("refuses what has no logarithm, windows that coincide, pixels that are not square", async () => {
    const windows = [1, 3, 5];
    const grid = gridOf(3, 3, [1, 1, 1, 1, 0, 1, 1, 1, 1]);
    expect(await refusalOf(() => singularity(grid, { windows }))).toMatchObject({
      kind: "values",
      field: "grid Au",
      found: "0",
    });
    const good = gridOf(3, 3, new Array(9).fill(1), 50);
    expect(await refusalOf(() => singularity(good, { windows: [50, 60, 150] }))).toMatchObject({
      kind: "parameter",
      found: "50, 60, 150, which are 1, 1, 3 pixels",
    });
    const oblong = { ...good, geometry: { ...good.geometry, transform: [0, 50, 0, 0, 0, -40] } };
    expect(
      await refusalOf(() => singularity(oblong as unknown as Grid, { windows: [50, 150, 250] })),
    ).toMatchObject({ kind: "georeference", found: "50 by 40" });
  });
});
