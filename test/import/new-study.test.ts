import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { pixelAt } from "../../lib/src/grid/grid";
import { type BuildOptions, buildStudy } from "../../lib/src/import/build";
import { checkStudy } from "../../lib/src/import/check";
import { changedFiles } from "../../lib/src/import/checksums";
import { draftStudy } from "../../lib/src/import/draft";
import { readCommand } from "../../lib/src/import/options";
import { askedFor } from "../../lib/src/import/questions";
import { checkReport, nextCommand } from "../../lib/src/import/report";
import { withChecksums } from "../../lib/src/manifest/manifest-text";
import { readManifest } from "../../lib/src/manifest/read-manifest";
import { writeDistrict } from "../support/district";
import { refusalOf } from "../support/refusal";

const folder = mkdtempSync(join(tmpdir(), "new-study-"));
const data = join(folder, "data");
const raw = join(__dirname, "../reference/new-study");

afterAll(() => rmSync(folder, { recursive: true }));

/** What the command line makes of files, without the printing. */
async function made(
  files: string,
  line: readonly string[],
  options: BuildOptions = { replace: true, draft: false },
) {
  const command = readCommand(line)!;
  const draft = await draftStudy(command.name, command.wishes, files);
  return { draft, ...(await buildStudy(data, command.name, draft, options)) };
}

const rawFiles = [
  ...["--samples", "samples.csv", "--faults", "faults.shp"],
  ...["--intrusions", "intrusions.geojson", "--occurrences", "occurrences.csv"],
  // One cell of copper, in line 65.
  ...["--missing", "-9999"],
];

describe("a study from rasters and a table", () => {
  it.each([1, 3, 20])("of %i bands, with an irregular area", async (bands) => {
    const files = join(folder, `rasters ${bands}`);
    writeDistrict(files, { bands, width: 120, height: 144 });
    const line = ["oval", "--raster", "evidence.tif", "--occurrences", "occurrences.csv"];
    const { check, kept } = await made(files, [...line, "--high", "Band A"]);
    expect(check.faults).toEqual([]);
    expect(kept).toBe(true);
    const { study, evidence } = check;
    expect(study).toMatchObject({ pixelSize: 100, mainCommodity: "Au", zones: [] });
    expect(study?.region).toEqual({ west: 400000, east: 412000, south: 6900000, north: 6914400 });
    expect(study?.evidence.map(({ id }) => id).slice(0, 3)).toEqual(
      ["bandA", "bandB", "bandC"].slice(0, bands),
    );
    // An oval fills pi/4 of its rectangle; one of nine occurrences lies outside it.
    expect(evidence?.dataShare).toBeCloseTo(Math.PI / 4, 2);
    expect(evidence?.occurrences?.inside.length).toBe(8);
    expect(evidence?.occurrences?.onNodata.map(({ name }) => name)).toEqual(["Prospect 9"]);
    expect(checkReport(check)).toMatch(
      /Warning: networks have little to learn from fewer than 200/,
    );
    expect(nextCommand("oval", check)).toBe("npm run study -- --study oval");
  });

  it("on another grid than the first's is brought onto it", async () => {
    const files = join(folder, "two");
    writeDistrict(join(files, "wide"), { bands: 1, width: 140, height: 150 });
    writeDistrict(files, { bands: 1, width: 120, height: 144 });
    writeFileSync(join(files, "other.tif"), readFileSync(join(files, "wide", "evidence.tif")));
    const rasters = ["--raster", "evidence.tif", "--raster", "other.tif"];
    const { check } = await made(files, ["two", ...rasters, "--occurrences", "occurrences.csv"]);
    expect(check.study?.evidence.map(({ id, label, origin }) => [id, label, origin])).toEqual([
      ["bandA", "Band A", { from: "geotiff", file: "evidence.tif", band: 1 }],
      ["bandA2", "Band A 2", { from: "geotiff", file: "other.tif", band: 1, resample: "bilinear" }],
    ]);
  });
});

