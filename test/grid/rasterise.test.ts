import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readGeoTiff } from "../../lib/src/grid/geotiff-read";
import { gridOverRegion } from "../../lib/src/grid/grid";
import { rasteriseLines, rasterisePolygons } from "../../lib/src/grid/rasterise";
import { loadStudy } from "../../lib/src/study/load";

const crs = { epsg: 32750, name: "test" };
const murchison = join(__dirname, "../../data/murchison");
const hasGdal = spawnSync("gdal_rasterize", ["--version"]).status === 0;
const gdalTitle = hasGdal ? "" : " (skipped: GDAL is not installed)";

function drawing(mask: Uint8Array, width: number): string[] {
  const text = [...mask].map((value) => (value === 1 ? "#" : ".")).join("");
  return text.match(new RegExp(`.{${width}}`, "g")) ?? [];
}

describe("rasterisePolygons", () => {
  const geometry = gridOverRegion({ west: 0, east: 6, south: 0, north: 4 }, 1, crs);

  it("takes a pixel by its centre, and leaves holes out", () => {
    const outer = Float64Array.of(0.6, 0, 5.4, 0, 5.4, 4, 0.6, 4, 0.6, 0);
    const hole = Float64Array.of(2, 1, 4, 1, 4, 3, 2, 3, 2, 1);
    expect(drawing(rasterisePolygons(geometry, [[outer, hole]]), 6)).toEqual([
      ".####.",
      ".#..#.",
      ".#..#.",
      ".####.",
    ]);
  });

  it("draws a triangle as counted on squared paper", () => {
    const triangle = Float64Array.of(0, 0, 6, 0, 0, 4, 0, 0);
    // The slope falls 2 northings in 3 eastings; centres strictly below it, row by row.
    expect(drawing(rasterisePolygons(geometry, [[triangle]]), 6)).toEqual([
      "#.....",
      "##....",
      "####..",
      "#####.",
    ]);
  });

  it("joins polygons that overlap, and never gives a shared edge to both", () => {
    const left = Float64Array.of(0, 0, 2.5, 0, 2.5, 4, 0, 4, 0, 0);
    const right = Float64Array.of(2.5, 0, 6, 0, 6, 4, 2.5, 4, 2.5, 0);
    const one = rasterisePolygons(geometry, [[left]]);
    const other = rasterisePolygons(geometry, [[right]]);
    expect(drawing(one, 6)[0]).toBe("##....");
    expect(drawing(other, 6)[0]).toBe("..####");
    const overlapping = Float64Array.of(1, 0, 4, 0, 4, 4, 1, 4, 1, 0);
    expect(drawing(rasterisePolygons(geometry, [[left], [overlapping]]), 6)[0]).toBe("####..");
  });

  it("does not depend on where rings start or which way they run, nor on what lies outside", () => {
    const ring = Float64Array.of(-50, -50, 3, 1, 60, -50, 60, 2, -50, 2, -50, -50);
    const turned = Float64Array.of(60, 2, 60, -50, 3, 1, -50, -50, -50, 2, 60, 2);
    expect(rasterisePolygons(geometry, [[turned]])).toEqual(rasterisePolygons(geometry, [[ring]]));
  });

  it.skipIf(!hasGdal)(
    `agrees with gdal_rasterize on Murchison's greenstone${gdalTitle}`,
    async () => {
      const study = await loadStudy(murchison);
      const { region } = study;
      const path = join(mkdtempSync(join(tmpdir(), "rasterise-")), "greenstone.tif");
      const extent = [region.west, region.south, region.east, region.north].map(String);
      execFileSync("gdal_rasterize", [
        ...["-q", "-burn", "1", "-tr", "500", "500", "-te", ...extent, "-ot", "Byte"],
        ...["-a_srs", "EPSG:32750", join(murchison, "greenstone.geojson"), path],
      ]);
      const [band] = (await readGeoTiff(path)).bands;
      const polygons = study.vectors.find(({ name }) => name === "greenstone")?.polygons ?? [];
      const ours = rasterisePolygons(study.geometry, polygons);
      expect(ours.reduce((sum, value) => sum + value, 0)).toBeGreaterThan(40_000);
      expect(ours.filter((value, pixel) => value !== band.values[pixel]).length).toBe(0);
    },
  );
});

describe("rasteriseLines", () => {
  const geometry = gridOverRegion({ west: 0, east: 5, south: 0, north: 3 }, 1, crs);

  it("marks every pixel that a line touches", () => {
    const line = Float64Array.of(0.5, 2.5, 2.5, 2.2, 4.9, 0.1);
    expect(drawing(rasteriseLines(geometry, [line]), 5)).toEqual(["###..", "..##.", "...##"]);
  });

  it("marks one pixel for a line without length, and whole runs for straight ones", () => {
    const point = Float64Array.of(1.5, 1.5, 1.5, 1.5);
    expect(drawing(rasteriseLines(geometry, [point]), 5)).toEqual([".....", ".#...", "....."]);
    const upright = Float64Array.of(3.5, -9, 3.5, 9);
    expect(drawing(rasteriseLines(geometry, [upright]), 5)).toEqual(["...#.", "...#.", "...#."]);
    const level = Float64Array.of(-9, 0.5, 9, 0.5);
    expect(drawing(rasteriseLines(geometry, [level]), 5)).toEqual([".....", ".....", "#####"]);
  });

  it.skipIf(!hasGdal)(
    `agrees with gdal_rasterize -at on Murchison's faults${gdalTitle}`,
    async () => {
      const study = await loadStudy(murchison);
      const { region } = study;
      const path = join(mkdtempSync(join(tmpdir(), "rasterise-")), "faults.tif");
      const extent = [region.west, region.south, region.east, region.north].map(String);
      execFileSync("gdal_rasterize", [
        ...["-q", "-at", "-burn", "1", "-tr", "500", "500", "-te", ...extent, "-ot", "Byte"],
        ...["-a_srs", "EPSG:32750", join(murchison, "fault_segments.geojson"), path],
      ]);
      const [band] = (await readGeoTiff(path)).bands;
      const lines = study.vectors.find(({ name }) => name === "faults")?.lines ?? [];
      const ours = rasteriseLines(study.geometry, lines);
      const marked = ours.reduce((sum, value) => sum + value, 0);
      const differing = ours.filter((value, pixel) => value !== band.values[pixel]).length;
      expect(marked).toBeGreaterThan(5_000);
      // GDAL lets a pixel go where a line cuts less than some hundredth of a pixel off its corner.
      expect(differing / marked).toBeLessThan(0.01);
    },
  );
});

it("the committed vectors are the ones that their provenance lists", () => {
  const provenance = readFileSync(join(murchison, "PROVENANCE.md"), "utf8");
  const manifest = JSON.parse(readFileSync(join(murchison, "study.json"), "utf8")) as {
    files: Record<string, string>;
  };
  for (const [file, sha256] of Object.entries(manifest.files)) {
    expect(provenance).toContain(`\`${file}\``);
    expect(provenance).toContain(sha256);
  }
});
