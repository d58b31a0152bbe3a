import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeGeoTiff } from "../../lib/src/grid/geotiff-write";
import type { GridStack } from "../../lib/src/grid/grid";
import { stackOf } from "./stacks";

export interface ManifestJson {
  [field: string]: unknown;
  files: Record<string, string>;
  evidence: { [field: string]: unknown; origin: Record<string, unknown> }[];
}

/** A small study that is right: 4 x 5 pixels of 100 m, one raster band, one of lines, two points. */
export function rightStudy(): { manifest: ManifestJson; files: Record<string, string | Buffer> } {
  const values = Array.from({ length: 20 }, (_, pixel) => Math.sin(pixel));
  const feature = (type: string, coordinates: unknown, properties = {}) => ({
    type: "Feature",
    properties,
    geometry: { type, coordinates },
  });
  const collection = (...features: unknown[]) =>
    JSON.stringify({ type: "FeatureCollection", features });
  const files = {
    "arsenic.tif": rasterBytes(stackOf(4, 5, { arsenic: values })),
    "points.geojson": collection(
      feature("Point", [150, 250], { id: "north shaft" }),
      feature("Point", [450, 50], { id: "south pit" }),
    ),
    "faults.geojson": collection(
      feature("LineString", [
        [0, 0],
        [500, 400],
      ]),
    ),
  };
  const layer = (id: string, origin: Record<string, unknown>) => ({
    id,
    label: id.toUpperCase(),
    title: id,
    unit: "",
    favourable: null,
    origin,
  });
  return {
    files,
    manifest: {
      title: "A small study",
      kind: "synthetic",
      licence: "none",
      source: "this test",
      crs: { epsg: 32750, name: "test" },
      region: { west: 0, east: 500, south: 0, north: 400 },
      pixelSize: 100,
      mainCommodity: "Au",
      files: {},
      occurrences: { format: "geojson", file: "points.geojson", name: "id" },
      vectors: [{ name: "faults", file: "faults.geojson" }],
      drawn: ["faults"],
      zones: null,
      evidence: [
        layer("as", { from: "geotiff", file: "arsenic.tif", band: 1 }),
        layer("dtf", { from: "vectors", method: "distance", layer: "faults" }),
      ],
    },
  };
}

export function rasterBytes(stack: GridStack): Buffer {
  const path = join(mkdtempSync(join(tmpdir(), "raster-")), "raster.tif");
  writeGeoTiff(path, stack);
  return readFileSync(path);
}

/** Writes a study folder; checksums are filled in unless the manifest brings them. */
export function writeStudy({ manifest, files }: ReturnType<typeof rightStudy>): string {
  const folder = mkdtempSync(join(tmpdir(), "study-"));
  const sums = Object.entries(files).map(([name, bytes]) => {
    writeFileSync(join(folder, name), bytes);
    return [name, createHash("sha256").update(bytes).digest("hex")] as const;
  });
  const whole = { ...manifest, files: { ...Object.fromEntries(sums), ...manifest.files } };
  writeFileSync(join(folder, "study.json"), JSON.stringify(whole));
  return folder;
}