describe("a study from samples in degrees, a shapefile in another zone and polygons in degrees", () => {
  it("puts everything where GDAL had it", async () => {
    const { draft, check } = await made(raw, ["raw", ...rawFiles, "--epsg", "32648"]);
    expect(check.faults).toEqual([]);
    const study = check.study!;
    // 400 samples in a square of 11,400 m are 570 m apart; a fifth of it is 114 m.
    expect(study.pixelSize).toBe(100);
    expect(study.region).toEqual({ west: 500300, east: 511800, south: 3800300, north: 3811800 });
    expect(draft.manifest.samples?.elements.map(({ element, unit }) => [element, unit])).toEqual([
      ["Au", "ppb"],
      ["As", "ppm"],
      ["Cu", "ppm"],
      ["Fe2O3", "%"],
    ]);
    expect(draft.manifest.samples?.missing).toEqual([-9999]);
    expect(study.evidence.map(({ id, favourable }) => [id, favourable])).toEqual([
      ["auSingularity", "high"],
      ["asSingularity", null],
      ["cuSingularity", null],
      ["fe2O3Singularity", null],
      ["distanceOfFaults", "low"],
      ["lineDensityOfFaults", "high"],
      ["distanceToPolygonOfIntrusions", "low"],
    ]);
    const { stack, coarsening, patches, occurrences } = check.evidence!;
    // 115 pixels hold 9 whole patches.
    expect([coarsening, patches]).toEqual([1, 81]);
    expect(occurrences?.inside.length).toBe(6);
    const valueAt = (label: string, easting: number, northing: number) => {
      const { row, column } = pixelAt(stack.geometry, easting, northing)!;
      const band = stack.bands.find(({ name }) => name === label)!;
      return band.values[row * stack.geometry.width + column];
    };
    // The faults run at easting 505000 and northing 3806000; the intrusion begins at 508000.
    expect(valueAt("D faults", 503050, 3802050)).toBeCloseTo(1950, 0);
    expect(valueAt("D faults", 501050, 3807050)).toBeCloseTo(1050, 0);
    expect(valueAt("D intrusions", 507050, 3803550)).toBeCloseTo(950, 0);
    expect(valueAt("D intrusions", 508550, 3803550)).toBe(0);
  });

  it("has a manifest with comments, which checksums are written into", async () => {
    await made(raw, ["sums", ...rawFiles, "--epsg", "32648"]);
    const place = join(data, "sums");
    const path = join(place, "study.json");
    expect(changedFiles(place)).toEqual([]);
    writeFileSync(join(place, "samples.csv"), "changed");
    const [{ path: file, found }] = changedFiles(place);
    const comments = () => readFileSync(path, "utf8").match(/^ *\/\/.*$/gm);
    const before = comments();
    writeFileSync(path, withChecksums(readFileSync(path, "utf8"), new Map([[file, found]])));
    expect(changedFiles(place)).toEqual([]);
    expect(readManifest(place).files["samples.csv"]).toBe(found);
    expect(before?.length).toBeGreaterThan(5);
    expect(comments()).toEqual(before);
  });
});

