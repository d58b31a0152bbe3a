import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { writeGeoTiff } from "../../lib/src/grid/geotiff-write";
import type { GridGeometry } from "../../lib/src/grid/grid";
import { type Gdal, type GdalDataset, gdal } from "../../lib/src/import/gdal";
import { randomStream } from "../../lib/src/random";

/** Of which every level is half the one before: GDAL weighs pixels by the part that lies within. */
const geometry: GridGeometry = {
  ...{ width: 1024, height: 600, transform: [400000, 50, 0, 6800000, 0, -50] },
  crs: { epsg: 32750, name: "UTM zone 50 south" },
};

const folder = mkdtempSync(join(tmpdir(), "cloud-optimised-"));
const path = join(folder, "map.tif");
let tool: Gdal;

async function opened(file: string, ...options: string[]): Promise<GdalDataset> {
  const { datasets } = await tool.open(file, options);
  return datasets[0];
}

/** The values of a raster as GDAL reads them, resampled to a size. */
async function valuesOf(dataset: GdalDataset, ...options: string[]): Promise<Float32Array> {
  const made = await tool.gdal_translate(dataset, ["-of", "ENVI", ...options]);
  const bytes = await tool.getFileBytes(made);
  return new Float32Array(Uint8Array.from(bytes).buffer);
}

beforeAll(async () => {
  tool = await gdal();
  const { uniform } = randomStream(8, "map");
  const values = Float32Array.from({ length: 1024 * 600 }, (_, pixel) => {
    const [row, column] = [Math.floor(pixel / 1024), pixel % 1024];
    const isOut = uniform() < 0.2 || (row < 130 && column > 700);
    return isOut ? Number.NaN : Math.sin(row / 40) + uniform();
  });
  writeGeoTiff(path, { geometry, bands: [{ name: "map", geometry, values }] });
});

describe("a written map, as GDAL reads it", () => {
  it("is laid out as a cloud-optimised GeoTIFF with overviews down to one tile", async () => {
    const info = await tool.gdalinfo(await opened(path));
    expect(info).toMatchObject({
      metadata: { IMAGE_STRUCTURE: { LAYOUT: "COG", COMPRESSION: "DEFLATE" } },
      bands: [{ block: [256, 256], overviews: [{ size: [512, 300] }, { size: [256, 150] }] }],
    });
  });

  it.each([0, 1])("overview %i is the average that GDAL makes of the full map", async (level) => {
    // A copy without overviews, from which GDAL has to average itself.
    const copy = join(folder, "copy.tif");
    const plain = await tool.gdal_translate(await opened(path), ["-of", "GTiff"]);
    writeFileSync(copy, await tool.getFileBytes(plain));
    const full = await opened(copy);
    expect((await tool.gdalinfo(full)).bands[0]).not.toHaveProperty("overviews");
    const size = [geometry.width, geometry.height].map((edge) => String(edge / 2 ** (level + 1)));
    const expected = await valuesOf(full, "-r", "average", "-outsize", ...size);
    const found = await valuesOf(await opened(path, `OVERVIEW_LEVEL=${level}`));
    expect(found.length).toBe(expected.length);
    let [blank, differing] = [0, 0];
    found.forEach((value, at) => {
      if (Number.isNaN(value)) blank++;
      // float32 holds some 7 digits.
      const isSame = Math.abs(value - expected[at]) < 1e-6 * Math.max(1, Math.abs(value));
      if (!isSame && !(Number.isNaN(value) && Number.isNaN(expected[at]))) differing++;
    });
    expect(differing).toBe(0);
    expect(blank).toBeGreaterThan(0);
    expect(blank).toBeLessThan(found.length / 4);
  });
});
