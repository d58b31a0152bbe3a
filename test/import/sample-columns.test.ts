import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { buildStudy } from "../../lib/src/import/build";
import { draftStudy } from "../../lib/src/import/draft";
import { readCommand } from "../../lib/src/import/options";
import type { Ask } from "../../lib/src/import/questions";
import { loadStudy } from "../../lib/src/study/load";
import { refusalOf } from "../support/refusal";

const folder = mkdtempSync(join(tmpdir(), "sample-columns-"));
afterAll(() => rmSync(folder, { recursive: true }));

writeFileSync(
  join(folder, "occurrences.csv"),
  "X,Y\n500100,3800100\n504100,3804100\n507100,3807100\n",
);

/** Ten by ten samples a kilometre apart; Au always 1 to 7 ppb, then the columns of a case. */
function table(
  header: readonly string[],
  cells: (at: number) => readonly (string | number)[],
  delimiter = ",",
): string {
  const rows = Array.from({ length: 100 }, (_, at) =>
    [500_000 + 1000 * (at % 10), 3_800_000 + 1000 * Math.floor(at / 10), 1 + (at % 7), ...cells(at)]
      .map((cell) => (delimiter === ";" ? String(cell).replace(".", ",") : cell))
      .join(delimiter),
  );
  return `${[["X", "Y", "Au_ppb", ...header].join(delimiter), ...rows].join("\n")}\n`;
}

const line = ["own", "--samples", "s.csv", "--occurrences", "occurrences.csv"];

async function drafted(text: string | Buffer, options: readonly string[] = [], ask?: Ask) {
  writeFileSync(join(folder, "s.csv"), text);
  const more = ["--commodity", "Au", "--epsg", "32648", ...options];
  return draftStudy("own", readCommand([...line, ...more])!.wishes, folder, ask);
}

let number = 0;

/** Concentrations of the second element as the study has them, sample by sample, and the record. */
async function made(text: string | Buffer, options: readonly string[] = [], ask?: Ask) {
  const draft = await drafted(text, options, ask);
  const name = `case${number++}`;
  const { check } = await buildStudy(join(folder, "data"), name, draft, {
    ...{ replace: false, draft: false },
  });
  expect(check.faults).toEqual([]);
  const place = join(folder, "data", name);
  const samples = (await loadStudy(place)).samples!;
  const { values, unit } = samples.elements[1];
  const record =
    draft.brought.length === 0 ? [] : JSON.parse(readFileSync(join(place, "brought.json"), "utf8"));
  return { values: [...values], unit, record, notes: draft.notes, folder: place };
}

/** A scripted terminal: answers in turn, and what was asked. */
function scripted(...answers: string[]) {
  const asked: string[] = [];
  const ask: Ask = async (question) => {
    asked.push(question);
    return answers.shift() ?? "";
  };
  return { ask, asked };
}

/** 2, 2.5, ... 6.5 in turn. */
const plain = (at: number) => 2 + (at % 10) / 2;

describe("values that stand for none", () => {
  // 4 rows of -9999 (0, 30, 60, 90), and 5 of 99999 (1, 21, 41, 61, 81).
  const coded = table(["As_ppm", "Cu_ppm"], (at) => [
    at % 30 === 0 ? -9999 : plain(at),
    at % 20 === 1 ? 99999 : plain(at),
  ]);

  it("are refused with column, value, count and share", async () => {
    expect(await refusalOf(() => drafted(coded))).toMatchObject({
      file: "s.csv",
      found:
        "As_ppm: -9999 in 4 of 100 rows (4 %), all others 2 to 6.5; Cu_ppm: 99999 in 5 of 100 rows (5 %), all others 2 to 6.5",
      remedy:
        "--missing -9999,99999 reads them as empty cells; --data 99999 keeps what was measured.",
    });
  });

  it("are read as empty, kept as measured, or not looked at, as options say", async () => {
    const { values, record, notes } = await made(coded, ["--missing", "-9999", "--data", "99999"]);
    expect(values.filter(Number.isNaN)).toHaveLength(4);
    const step = "-9999 read as an empty cell in As_ppm (4 of 100 rows)";
    expect(record).toMatchObject([{ file: "s.csv", driver: "CSV", steps: [step] }]);
    expect(notes).toContain(`s.csv: ${step}`);
    const { manifest } = await drafted(coded, ["--only", "Au"]);
    expect(manifest.samples?.elements.map(({ element }) => element)).toEqual(["Au"]);
  });

  it("are asked for at a terminal, once a value", async () => {
    const { ask, asked } = scripted("missing", "m");
    const { values } = await made(coded, [], ask);
    expect(values.filter(Number.isNaN)).toHaveLength(4);
    expect(asked.map((question) => /Does (\S+) stand/.exec(question)?.[1])).toEqual([
      "-9999",
      "99999",
    ]);
    expect(await refusalOf(() => drafted(coded, [], scripted("").ask))).toMatchObject({
      file: "s.csv",
    });
  });

  it("are no limits of detection, which negative numbers stay", async () => {
    const text = table(["As_ppm"], (at) => [at % 4 === 0 ? -1 : plain(at)]);
    const { values } = await made(text, ["--negative", "detectionLimit"]);
    // 0.65 of the limit, as data/README.md has it.
    expect(values.filter((value) => value === 0.65)).toHaveLength(25);
  });
});