describe("a study from other files", () => {
  it("layers of a GeoPackage that GDAL wrote, categories one-hot", async () => {
    const files = join(__dirname, "../reference/study/files");
    const line = ["--samples", "degrees.gpkg#assays", "--occurrences", "degrees.gpkg#assays"];
    const rest = ["--layer", "degrees.gpkg#rocks=category:rock", "--unit", "ppm"];
    const command = readCommand(["x", ...line, ...rest, "--commodity", "Au", "--epsg", "32648"])!;
    const { manifest, from } = await draftStudy("x", command.wishes, files);
    expect([...from.keys()]).toEqual(["assays.geojson", "rocks.geojson"]);
    expect(manifest.samples).toMatchObject({ file: "assays.geojson", name: "id" });
    expect(manifest.samples?.elements.map(({ element }) => element)).toEqual(["Au", "As"]);
    expect(manifest.geology).toEqual([{ layer: "rocks", as: "rock", property: "rock" }]);
    expect(manifest.evidence.at(-1)?.origin).toMatchObject({ method: "category", layer: "rocks" });
  });

  it("a table whose columns named Lon and Lat hold metres, in Windows-1252", async () => {
    const files = mkdtempSync(join(tmpdir(), "metres-"));
    writeFileSync(
      join(files, "s.csv"),
      Buffer.from(
        "Näme;Lon;Lat;Au_ppb;V\n1;500000,5;3800000;1;2\n2;501000;3801000,5;2;3",
        "latin1",
      ),
    );
    const line = ["x", "--samples", "s.csv", "--occurrences", "s.csv", "--commodity", "Au"];
    const command = readCommand([...line, "--epsg", "32648", "--element", "V=V:ppm:0.5"])!;
    const { manifest } = await draftStudy("x", command.wishes, files);
    expect(manifest.samples).toEqual({
      ...{ format: "csv", file: "s.csv", easting: "Lon", northing: "Lat" },
      encoding: "windows-1252",
      elements: [
        { element: "V", column: "V", unit: "ppm", detectionLimit: 0.5 },
        { element: "Au", column: "Au_ppb", unit: "ppb" },
      ],
    });
  });
});

describe("the guide in data/README.md", () => {
  const guide = readFileSync(join(__dirname, "../../data/README.md"), "utf8");
  const commands = [
    ...guide.matchAll(/^npm run new-study -- (mydistrict .*-.*occurrences\.csv.*)$/gm),
  ];
  const lines = commands.map(([, line]) =>
    [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain),
  );

  it("has two commands that do what it says", async () => {
    const [rasters, samples] = lines;
    const files = join(folder, "guide");
    writeDistrict(files, { bands: 3, width: 120, height: 144 });
    expect((await made(files, rasters)).check.faults).toEqual([]);
    const { draft, check } = await made(raw, samples);
    expect(check.faults).toEqual([]);
    const printed = draft.notes.map((note) => `- ${note}`).join("\n");
    expect(guide).toContain(`Recognised:\n${printed}\n\`\`\``);
    expect(lines.length).toBe(2);
  });
});

describe("zones", () => {
  const square = (name: string, west: number) => ({
    type: "Feature",
    properties: { part: name, area: 1 },
    geometry: {
      type: "Polygon",
      coordinates: [
        [
          [west, 3800000],
          [west + 6000, 3800000],
          [west + 6000, 3812000],
          [west, 3812000],
          [west, 3800000],
        ],
      ],
    },
  });
  const write = (...features: unknown[]) => {
    const path = join(folder, "zones.geojson");
    writeFileSync(path, JSON.stringify({ type: "FeatureCollection", features }));
    return path;
  };

  it("are the values of the one property of words", async () => {
    const path = write(square("west", 500000), square("east", 506000));
    const line = ["zoned", ...rawFiles, "--epsg", "32648", "--zones", path];
    const { check } = await made(raw, line);
    expect(check.study?.zones.map(({ name }) => name)).toEqual(["west", "east"]);
  });

  it("are the sides of a line", async () => {
    const geometry = {
      type: "LineString",
      coordinates: [
        [506000, 3800000],
        [506000, 3812000],
      ],
    };
    const path = write({ type: "Feature", properties: {}, geometry });
    const line = ["sided", ...rawFiles, "--epsg", "32648", "--zones", path];
    const { check } = await made(raw, [...line, "--sides", "West,East"]);
    expect(check.faults).toEqual([]);
    expect(check.study?.zones.map(({ name }) => name)).toEqual(["West", "East"]);
  });
});

