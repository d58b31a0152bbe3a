import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { InputErrorDetails } from "../../lib/src/errors";
import { deriveEvidence } from "../../lib/src/evidence/derive";
import { writeWhole } from "../../lib/src/files";
import { assignOccurrences } from "../../lib/src/patches/occurrences";
import { selectByError } from "../../lib/src/patches/select";
import { tilePatches } from "../../lib/src/patches/tile";
import { loadStudy } from "../../lib/src/study/load";
import { locateOccurrences } from "../../lib/src/study/occurrences";
import { refusalOf } from "../support/refusal";
import { counting, stackOf } from "../support/stacks";
import { type ManifestJson, rasterBytes, rightStudy, writeStudy } from "../support/study-folder";

type SmallStudy = ReturnType<typeof rightStudy>;

async function evidenceOf(folder: string) {
  return deriveEvidence(await loadStudy(folder));
}

/** What the small study is refused for after a change, and that it is left as it was. */
async function refused(change: (study: SmallStudy) => void): Promise<InputErrorDetails> {
  const study = rightStudy();
  change(study);
  const folder = writeStudy(study);
  const before = readdirSync(folder);
  const details = await refusalOf(() => evidenceOf(folder));
  expect(readdirSync(folder)).toEqual(before);
  rmSync(folder, { recursive: true });
  return details;
}

const setting = (field: string, value: unknown) => (study: SmallStudy) => {
  study.manifest[field] = value;
};

it("the small study itself is right", async () => {
  const folder = writeStudy(rightStudy());
  const { bands } = await evidenceOf(folder);
  expect(bands.map(({ name }) => name)).toEqual(["AS", "DTF"]);
  // Row 0, column 0 is centred at (50, 350); the line y = 0.8 x: |0.8 * 50 - 350| / sqrt(1.64).
  expect(bands[1].values[0]).toBeCloseTo(242.069, 2);
  expect(bands[0].values[3]).toBeCloseTo(Math.sin(3), 6);
});

describe("a manifest", () => {
  const wrong: [string, (study: SmallStudy) => void, Partial<InputErrorDetails>][] = [
    [
      "with an unknown key",
      setting("pixelsize", 3),
      { field: "pixelsize", found: "an unknown field" },
    ],
    [
      "with a geological layer that is no vector",
      setting("geology", [{ layer: "rocks", as: "rock" }]),
      { field: "geology[0].layer", found: '"rocks"' },
    ],
    [
      "with a misspelt key, which is then missing too",
      ({ manifest }) => {
        manifest.pixelsize = manifest.pixelSize;
        delete manifest.pixelSize;
      },
      { field: "pixelsize", found: "an unknown field" },
    ],
    ["without a field", setting("region", undefined), { field: "region", found: "nothing" }],
    ["with text for a number", setting("pixelSize", "100"), { field: "pixelSize", found: '"100"' }],
    [
      "with a negative pixel size",
      setting("pixelSize", -100),
      { field: "pixelSize", found: "-100" },
    ],
    [
      "with a region inside out",
      setting("region", { west: 500, east: 0, south: 0, north: 400 }),
      { field: "region" },
    ],
    [
      "that names a layer of nobody",
      ({ manifest }) => {
        manifest.evidence[1].origin.layer = "rivers";
      },
      {
        field: "evidence[1].origin.layer",
        found: '"rivers"',
        expected: "one of the vectors: faults",
      },
    ],
    [
      "with evidence from samples that it has not",
      ({ manifest }) => {
        manifest.evidence[1].origin = { from: "samples", method: "inverseDistance", element: "Au" };
      },
      { field: "evidence[1].origin", expected: 'a field "samples"' },
    ],
    [
      "with a shapefile, which is brought by a command",
      setting("occurrences", { format: "shapefile", file: "points.shp" }),
      {
        ...{ field: "occurrences.format", found: '"shapefile"', expected: "geojson or csv" },
        remedy:
          "npm run new-study -- NAME --occurrences FILE ... brings it; data/README.md says how.",
      },
    ],
    [
      "with a layer of a GeoPackage, which is brought by a command",
      setting("vectors", [
        { name: "faults", format: "geopackage", file: "faults.gpkg", layer: "faults" },
      ]),
      {
        ...{ field: "vectors[0].format", found: '"geopackage"', expected: "geojson" },
        remedy:
          "npm run new-study -- NAME --layer FILE=METHOD ... brings it; data/README.md says how.",
      },
    ],
    [
      "with a file in another system, which is brought by a command",
      setting("vectors", [{ name: "faults", file: "faults.geojson", crs: 4326 }]),
      {
        ...{ field: "vectors[0].crs", found: "4326" },
        remedy:
          "npm run new-study -- NAME --layer FILE=METHOD --crs-of FILE=CODE ... brings it; data/README.md says how.",
      },
    ],
    [
      "with a file that is not listed",
      setting("occurrences", { format: "geojson", file: "others.geojson" }),
      { field: "occurrences.file", found: '"others.geojson", which "files" does not list' },
    ],
    [
      "that names a file outside its folder",
      setting("occurrences", { format: "geojson", file: "../points.geojson" }),
      { field: "occurrences.file", found: '"../points.geojson"' },
    ],
  ];
  it.each(wrong)("%s", async (_, change, expected) => {
    expect(await refused(change)).toMatchObject({
      kind: "manifest",
      file: "study.json",
      ...expected,
    });
  });

  it("that is no JSON", async () => {
    const folder = writeStudy(rightStudy());
    writeFileSync(join(folder, "study.json"), '{\n  // said of it\n  "title" "A study" }');
    expect(await refusalOf(() => loadStudy(folder))).toMatchObject({
      file: "study.json",
      field: "line 3, column 11",
      found: "colon expected",
    });
  });

  it("with comments is none", async () => {
    const folder = writeStudy(rightStudy());
    const path = join(folder, "study.json");
    writeFileSync(path, readFileSync(path, "utf8").replace("{", "{ // first\n /* second */"));
    expect((await loadStudy(folder)).title).toBe("A small study");
  });
});

