import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readGeoTiff } from "../../lib/src/grid/geotiff-read";
import { openGeoTiff } from "../../lib/src/grid/geotiff-window";
import { randomStream } from "../../lib/src/random";

const reference = join(__dirname, "../reference/grid");

describe("openGeoTiff", () => {
  it.each([
    "written-levels.tif",
    "gdal/strips.tif",
    "gdal/stack-separate.tif",
    "gdal/bigtiff-tiled.tif",
  ])("any window of %s is what the whole holds there, with or without a cache", async (name) => {
    const path = join(reference, name);
    const whole = await readGeoTiff(path);
    const { width, height, transform } = whole.geometry;
    const { below } = randomStream(1, "windows");
    for (const cacheBytes of [0, 2 ** 20]) {
      const raster = await openGeoTiff(path, { cacheBytes });
      expect(raster.names).toEqual(whole.bands.map((band) => band.name));
      for (let trial = 0; trial < 20; trial++) {
        const [row, column] = [below(height), below(width)];
        const size = { width: 1 + below(width - column), height: 1 + below(height - row) };
        const part = await raster.readWindow({ row, column, ...size });
        expect(part.geometry.transform[0]).toBe(transform[0] + column * transform[1]);
        expect(part.geometry.transform[3]).toBe(transform[3] + row * transform[5]);
        part.bands.forEach((band, index) => {
          const expected = new Float32Array(size.width * size.height);
          for (let down = 0; down < size.height; down++) {
            const from = (row + down) * width + column;
            const line = whole.bands[index].values.subarray(from, from + size.width);
            expected.set(line, down * size.width);
          }
          expect(band.values).toEqual(expected);
        });
      }
      raster.close();
    }
  });

  it("refuses a window that reaches over the edge", async () => {
    const raster = await openGeoTiff(join(reference, "gdal/one.tif"), { name: "one.tif" });
    const window = { row: 0, column: 1, width: 5, height: 1 };
    await expect(raster.readWindow(window)).rejects.toThrow(/one\.tif, window: .*within 5 x 4/);
    raster.close();
  });
});