describe("a column in two units", () => {
  // From row 70 on in ppm: 30 values of 20,000 to 65,000, three of them limits.
  const cell = (at: number) => (at < 70 ? plain(at) : `${at > 96 ? "<" : ""}${plain(at) * 10_000}`);
  const mixed = table(["Fe_pct"], (at) => [cell(at)]);

  it("is refused with both groups", async () => {
    const details = await refusalOf(() => drafted(mixed));
    expect(details).toMatchObject({ file: "s.csv", field: "Fe_pct" });
    expect(details.found).toContain(
      "70 values of 2 to 6.5 (median 4.25) and 27 values of 20000 to 65000",
    );
    expect(details.remedy).toBe(
      '--mixed "Fe_pct=ppm" converts the higher ones from ppm to %; --data "Fe_pct" keeps it as it is; --elements Au leaves Fe out.',
    );
  });

  it.each([",", ";"])("is converted as it is told, divided by %s", async (delimiter) => {
    const text = table(["Fe_pct"], (at) => [cell(at)], delimiter);
    const { values, unit, record } = await made(text, ["--mixed", "Fe_pct=ppm"]);
    expect(unit).toBe("%");
    values.forEach((value, at) => {
      expect(value).toBeCloseTo(at > 96 ? 0.65 * plain(at) : plain(at), 12);
    });
    expect(record[0].steps).toEqual([
      "Fe_pct: 30 values of 20000 and more taken as ppm and converted to %",
    ]);
  });

  it("may have the lower ones in the other", async () => {
    const text = table(["Fe_ppm"], (at) => [at < 70 ? plain(at) : plain(at) * 10_000]);
    const { values, unit } = await made(text, ["--mixed", "Fe_ppm=%"]);
    expect(unit).toBe("ppm");
    values.forEach((value, at) => {
      expect(value).toBeCloseTo(plain(at) * 10_000, 6);
    });
  });

  it("is kept where it is said to be measured, and no other column can be meant", async () => {
    const { values, record } = await made(mixed, ["--data", "Fe_pct"]);
    expect(values[70]).toBe(20_000);
    expect(record).toEqual([]);
    const other = () => drafted(mixed, ["--data", "Fe_ppm"]);
    expect(await refusalOf(other)).toMatchObject({ field: "--data", found: "Fe_ppm" });
    const wrong = () => drafted(mixed, ["--mixed", "Fe_pct=ppb"]);
    expect(await refusalOf(wrong)).toMatchObject({ field: "--mixed", found: "Fe_pct=ppb" });
  });

  it("is refused where one value is more than the whole of a sample", async () => {
    const text = table(["Fe_pct"], (at) => [at === 7 ? 10_630 : plain(at) / 50]);
    const details = await refusalOf(() => drafted(text));
    expect(details.found).toBe("1 of 100 values above 100 %, the whole of a sample: 10630");
    const { values } = await made(text, ["--missing", "10630"]);
    expect(values.flatMap((value, at) => (Number.isNaN(value) ? [at] : []))).toEqual([7]);
  });
});

