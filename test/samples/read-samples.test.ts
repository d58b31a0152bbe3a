import { describe, expect, it } from "vitest";
import type { InputErrorDetails } from "../../lib/src/errors";
import type { SamplesInput } from "../../lib/src/manifest/manifest";
import { readSamples } from "../../lib/src/samples/read-samples";
import { sampleQualityRows } from "../../lib/src/tables/samples";
import { refusalOf } from "../support/refusal";

const UTM = { epsg: 32648, name: "WGS 84 / UTM zone 48N" };
const REGION = { west: 400_000, east: 410_000, south: 3_860_000, north: 3_880_000 };
const INPUT: SamplesInput = {
  format: "csv",
  file: "samples.csv",
  easting: "X",
  northing: "Y",
  name: "id",
  elements: [
    { element: "Au", column: "Au_ppb", unit: "ppb" },
    { element: "As", column: "As_ppm", unit: "ppm" },
  ],
};

function samplesOf(text: string | Buffer, changed: object = {}) {
  const inputs = new Map([["samples.csv", Buffer.from(text)]]);
  return readSamples({ ...INPUT, ...changed } as SamplesInput, inputs, UTM, REGION);
}

const TABLE = `id,X,Y,Au_ppb,As_ppm
a,401000,3861000,<0.5,10
b,402000,3862000,2,NA
c,403000,3863000,>50,30
a2,401000,3861000,1.675,20
far,500000,3863000,4,40
`;

describe("a table of samples", () => {
  it("becomes one sample a place, censored values replaced, and counts what it found", async () => {
    const table = await samplesOf(TABLE);
    expect(table.names).toEqual(["a", "b", "c", "far"]);
    // Mean of 0.65 * 0.5 and 1.675.
    expect([...table.elements[0].values]).toEqual([1, 2, 50, 4]);
    expect([...table.elements[1].values]).toEqual([15, Number.NaN, 30, 40]);
    expect(table).toMatchObject({ rows: 5, averagedPlaces: 1, outside: 1 });
    expect(sampleQualityRows(table)[0]).toMatchObject({
      element: "Au",
      n: 5,
      missing: 0,
      "below detection": 1,
      "above limit": 1,
      limits: "0.5",
      minimum: 1,
      median: 3,
      maximum: 50,
    });
    expect(table.elements[1].quality.missing).toBe(1);
  });

  it("is the same with any delimiter, a byte order mark, decimal commas, and Latin 1", async () => {
    const plain = await samplesOf(TABLE);
    for (const delimiter of [";", "\t", "|"]) {
      expect(await samplesOf(`\uFEFF${TABLE.replaceAll(",", delimiter)}`)).toEqual(plain);
    }
    const commas = TABLE.replaceAll(",", ";").replaceAll(".", ",");
    expect(await samplesOf(commas)).toEqual(plain);
    const latin = Buffer.from(TABLE.replace("far", "för"), "latin1");
    expect(await refusalOf(() => samplesOf(latin))).toMatchObject({
      kind: "format",
      field: "line 6",
      found: "bytes that are no UTF-8",
    });
    expect((await samplesOf(latin, { encoding: "windows-1252" })).names[3]).toBe("för");
  });

  it("an element hardly detected is warned of", async () => {
    const table = await samplesOf(TABLE.replace(",2,", ",<1,").replace(",4,", ",<1,"));
    expect(sampleQualityRows(table)[0].note).toContain("mostly below detection");
  });

  const wrong: [string, string, object, Partial<InputErrorDetails>][] = [
    [
      "a malformed cell",
      TABLE.replace(">50", "6.>15"),
      {},
      { kind: "values", field: "line 4, Au_ppb", found: '"6.>15"' },
    ],
    [
      "a code that is not listed",
      TABLE.replace("NA", "-9999"),
      {},
      { field: "line 3, As_ppm", found: '"-9999"' },
    ],
    [
      "a column without any value",
      TABLE.replace(/,[^,]*$/gm, ",").replace(/^(id.*),$/m, "$1,As_ppm"),
      {},
      { field: "As_ppm", found: "no value in any row" },
    ],
    ["a column that is not there", TABLE.replace("As_ppm", "As"), {}, { field: "As_ppm" }],
    [
      "a coordinate that is no number",
      TABLE.replace("402000", "4O2000"),
      {},
      { field: "line 3, X", found: '"4O2000"' },
    ],
    [
      "easting and northing exchanged",
      TABLE.replace("X,Y", "Y,X"),
      {},
      {
        kind: "georeference",
        found: "0 of 5 samples in the region, but 4 with easting and northing exchanged",
      },
    ],
    [
      "degrees where metres are meant",
      "id,X,Y,Au_ppb,As_ppm\na,104,35,1,2\n",
      {},
      { remedy: expect.stringMatching(/^They look like degrees: npm run new-study/) },
    ],
    [
      "two decimal signs",
      TABLE.replaceAll(",", ";").replace("0.5", "0,5"),
      {},
      { field: "line 5, Au_ppb" },
    ],
  ];
  it.each(wrong)("with %s is refused", async (_, text, changed, expected) => {
    expect(await refusalOf(() => samplesOf(text, changed))).toMatchObject({
      file: "samples.csv",
      ...expected,
    });
  });
});
