import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { applyMethod } from "../../lib/src/method/apply";
import { readMethod } from "../../lib/src/method/read-method";
import { loadStudy } from "../../lib/src/study/load";
import type { Study } from "../../lib/src/study/types";
import { packOf } from "../../scripts/playground/packs/district";
import type { PackContent } from "../../scripts/playground/packs/format";

const root = join(__dirname, "../..");

/** Distance from a point to the nearest of a line's segments. */
function distance(x: number, y: number, line: readonly number[]): number {
  let least = Infinity;
  for (let at = 0; at + 3 < line.length; at += 2) {
    const [x1, y1, x2, y2] = line.slice(at, at + 4);
    const length = Math.hypot(x2 - x1, y2 - y1) ** 2;
    const along = length === 0 ? 0 : ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length;
    const held = Math.min(1, Math.max(0, along));
    least = Math.min(least, Math.hypot(x - x1 - held * (x2 - x1), y - y1 - held * (y2 - y1)));
  }
  return least;
}

describe("the pack of Golden Triangle", () => {
  let study: Study;
  let content: PackContent;
  beforeAll(async () => {
    study = await loadStudy(join(root, "data", "golden-triangle"));
    const { method } = applyMethod(readMethod(join(root, "notebooks", "method.json")), {});
    const { geometry } = study;
    const pca = { errors: new Float64Array(0), components: 0 };
    const options = { id: "golden-triangle-x2", coarsening: 2, method, pca };
    content = packOf(study, { geometry, bands: [] }, options);
  });

  it("draws no vertex farther from its line than the tolerance that it tells", () => {
    const { lines, lineTolerance, pixelSize } = content.district;
    expect(lineTolerance).toBe(pixelSize / 4);
    const rings = study.vectors.find(({ name }) => name === "intrusions")?.polygons.flat() ?? [];
    const [{ id, title, lines: drawn }] = lines;
    expect([id, title, drawn.length]).toEqual(["intrusions", "Intrusions", rings.length]);
    const farthest = rings.map((ring, at) => {
      const distances = Array.from({ length: ring.length / 2 }, (_, vertex) =>
        distance(ring[2 * vertex], ring[2 * vertex + 1], drawn[at]),
      );
      return Math.max(...distances);
    });
    expect(Math.max(...farthest)).toBeLessThanOrEqual(lineTolerance);
    expect(drawn.flat().length).toBeLessThan(rings.reduce((sum, { length }) => sum + length, 0));
  });

  it("holds all occurrences once, and which of them are whose", () => {
    const { occurrences } = content.district;
    const named = (places: readonly number[]) => places.map((place) => occurrences[place].name);
    expect(new Set(named(occurrences.map((_, place) => place))).size).toBe(occurrences.length);
    expect(named(content.own)).toEqual(study.occurrences.map(({ name }) => name));
    expect(content.groups.map(({ id, members }) => [id, named(members)])).toEqual(
      study.groups.map(({ id, occurrences: members }) => [id, members.map(({ name }) => name)]),
    );
    // Placers are none of the study's own occurrences, and are there all the same.
    expect(content.groups.map(({ id }) => id)).toContain("placers");
    expect(occurrences.length).toBeGreaterThan(study.occurrences.length);
  });

  it("says that its pixels are wider, and which parameter makes them so", () => {
    const { study: folder, coarsening, title, remarks, parameters } = content.district;
    expect([folder, coarsening]).toEqual(["golden-triangle", 2]);
    expect(title).toMatch(/, pixels 2 times as wide$/);
    expect(remarks).toHaveLength(1);
    expect(parameters.layers).toEqual(study.evidence.map(({ id }) => id));
  });
});