describe("two columns of one element", () => {
  const halves = ["Fe_pct", "Fe_ppm"];

  it("in two units are made one, gaps filled and limits converted", async () => {
    // 60 rows in percent; 60 in ppm, of which 20 have both; the last is a limit.
    const text = table(halves, (at) => [
      at < 60 ? plain(at) : "",
      at < 40 ? "" : `${at === 99 ? "<" : ""}${plain(at) * 10_000}`,
    ]);
    const { values, unit, record } = await made(text);
    expect(unit).toBe("%");
    values.forEach((value, at) => {
      expect(value).toBeCloseTo(at === 99 ? 0.65 * plain(at) : plain(at), 12);
    });
    expect(record[0].steps).toEqual([
      "Fe_pct: 40 empty cells filled from Fe_ppm, converted from ppm to %; 20 rows have both and keep that of Fe_pct",
    ]);
  });

  it("are refused where they do not agree, and one may be chosen", async () => {
    const text = table(halves, (at) => [plain(at), plain(at) * 250]);
    const details = await refusalOf(() => drafted(text));
    expect(details.field).toBe("columns of Fe");
    // 10,000 over 250.
    expect(details.found).toContain("40 times apart in 100 rows that have both");
    const { values, unit } = await made(text, ["--element", "Fe=Fe_ppm:ppm"]);
    // Elements that options name come first.
    expect(unit).toBe("ppb");
    expect(values[0]).toBe(1);
  });

  it("of one header are one where they say the same, else told apart and compared", async () => {
    const same = await made(table(["Fe_pct", "Fe_pct"], (at) => [plain(at), plain(at)]));
    expect(same.values[9]).toBe(6.5);
    expect(same.record[0].steps).toEqual([
      "a second column Fe_pct, the same in every row, left out",
    ]);
    const text = table(["Fe_pct", "Fe_pct"], (at) => [
      at < 90 ? plain(at) : "",
      at < 10 ? "" : plain(at) * 10_000,
    ]);
    expect((await refusalOf(() => drafted(text))).found).toMatch(
      /Fe_pct_2nd with a median of \d+ %, 10000 times apart in 80 rows/,
    );
    const both = ["--element", "Fe=Fe_pct:%", "--element", "Fe=Fe_pct_2nd:ppm", "--only", "Au,Fe"];
    const { folder: place, record } = await made(text, both);
    const written = readFileSync(join(place, "s.csv"), "utf8").split(/\r?\n/);
    expect(written[0]).toBe("X,Y,Au_ppb,Fe_pct,Fe_pct_2nd");
    // Line 92 is row 90, whose percent were empty.
    expect(written[91].split(",").slice(3)).toEqual(["2", "20000"]);
    expect(record[0].steps).toHaveLength(2);
  });

  it("of which one has no gaps is that one", async () => {
    const text = table(halves, (at) => [plain(at), at < 50 ? "" : plain(at) * 10_000]);
    const { notes, brought } = await drafted(text);
    expect(notes).toContain("s.csv: not used: Fe_ppm");
    expect(brought).toEqual([]);
  });

  it("of one unit are one column and one beside it, unless they are a unit apart", async () => {
    const text = table(["Fe_pct_XRF", "Fe_pct_AR"], (at) => [plain(at), plain(at) / 2]);
    const { notes } = await drafted(text);
    expect(notes).toContain("s.csv: not used: Fe_pct_AR");
    const apart = table(["As_ppm", "As_ppm_AR"], (at) => [plain(at), plain(at) * 1000]);
    expect((await refusalOf(() => drafted(apart))).found).toContain("1000 times apart");
  });

  it("of GeoJSON are made one too", async () => {
    const features = Array.from({ length: 100 }, (_, at) => ({
      type: "Feature",
      properties: {
        Au_ppb: 1 + (at % 7),
        Fe_pct: at < 60 ? plain(at) : null,
        Fe_ppm: at < 60 ? null : plain(at) * 1e4,
      },
      geometry: {
        type: "Point",
        coordinates: [500_000 + 1000 * (at % 10), 3_800_000 + 1000 * Math.floor(at / 10)],
      },
    }));
    writeFileSync(
      join(folder, "s.geojson"),
      JSON.stringify({ type: "FeatureCollection", features }),
    );
    const { wishes } = readCommand([
      ...["own", "--samples", "s.geojson", "--occurrences", "occurrences.csv"],
      ...["--commodity", "Au", "--epsg", "32648", "--crs-of", "s.geojson=32648"],
    ])!;
    const { from, brought } = await draftStudy("own", wishes, folder);
    const written = JSON.parse(readFileSync(from.get("s.geojson")!, "utf8"));
    expect(written.features.map((one: (typeof features)[0]) => one.properties.Fe_pct)).toEqual(
      Array.from({ length: 100 }, (_, at) => plain(at)),
    );
    expect(brought[0].steps).toHaveLength(1);
  });
});

it("a column that is left out stops nothing, whatever is in it", async () => {
  const text = table(["As_ppm", "W_ppm", "Bi_ppm", "Sb", "Fe_pct", "Hg_ppb"], (at) => [
    ...[plain(at), "", "BDL", 0, 5000, -9999],
  ]);
  const { manifest, notes } = await drafted(text, ["--only", "Au,As"]);
  expect(manifest.samples?.elements.map(({ element }) => element)).toEqual(["Au", "As"]);
  expect(notes).toContain("s.csv: not used: W_ppm, Bi_ppm, Sb, Fe_pct, Hg_ppb");
});

describe("rows without coordinates", () => {
  // Lines 2 and 52 are rows 0 and 50.
  const text = table(["As_ppm"], (at) => [plain(at)])
    .replace("500000,3800000,", ",3800000,")
    .replace("500000,3805000,", "n/a,3805000,");

  it("are left out where the answer at the terminal is yes", async () => {
    const { ask, asked } = scripted("y");
    const { values, record } = await made(text, [], ask);
    expect(values).toHaveLength(98);
    expect(record[0].steps).toEqual(["left out, without coordinates: line 2, 52"]);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain('line 2, X: nothing; line 52, X: "n/a"');
  });

  it("are refused where it is anything else, and nothing is asked with --skip-rows", async () => {
    for (const answer of ["", "n", "2"]) {
      const refused = () => drafted(text, [], scripted(answer).ask);
      expect(await refusalOf(refused)).toMatchObject({ field: "rows without coordinates" });
    }
    const { ask, asked } = scripted();
    await drafted(text, ["--skip-rows", "2"], ask);
    expect(asked).toEqual([]);
  });
});