describe("input files", () => {
  it("missing", async () => {
    const folder = writeStudy(rightStudy());
    rmSync(join(folder, "points.geojson"));
    const details = await refusalOf(() => loadStudy(folder));
    expect(details).toMatchObject({ kind: "missing-file", file: "points.geojson" });
    expect(details.remedy).toContain("study.json");
  });

  it("changed since the checksum was written", async () => {
    const folder = writeStudy(rightStudy());
    const path = join(folder, "faults.geojson");
    writeFileSync(path, `${readFileSync(path, "utf8")} `);
    const details = await refusalOf(() => loadStudy(folder));
    expect(details).toMatchObject({ kind: "checksum", file: "faults.geojson", field: "SHA-256" });
  });

  it("GeoJSON that is none, and a point that is not one", async () => {
    const text = await refused(({ files }) => {
      files["points.geojson"] = "name;x;y";
    });
    expect(text).toMatchObject({ kind: "format", file: "points.geojson" });
    const table = await refused(({ files }) => {
      files["points.geojson"] = '{ "type": "Table" }';
    });
    expect(table).toMatchObject({ kind: "format", file: "points.geojson" });
    const word = await refused(({ files }) => {
      files["points.geojson"] = String(files["points.geojson"]).replace("150", '"150"');
    });
    expect(word).toMatchObject({ kind: "values", file: "points.geojson" });
    expect(word.field).toContain("coordinates");
  });

  it("vectors that lie nowhere in the region, as in degrees where metres are meant", async () => {
    const details = await refused(
      setting("region", { west: 100_000, east: 100_500, south: 0, north: 400 }),
    );
    expect(details).toMatchObject({ kind: "georeference", file: "faults.geojson" });
  });

  it("a CSV without the column that the manifest names", async () => {
    const details = await refused(({ files, manifest }) => {
      delete files["points.geojson"];
      files["points.csv"] = "x,northing\n150,250\n";
      manifest.occurrences = {
        format: "csv",
        file: "points.csv",
        easting: "easting",
        northing: "northing",
      };
    });
    expect(details).toMatchObject({ kind: "format", file: "points.csv" });
    expect(`${details.field} ${details.expected}`).toContain("easting");
  });

  it("a CSV with a word for a coordinate", async () => {
    const details = await refused(({ files, manifest }) => {
      delete files["points.geojson"];
      files["points.csv"] = "easting,northing\n150,250\n160,north\n";
      manifest.occurrences = {
        format: "csv",
        file: "points.csv",
        easting: "easting",
        northing: "northing",
      };
    });
    expect(details.file).toBe("points.csv");
    expect(details.found).toContain("north");
  });
});

