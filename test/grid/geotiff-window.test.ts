import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readGeoTiff } from "../../lib/src/grid/geotiff-read";
import { type OpenGeoTiff, openGeoTiff } from "../../lib/src/grid/geotiff-window";
import { writeGeoTiff } from "../../lib/src/grid/geotiff-write";
import type { PixelWindow } from "../../lib/src/grid/window";
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

describe("the hash of what a file holds of a window", () => {
  const place = { row: 1, column: 1, width: 3, height: 2 };
  const opened = async <T>(path: string, act: (raster: OpenGeoTiff) => T) => {
    const raster = await openGeoTiff(path);
    try {
      return act(raster);
    } finally {
      raster.close();
    }
  };

  it("is of the bytes and what they mean, not of where the file lies", async () => {
    const path = join(reference, "gdal/one.tif");
    const folder = mkdtempSync(join(tmpdir(), "hash-"));
    const hash = await opened(path, (raster) => raster.hashWindow(place));
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    const copy = join(folder, "copy.tif");
    copyFileSync(path, copy);
    expect(await opened(copy, (raster) => raster.hashWindow(place))).toBe(hash);
    // Another window of the same strip has other values.
    const beside = { ...place, column: 2 };
    expect(await opened(path, (raster) => raster.hashWindow(beside))).not.toBe(hash);
    // The nodata value of GDAL's text, -9999, as -9998: the same samples mean something else.
    const bytes = readFileSync(path);
    bytes.write("-9998", bytes.lastIndexOf("-9999"), "latin1");
    writeFileSync(copy, bytes);
    expect(await opened(copy, (raster) => raster.nodata)).toEqual([-9998]);
    expect(await opened(copy, (raster) => raster.hashWindow(place))).not.toBe(hash);
  });

  it("changes with any value of the window, and with none of other tiles or bands", async () => {
    const folder = mkdtempSync(join(tmpdir(), "hash-"));
    const geometry = {
      ...{ width: 600, height: 300, transform: [0, 10, 0, 3000, 0, -10] as const },
      crs: { epsg: 32750, name: "UTM zone 50 south" },
    };
    const hashOf = async (pixel: number | null, window: PixelWindow) => {
      const values = Float32Array.from({ length: 600 * 300 }, (_, at) => at % 1000);
      if (pixel !== null) values[pixel] = -1;
      const path = join(folder, "one.tif");
      writeGeoTiff(path, { geometry, bands: [{ name: "a", geometry, values }] });
      return opened(path, (raster) => raster.hashWindow(window));
    };
    // Tiles of 256: the window lies in the second of the first row.
    const window = { row: 10, column: 300, width: 40, height: 50 };
    const hash = await hashOf(null, window);
    for (const pixel of [10 * 600 + 300, 59 * 600 + 339]) {
      expect(await hashOf(pixel, window)).not.toBe(hash);
    }
    for (const pixel of [0, 10 * 600 + 550, 299 * 600 + 320]) {
      expect(await hashOf(pixel, window)).toBe(hash);
    }
    // Each band in tiles of its own: that of the other plays no part.
    const path = join(reference, "gdal/stack-separate.tif");
    await opened(path, (raster) => {
      const [one, two, both, turned] = [[1], [2], [1, 2], [2, 1]].map((bands) =>
        raster.hashWindow(place, bands),
      );
      expect(new Set([one, two, both, turned]).size).toBe(4);
      expect(() => raster.hashWindow(place, [3])).toThrow(/band 3: found 2 bands/);
    });
  });
});