describe("a study area", () => {
  const geometry = (...rings: number[][][]) =>
    JSON.stringify({
      type: "FeatureCollection",
      features: [
        { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: rings } },
      ],
    });
  const ring = (west: number, south: number, side: number) => [
    ...[
      [west, south],
      [west + side, south],
      [west + side, south + side],
    ],
    ...[
      [west, south + side],
      [west, south],
    ],
  ];
  const line = ["area", ...rawFiles, "--epsg", "32648"];

  it("is ground near samples where nothing is said, and the report says how much is left", async () => {
    const { draft, check } = await made(raw, line);
    expect(draft.manifest.area).toEqual({ from: "samples", spacings: 1.5 });
    expect(checkReport(check)).toMatch(
      /The study area is ground within 1.5 sample spacings \(\d+\.?\d* km\) of a sample: .*% of the region.*\n/,
    );
    const whole = await made(raw, [...line, "--area", "none"]);
    expect(whole.check.study?.area).toBeNull();
    expect(checkReport(whole.check)).toMatch(
      /whole region, 132 km².*400 places in it were sampled, 0.575 km apart on average/,
    );
  });

  it("is that of a file, by its path, whose CRS is given by path or by name", async () => {
    const path = join(folder, "outline.geojson");
    writeFileSync(path, geometry(ring(501000, 3801000, 6000)));
    for (const name of [path, "outline.geojson"]) {
      const given = [...line, "--area", path, "--crs-of", `${name}=32648`];
      const { check } = await made(raw, given);
      expect(check.faults).toEqual([]);
      expect(check.study?.area).toMatchObject({ from: "polygons", extent: 36e6 });
      // 36 km² of the region's 132.25; in whole coarse pixels.
      expect(check.evidence?.dataShare).toBeCloseTo(36 / 132.25, 1);
    }
  });

  it("is refused where it misses the region, or holds no whole patch", async () => {
    const path = join(folder, "outline.geojson");
    const plain = ["--samples", "samples.csv", "--occurrences", "occurrences.csv"];
    const empty = ["--missing", "-9999"];
    const refused = async (text: string) => {
      writeFileSync(path, text);
      const { check, kept } = await made(raw, [
        "area",
        ...plain,
        ...empty,
        ...["--epsg", "32648"],
        "--area",
        path,
        "--crs-of",
        `${path}=32648`,
      ]);
      expect(kept).toBe(false);
      return check.faults.map(({ details }) => details);
    };
    expect(await refused(geometry(ring(601000, 3801000, 6000)))).toMatchObject([
      { kind: "georeference", field: "area" },
    ]);
    expect(await refused(geometry(ring(501000, 3801000, 900)))).toContainEqual(
      expect.objectContaining({ kind: "values", field: "area" }),
    );
  });
});

