import { createHash } from "node:crypto";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { bringFile } from "../../lib/src/import/bring-file";

const cases = join(__dirname, "../cases");
const into = mkdtempSync(join(tmpdir(), "bring-file-"));

afterAll(() => rmSync(into, { recursive: true }));

it("files come into a study's folder one after the other, each with its record and its checksum", async () => {
  const table = await bringFile("dep_deg.csv", cases, { to: 32648, from: 4326, into });
  const shapes = await bringFile("multi.shp", cases, { to: 32648, into });
  expect(readdirSync(into).sort()).toEqual(["brought.json", "dep_deg.csv", "multi.geojson"]);
  for (const [{ line }, file] of [
    [table, "dep_deg.csv"],
    [shapes, "multi.geojson"],
  ] as const) {
    const sum = createHash("sha256").update(readFileSync(join(into, file)));
    expect(line).toBe(`"${file}": "${sum.digest("hex")}"`);
  }
  // cs2cs 9.1.1: echo "35.18725 104.01025" | cs2cs -f %.3f EPSG:4326 EPSG:32648
  const [, first] = readFileSync(join(into, "dep_deg.csv"), "utf8").split("\n");
  const [easting, northing] = first.split(",").slice(-2).map(Number);
  expect([easting, northing].map((metres) => metres.toFixed(3))).toEqual([
    "409888.386",
    "3894257.228",
  ]);
  const records = JSON.parse(readFileSync(join(into, "brought.json"), "utf8"));
  expect(records).toMatchObject([
    { file: "dep_deg.csv", source: "dep_deg.csv", transformation: { from: 4326, to: 32648 } },
    { file: "multi.geojson", source: "multi.shp", driver: "ESRI Shapefile" },
  ]);
  await bringFile("dep_deg.csv", cases, { to: 32648, from: 4326, into });
  expect(JSON.parse(readFileSync(join(into, "brought.json"), "utf8"))).toHaveLength(2);
});

it("a file does not take its own place", async () => {
  const own = mkdtempSync(join(tmpdir(), "own-"));
  copyFileSync(join(cases, "dep_deg.csv"), join(own, "dep_deg.csv"));
  const before = readFileSync(join(own, "dep_deg.csv"));
  await expect(bringFile("dep_deg.csv", own, { to: 32648, from: 4326, into: "." })).rejects.toThrow(
    /--into: found the folder of the file itself/,
  );
  expect(readFileSync(join(own, "dep_deg.csv")).equals(before)).toBe(true);
  rmSync(own, { recursive: true });
});
