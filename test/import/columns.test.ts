import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { draftStudy } from "../../lib/src/import/draft";
import { readCommand } from "../../lib/src/import/options";
import { refusalOf } from "../support/refusal";

const folder = mkdtempSync(join(tmpdir(), "columns-"));

beforeAll(() => {
  const rows = Array.from({ length: 30 }, (_, at) => {
    const place = `${500_000 + 1000 * (at % 6)},${3_800_000 + 1000 * Math.floor(at / 6)}`;
    return `${place},${1 + (at % 7)},${2 + (at % 5)},,5`;
  });
  writeFileSync(
    join(folder, "samples.csv"),
    `X,Y,Au_ppb,As_ppm,W_ppm,Bi_ppm\n${rows.join("\n")}\n`,
  );
  writeFileSync(
    join(folder, "occurrences.csv"),
    "X,Y,metals\n500100,3800100,AG|AU\n502100,3802100,CU\n504100,3803100,CU-AU\n",
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

const line = ["own", "--samples", "samples.csv", "--occurrences", "occurrences.csv"];
const common = ["--epsg", "32648", "--commodity-column", "metals"];
const drafted = (...more: string[]) =>
  draftStudy("own", readCommand([...line, ...common, ...more])!.wishes, folder);
const elementsOf = async (...more: string[]) => {
  const { manifest } = await drafted(...more);
  return manifest.samples?.elements.map(({ element }) => element);
};

describe("element columns that are empty or constant", () => {
  it("are left out and said, where nothing asks for them", async () => {
    expect(await elementsOf()).toEqual(["Au", "As"]);
    expect((await drafted()).notes).toContain(
      "samples.csv: left out, since it is empty or has one value only: W_ppm, Bi_ppm",
    );
  });

  it("stay where they are asked for; what --only or --elements leaves out is not read", async () => {
    expect(await elementsOf("--only", "Au,W")).toEqual(["Au", "W"]);
    expect(await elementsOf("--elements", "Au")).toEqual(["Au"]);
    expect(await elementsOf("--elements", "Au,As", "--only", "Au")).toEqual(["Au", "As"]);
    expect(await refusalOf(() => drafted("--elements", "Au,Hg"))).toMatchObject({
      field: "--elements",
      found: "Hg",
    });
  });
});

describe("lists of commodities", () => {
  it("are split, counted and said; the main one is the most often named first", async () => {
    const { manifest, notes } = await drafted();
    expect(manifest.mainCommodity).toBe("Cu");
    expect(notes.join("\n")).toContain("(Au 2, Cu 2, Ag 1); the study is about Cu");
    expect(notes.join("\n")).toContain("2 of 3 cells list several commodities and were split");
  });

  it("one that no occurrence has is refused with those that there are", async () => {
    expect((await drafted("--commodity", "Au")).manifest.mainCommodity).toBe("Au");
    expect(await refusalOf(() => drafted("--commodity", "Gold"))).toMatchObject({
      found: "Gold",
      expected: "one that occurrences have: Au 2, Cu 2, Ag 1",
    });
  });
});

it("a CRS is taken for a path as for a name", async () => {
  for (const name of [`${folder}/samples.csv`, "samples.csv"]) {
    const { notes } = await drafted("--crs-of", `${name}=32649`);
    expect(notes[0]).toContain("samples.csv: EPSG:32649 to EPSG:32648 on one datum");
  }
});
