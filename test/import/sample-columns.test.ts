import { describe, expect, it } from "vitest";
import { refusalOf } from "../support/refusal";
import { drafted, made, plain, scripted, table } from "../support/sample-table";

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
