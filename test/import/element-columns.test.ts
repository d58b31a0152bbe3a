import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { draftStudy } from "../../lib/src/import/draft";
import { readCommand } from "../../lib/src/import/options";
import { refusalOf } from "../support/refusal";
import { drafted, folder, made, plain, table } from "../support/sample-table";

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
