import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseTable } from "../../lib/src/formats/csv";
import { cellNumber, columnNumbers, isEmptyCell } from "../../lib/src/import/assay-cells";
import { columnSuspects } from "../../lib/src/import/column-examination";
import { twoPopulations, unitFactor, wholeIn } from "../../lib/src/import/column-units";
import { elementColumns } from "../../lib/src/import/element-columns";
import { randomStream } from "../../lib/src/random";

/** Draws as a laboratory reports them: lognormal, three digits, those below the limit at it. */
function lognormal(seed: number, sigma: number, count: number): number[] {
  const random = randomStream(seed, `lognormal ${sigma} ${count}`);
  return Array.from({ length: count }, () =>
    Number(Math.max(0.5, Math.exp(1 + sigma * random.normal())).toPrecision(3)),
  );
}

const UNITS = ["%", "ppm", "ppb"] as const;

describe("values that seem to stand for none", () => {
  const plain = [0.5, 0.8, 1, 2, 3, 5, 8, 13];
  const cases: readonly [string, readonly number[], readonly (readonly [number, number])[]][] = [
    ["none among plain ones", plain, []],
    [
      "nines below zero, in any row",
      [...plain, -9999, -99],
      [
        [-9999, 1],
        [-99, 1],
      ],
    ],
    ["nines with a point", [...plain, -999.99], [[-999.99, 1]]],
    ["ends of whole numbers", [...plain, -32768, -32768], [[-32768, 2]]],
    [
      "beyond any measure",
      [...plain, 1e20, -1e30, -3.4028235e38],
      [
        [-3.4028235e38, 1],
        [-1e30, 1],
        [1e20, 1],
      ],
    ],
    ["nines far above", [...plain, 99999, 99999, 99999], [[99999, 3]]],
    ["any value far above that is in many rows", [...plain, 5555, 5555, 5555, 5555], [[5555, 4]]],
    ["any value far below that is in many rows", [...plain, -777, -777, -777, -777], [[-777, 4]]],
    ["not limits of detection below zero", [...plain, -0.5, -0.5, -5, -5, -5, -5, -10], []],
    ["not zeros", [...plain, 0, 0, 0, 0, 0, 0], []],
    ["not one high value", [...plain, 5555], []],
    ["not an upper limit that many reach", [...plain, 80, 100, 100, 100, 100, 100], []],
    ["not nines that others are near", [...plain, 700, 850, 999, 999, 999, 999], []],
    ["not the higher of two classes", [...Array(50).fill(1), ...Array(10).fill(20)], []],
  ];
  it.each(cases)("%s", (_, values, expected) => {
    const found = columnSuspects("Au_ppb", values, values.length);
    expect(found.map(({ value, count }) => [value, count])).toEqual(expected);
  });

  it("are told with the range of all others", () => {
    const [found] = columnSuspects("Au_ppb", [...plain, -9999], 9);
    expect(found).toEqual({ column: "Au_ppb", value: -9999, count: 1, rows: 9, rest: [0.5, 13] });
  });
});

describe("columns in which nothing is wrong", () => {
  it.each([0.5, 1, 1.5, 2, 3])("lognormal of sigma %f, with outliers", (sigma) => {
    for (let seed = 1; seed <= 40; seed++) {
      for (const count of [60, 400]) {
        const values = lognormal(seed, sigma, count);
        const random = randomStream(seed, "outliers");
        // One in a hundred is a nugget, up to 1,100 times as high.
        for (let at = 0; at < count; at += 100) values[at] *= 100 * (1 + 10 * random.uniform());
        expect(columnSuspects("Au", values, count)).toEqual([]);
        expect(UNITS.map((unit) => twoPopulations(values, unit))).toEqual([null, null, null]);
      }
    }
  });

  it("fifteen of real stream sediments", () => {
    const path = join(__dirname, "../../data/golden-triangle/samples.csv");
    const rows = parseTable(readFileSync(path, "utf8"), path, []).rows.map(({ cells }) => cells);
    const columns = elementColumns(Object.keys(rows[0]), ["x", "y"]);
    expect([rows.length, columns.length]).toEqual([4205, 15]);
    for (const { column, unit } of columns) {
      const values = columnNumbers(rows, column, []);
      expect(values).toHaveLength(4205);
      expect(columnSuspects(column, values, rows.length)).toEqual([]);
      expect(twoPopulations(values, unit!)).toBeNull();
      expect(values.filter((value) => value > wholeIn(unit!))).toEqual([]);
    }
  });
});

describe("columns in two units", () => {
  it.each([
    ["%", 1e4, "ppm"],
    ["ppm", 1e4, "%"],
    ["ppm", 1e3, "ppb"],
    ["ppb", 1e3, "ppm"],
    ["g/t", 1e3, "ppb"],
    ["%", 1e7, "ppb"],
  ] as const)("in %s, one fifth of the values %d times the others: %s", (unit, times, other) => {
    const values = lognormal(7, 0.6, 200).map((value, at) =>
      at % 5 === 0 ? times * value : value,
    );
    const found = twoPopulations(values, unit);
    expect(found?.other).toBe(other);
    expect([found?.below.count, found?.above.count]).toEqual([160, 40]);
  });

  it("are not those of percent a thousand times apart, which no unit is", () => {
    const values = lognormal(7, 0.6, 200).map((value, at) => (at % 5 === 0 ? 1e3 * value : value));
    expect(twoPopulations(values, "%")).toBeNull();
  });

  it("units are converted, and have a whole", () => {
    expect(unitFactor("ppm", "%")).toBeCloseTo(1e-4, 16);
    expect(unitFactor("g/t", "ppb")).toBe(1000);
    expect(unitFactor("mg/kg", "ppm")).toBe(1);
    expect(UNITS.map(wholeIn)).toEqual([100, 1e6, 1e9]);
  });
});

it.each([
  ["Fe_pct", "Fe", "%"],
  ["Fe%", "Fe", "%"],
  ["Fe2O3 (wt%)", "Fe2O3", "%"],
  ["AUPPB", "Au", "ppb"],
  ["As (µg/g)", "As", "ppm"],
  ["Hg_ng/g", "Hg", "ppb"],
  ["Au_g/t", "Au", "g/t"],
  ["Cu_mg/kg_AR", "Cu", "mg/kg"],
  ["Fe_2nd", "Fe", null],
  ["Fe_pct_2nd", "Fe", "%"],
])("the column %s is %s in %s", (column, element, unit) => {
  expect(elementColumns([column], [])).toEqual([{ element, column, unit }]);
});

it.each(["Pb_206", "Comppm", "In_situ", "Age"])("the column %s is no element", (column) => {
  expect(elementColumns([column], [])).toEqual([]);
});

it("cells are numbers, limits or empty", () => {
  expect(["1.5", " <0,5 ", ">10", 3].map(cellNumber)).toEqual([
    { sign: "", value: 1.5 },
    { sign: "<", value: 0.5 },
    { sign: ">", value: 10 },
    { sign: "", value: 3 },
  ]);
  expect(["", "bdl", null, "0x10"].map(cellNumber)).toEqual([null, null, null, null]);
  const missing = [-9999, "NS"];
  const empty = ["", " NA ", "-9999.0", -9999, "NS", null].map((cell) =>
    isEmptyCell(cell, missing),
  );
  expect(empty).toEqual([true, true, true, true, true, true]);
  expect(["<5", 0, "0", "-5"].map((cell) => isEmptyCell(cell, missing))).toEqual(
    Array(4).fill(false),
  );
});