describe("what is wrong", () => {
  it("is all told, file by file, and nothing is left behind", async () => {
    const files = mkdtempSync(join(tmpdir(), "wrong-"));
    writeFileSync(
      join(files, "samples.csv"),
      "X,Y,Au_ppb,As_ppm\n500000,3800000,1,-1\n501000,3801000,2,3\n500500,3800500,0,4\n",
    );
    writeFileSync(
      join(files, "occurrences.csv"),
      "X,Y,metal\n500100,3800100,Au\n500200,3800100,\n",
    );
    const line = ["--samples", "samples.csv", "--occurrences", "occurrences.csv"];
    const { check, kept } = await made(files, ["wrong", ...line, "--epsg", "32648"]);
    expect(check.faults.map(({ details }) => [details.file, details.field])).toEqual([
      ["occurrences.csv", "line 3, metal"],
      ["samples.csv", "line 4, Au_ppb"],
    ]);
    expect(kept).toBe(false);
    expect(existsSync(join(data, "wrong"))).toBe(false);
    expect(readdirSync(data).filter((name) => name.startsWith("."))).toEqual([]);
  });

  it("occurrences with easting and northing exchanged", async () => {
    const files = join(folder, "exchanged");
    writeDistrict(files, { bands: 1, width: 120, height: 144 });
    const swap = ["--columns-of", "occurrences.csv=Northing,Easting"];
    const line = ["x", "--raster", "evidence.tif", "--occurrences", "occurrences.csv", ...swap];
    const { check } = await made(files, line);
    expect(check.faults[0].details.found).toBe(
      "0 of 9 in the region, but 9 with easting and northing exchanged",
    );
  });

  it("is kept when a draft is asked for", async () => {
    const line = ["draft", ...rawFiles, "--epsg", "32649"];
    const { check, kept } = await made(raw, line, { replace: false, draft: true });
    expect(check.faults.map(({ details }) => details.kind)).toEqual(["occurrences"]);
    expect(kept).toBe(true);
    expect((await checkStudy(join(data, "draft"))).faults.length).toBe(1);
  });

  it("a name that is taken", async () => {
    await made(raw, ["taken", ...rawFiles, "--epsg", "32648"]);
    const again = () =>
      made(raw, ["taken", ...rawFiles, "--epsg", "32648"], { replace: false, draft: false });
    expect((await refusalOf(again)).remedy).toContain("--replace");
  });

  const wrong: readonly [string, readonly string[], Record<string, unknown>][] = [
    [
      "a study in degrees",
      ["--epsg", "4326"],
      { found: "EPSG:4326 (WGS 84)", remedy: expect.stringContaining("--epsg 32648") },
    ],
    ["a unit that is none", ["--unit", "oz"], { field: "--unit", found: "oz" }],
    ["a region that is none", ["--region", "3,2,1,4"], { field: "--region", found: "3,2,1,4" }],
    ["an element without samples", ["--only", "Hg", "--epsg", "32648"], { found: "Hg" }],
    ["a label without a layer", ["--high", "Hg", "--epsg", "32648"], { found: "Hg" }],
    ["a CRS of no file", ["--crs-of", "none.csv=4326"], { found: "none.csv" }],
    ["a layer without a method", ["--layer", "faults.shp"], { field: "--layer" }],
    ["a file that is not there", ["--faults", "none.shp"], { kind: "missing-file" }],
    ["an option that is none", ["--fault", "faults.shp"], { kind: "parameter" }],
  ];
  it.each(wrong)("%s", async (_, options, expected) => {
    const details = await refusalOf(() => made(raw, ["x", ...rawFiles, ...options]));
    expect(details).toMatchObject(expected);
  });

  it("a name that the results folder has for something else", async () => {
    const details = await refusalOf(() => made(raw, ["compare", ...rawFiles]));
    expect(details).toMatchObject({ field: "NAME", found: "compare" });
  });

  it("columns of elements without a unit", async () => {
    const files = mkdtempSync(join(tmpdir(), "units-"));
    writeFileSync(join(files, "s.csv"), "X,Y,Au,Y_ppm\n500000,3800000,1,2\n501000,3801000,2,3\n");
    const line = ["x", "--samples", "s.csv", "--occurrences", "s.csv", "--commodity", "Au"];
    expect(await refusalOf(() => made(files, [...line, "--epsg", "32648"]))).toMatchObject({
      field: "units",
      remedy: expect.stringContaining("--element Au=Au:ppb"),
    });
  });
});

describe("questions", () => {
  it("are asked for what flags did not say, and again where an answer cannot be read", async () => {
    const answers: Record<string, string[]> = {
      "File of geochemical samples: ": ["samples.csv"],
      "Files of faults, by comma: ": ["faults.shp"],
      "EPSG code of the study, in metres (that of the files): ": ["zone 48", "32648"],
    };
    const asked: string[] = [];
    const command = readCommand(["asked", "--occurrences", "occurrences.csv"])!;
    const wishes = await askedFor(command.wishes, async (question) => {
      asked.push(question);
      const known = Object.keys(answers).find((key) => question.endsWith(key));
      return (known === undefined ? undefined : answers[known].shift()) ?? "";
    });
    expect(wishes).toMatchObject({ samples: "samples.csv", epsg: 32648, rasters: [] });
    expect(wishes.layers).toEqual([{ path: "faults.shp", role: "faults", methods: [] }]);
    expect(
      asked.some((question) => question.includes("found zone 48; expected an EPSG code")),
    ).toBe(true);
    expect(asked.some((question) => question.startsWith("File of known occurrences"))).toBe(false);
  });
});
