import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mannWhitney } from "../../lib/src/evaluation/mann-whitney";
import { sheetEdges } from "../../lib/src/evaluation/sheet-edges";
import { randomStream } from "../../lib/src/random";
import { levelledBySheet } from "../../lib/src/samples/sheets";
import type { SampleElement, SampleTable } from "../../lib/src/samples/types";
import { loadStudy } from "../../lib/src/study/load";
import { sheetRows } from "../../lib/src/tables/sheets";
import { refusalOf } from "../support/refusal";
import { rightStudy, writeStudy } from "../support/study-folder";

const reference = JSON.parse(
  readFileSync(join(__dirname, "../reference/evaluation/mann-whitney.json"), "utf8"),
) as {
  readonly first: number[];
  readonly second: number[];
  readonly u: number;
  readonly p: number;
}[];

const element = (name: string, values: readonly number[]): SampleElement => ({
  ...{ element: name, unit: "ppm", values: Float64Array.from(values) },
  quality: {
    ...{ rows: values.length, missing: 0, censoredLow: 0, censoredHigh: 0, zeros: 0, negatives: 0 },
    ...{ detectionLimits: [], upperLimits: [], replacement: 0.65 },
  },
});

describe("Mann and Whitney's test", () => {
  it.each(reference.map((one, at) => [at + 1, one] as const))("is scipy's, case %i", (_, one) => {
    const { u, pValue } = mannWhitney(one.first, one.second);
    expect(u).toBeCloseTo(one.u, 9);
    expect(pValue).toBeCloseTo(one.p, 9);
  });

  it("says nothing of numbers that are all the same", () => {
    expect(mannWhitney([2, 2], [2, 2, 2])).toEqual({ u: 3, pValue: 1 });
  });
});

describe("levelling by sheet", () => {
  // By hand: medians of the sheets are 2 and 20, of all five 4; logarithms shifted by ln 2 and ln 0.2.
  it("brings medians together and keeps ratios within a sheet", () => {
    const { values } = levelledBySheet(element("Au", [1, 2, 4, 10, 40]), ["a", "a", "a", "b", "b"]);
    expect([...values].map((value) => Number(value.toFixed(9)))).toEqual([2, 4, 8, 2, 8]);
  });
});

describe("edges of map sheets", () => {
  const random = randomStream(3, "sheets");
  const count = 200;
  const eastings = Float64Array.from({ length: count }, (_, at) => 100 * (at % 20) + 50);
  const northings = Float64Array.from({ length: count }, (_, at) => 100 * Math.floor(at / 20) + 50);
  const sheets = Array.from(eastings, (easting) => (easting < 1000 ? "west" : "east"));
  const noise = () => Array.from({ length: count }, () => Math.exp(0.3 * random.normal()));
  const steady = noise();
  const jumping = noise().map((value, at) => (sheets[at] === "east" ? 2 * value : value));
  const table: SampleTable = {
    ...{ eastings, northings, sheets, names: [], rows: count, averagedPlaces: 0, outside: 0 },
    elements: [element("As", steady), element("Sb", jumping)],
  };

  it("compare only samples within reach of the other sheet, ten a side here, and find the jump", () => {
    const edges = sheetEdges(table, 100);
    expect(edges.map((edge) => [edge.element, edge.first, edge.second])).toEqual([
      ["Sb", "east", "west"],
      ["As", "east", "west"],
    ]);
    expect(edges[0].counts).toEqual([10, 10]);
    expect(edges[0].pValue).toBeLessThan(0.05);
    expect(edges[1].pValue).toBeGreaterThan(0.05);
    expect(edges[0].ratio).toBeGreaterThan(1.4);
  });

  it("of samples without sheets are none", () => {
    const { sheets: _, ...without } = table;
    expect(sheetEdges(without, 100)).toEqual([]);
    expect(sheetRows({ samples: without })).toEqual([]);
  });
});

describe("a study's sheets", () => {
  const csv = "x,y,sheet,Au\n50,50,A,1\n150,150,A,3\n250,250,B,10\n350,350,B,30\n";
  const made = (samples: object) => {
    const { manifest, files } = rightStudy();
    const input = {
      ...{ format: "csv", file: "s.csv", easting: "x", northing: "y" },
      elements: [{ element: "Au", column: "Au", unit: "ppb" }],
      ...samples,
    };
    return writeStudy({
      manifest: { ...manifest, samples: input },
      files: { ...files, "s.csv": csv },
    });
  };

  it("are read and, if the manifest says so, levelled", async () => {
    const plain = (await loadStudy(made({ sheet: "sheet" }))).samples;
    expect(plain).toMatchObject({ sheets: ["A", "A", "B", "B"], levelled: false });
    expect(sheetRows({ samples: plain })[1]).toMatchObject({ sheet: "B", "Au (ppb)": "20 (50 %)" });
    const levelled = (await loadStudy(made({ sheet: "sheet", levelling: "median" }))).samples;
    // By hand, in logarithms: sheets at ln 3 / 2 and ln 300 / 2, all at ln 30 / 2.
    const root = Math.sqrt(10);
    const expected = [root, 3 * root, 10 / root, 30 / root];
    levelled?.elements[0].values.forEach((value, at) => {
      expect(value).toBeCloseTo(expected[at], 9);
    });
  });

  it("cannot be levelled without a column of sheets", async () => {
    const refused = await refusalOf(() => loadStudy(made({ levelling: "median" })));
    expect(refused.field).toBe("samples.levelling");
  });
});