describe("rasters", () => {
  const raster = (change: (bytes: Buffer) => Buffer) => (study: SmallStudy) => {
    study.files["arsenic.tif"] = change(study.files["arsenic.tif"] as Buffer);
  };
  const bandOf = (values: readonly number[]) =>
    raster(() => rasterBytes(stackOf(4, 5, { arsenic: values })));

  it("of another size", async () => {
    const details = await refused(
      raster(() => rasterBytes(stackOf(3, 5, { arsenic: counting(15) }))),
    );
    expect(details).toMatchObject({
      kind: "georeference",
      file: "arsenic.tif",
      field: "size",
      found: "5 x 3 pixels",
      expected: "5 x 4 pixels",
    });
  });

  it("in another CRS, and without any", async () => {
    const stack = stackOf(4, 5, { arsenic: counting(20) });
    const inCrs = (crs: { epsg: number | null; name: string }) => {
      const geometry = { ...stack.geometry, crs };
      return rasterBytes({ geometry, bands: stack.bands.map((band) => ({ ...band, geometry })) });
    };
    const other = await refused(raster(() => inCrs({ epsg: 32648, name: "UTM 48 north" })));
    expect(other).toMatchObject({ kind: "georeference", file: "arsenic.tif", field: "CRS" });
    expect(other.found).toContain("32648");
    const none = await refused(raster(() => inCrs({ epsg: null, name: "unknown" })));
    expect(none).toMatchObject({ kind: "georeference", file: "arsenic.tif" });
    const corner = await refused(
      raster(() => {
        const geometry = { ...stack.geometry, transform: [50, 100, 0, 400, 0, -100] as const };
        return rasterBytes({ geometry, bands: stack.bands.map((band) => ({ ...band, geometry })) });
      }),
    );
    expect(corner).toMatchObject({ kind: "georeference", field: "transform" });
  });

  it("cut short", async () => {
    const details = await refused(raster((bytes) => bytes.subarray(0, bytes.length - 30)));
    expect(details).toMatchObject({ file: "arsenic.tif" });
    expect(["format", "values"]).toContain(details.kind);
  });

  it("of nodata, of one value, of infinity", async () => {
    expect(await refused(bandOf(new Array(20).fill(Number.NaN)))).toMatchObject({
      kind: "values",
      found: "nodata in every pixel",
    });
    expect(await refused(bandOf(new Array(20).fill(3)))).toMatchObject({
      found: "3 in every pixel",
    });
    expect(await refused(bandOf([...counting(19), Number.POSITIVE_INFINITY]))).toMatchObject({
      kind: "values",
      found: "Infinity",
    });
  });

  it("without the band that is asked for", async () => {
    const details = await refused(({ manifest }: { manifest: ManifestJson }) => {
      manifest.evidence[0].origin.band = 2;
    });
    expect(details.file).toBe("arsenic.tif");
    expect(JSON.stringify(details)).toContain("2");
  });
});

describe("occurrences and parameters", () => {
  const stack = stackOf(4, 5, { a: counting(20) });
  const at = (easting: number, northing: number) => ({
    name: "lone shaft",
    commodity: "Au",
    easting,
    northing,
  });

  it("no occurrence inside is refused, one outside among others is named", async () => {
    const details = await refusalOf(() => locateOccurrences([at(9_000, 9_000)], stack));
    expect(details).toMatchObject({ kind: "occurrences" });
    const { outside } = locateOccurrences([at(9_000, 9_000), at(50, 50)], stack);
    expect(outside.map(({ name }) => name)).toEqual(["lone shaft"]);
    const patches = tilePatches(stack, { size: 4, stride: 4 });
    const { unassigned } = assignOccurrences(patches, [at(450, 50), at(50, 50)]);
    expect(unassigned.map(({ occurrence }) => occurrence.easting)).toEqual([450]);
  });

  it("a patch larger than the grid; proportions that overlap", async () => {
    const size = await refusalOf(() => tilePatches(stack, { size: 6, stride: 6 }));
    expect(size).toMatchObject({ kind: "parameter" });
    const overlap = await refusalOf(() =>
      selectByError(Float64Array.of(1, 2, 3, 4), { high: 0.6, low: 0.5 }),
    );
    expect(overlap).toMatchObject({ kind: "parameter" });
    expect(`${overlap.found} ${overlap.expected}`).toMatch(/1/);
  });

  it("a place that cannot be written leaves nothing", async () => {
    const folder = writeStudy(rightStudy());
    const blocked = join(folder, "blocked");
    writeFileSync(blocked, "a file where a folder is needed");
    const details = await refusalOf(() =>
      writeWhole(join(blocked, "figures", "map.svg"), "<svg/>"),
    );
    expect(details).toMatchObject({ kind: "storage", file: join(blocked, "figures", "map.svg") });
    mkdirSync(join(folder, "map.svg"));
    const before = readdirSync(folder);
    expect(await refusalOf(() => writeWhole(join(folder, "map.svg"), "<svg/>"))).toMatchObject({
      kind: "storage",
    });
    expect(readdirSync(folder)).toEqual(before);
  });
});
