import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  distanceToContacts,
  distanceToPolygons,
  distanceToSegments,
} from "../../lib/src/grid/distance";
import { readGeoTiff } from "../../lib/src/grid/geotiff-read";
import type { GridGeometry } from "../../lib/src/grid/grid";
import { lineDensity } from "../../lib/src/grid/line-density";
import { rasterisePolygons } from "../../lib/src/grid/rasterise";
import { lineSegments } from "../../lib/src/grid/segments";
import { type PixelWindow, wholeWindow } from "../../lib/src/grid/window";
import { writeByBlocks } from "../../lib/src/grid/write-by-blocks";
import { randomStream } from "../../lib/src/random";

/** A pixel size that binary fractions do not hold, so that a shifted corner would round apart. */
const geometry: GridGeometry = {
  width: 83,
  height: 61,
  transform: [400000.1, 33.3, 0, 6800000.7, 0, -33.3],
  crs: { epsg: 32750, name: "UTM zone 50 south" },
};

const { uniform } = randomStream(11, "shapes");
const place = () => [400000.1 + uniform() * 83 * 33.3, 6800000.7 - uniform() * 61 * 33.3];
const lines = Array.from({ length: 25 }, () =>
  Float64Array.from([...place(), ...place(), ...place()]),
);
const polygons = Array.from({ length: 6 }, () => {
  const corners = [place(), place(), place()];
  return [Float64Array.from([...corners, corners[0]].flat())];
});
const segments = lineSegments(lines);

/** Windows of unlike size that cover the grid. */
function* windows(): Generator<PixelWindow> {
  for (let row = 0; row < 61; row += 17) {
    for (let column = 0; column < 83; column += 30) {
      const [width, height] = [Math.min(30, 83 - column), Math.min(17, 61 - row)];
      yield { row, column, width, height };
    }
  }
}

describe("blocks of a grid, joined, are the whole to the last bit", () => {
  it.each<[string, (window?: PixelWindow) => ArrayLike<number>]>([
    ["distance to lines", (window) => distanceToSegments(geometry, segments, window)],
    ["distance to polygons", (window) => distanceToPolygons(geometry, polygons, window)],
    ["distance to contacts", (window) => distanceToContacts(geometry, polygons, window)],
    ["density of lines", (window) => lineDensity(geometry, lines, 300, window)],
    ["inside polygons", (window) => rasterisePolygons(geometry, polygons, window)],
  ])("%s", (_, compute) => {
    const joined = new Float64Array(83 * 61).fill(-1);
    for (const window of windows()) {
      const part = compute(window);
      for (let at = 0; at < part.length; at++) {
        const row = window.row + Math.floor(at / window.width);
        joined[row * 83 + window.column + (at % window.width)] = part[at];
      }
    }
    expect(joined).toEqual(Float64Array.from(compute()));
  });

  it("written by blocks, the file holds the whole", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "blocks-")), "maps.tif");
    const bands = [
      {
        name: "distance",
        values: (window: PixelWindow) => distanceToSegments(geometry, segments, window),
      },
      {
        name: "density",
        values: (window: PixelWindow) => lineDensity(geometry, lines, 300, window),
      },
    ];
    writeByBlocks(path, geometry, bands, { rowsAtOnce: 7 });
    const written = await readGeoTiff(path);
    expect(written.bands).toEqual(
      bands.map(({ name, values }) => ({ name, geometry, values: values(wholeWindow(geometry)) })),
    );
  });
});
