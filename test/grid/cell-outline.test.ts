import { describe, expect, it } from "vitest";
import { cellOutline, ringArea } from "../../lib/src/grid/cell-outline";
import type { GridGeometry } from "../../lib/src/grid/grid";
import { rasterisePolygons } from "../../lib/src/grid/rasterise";
import { randomStream } from "../../lib/src/random";

function grid(width: number, height: number): GridGeometry {
  const crs = { epsg: 32750, name: "UTM zone 50 south" };
  return { width, height, transform: [400000, 600, 0, 6800000, 0, -500], crs };
}

/** Rings drawn in cells: columns east of the corner, rows south of it. */
function drawn(rows: readonly string[]) {
  const geometry = grid(rows[0].length, rows.length);
  const cells = [...rows.join("")].flatMap((mark, cell) => (mark === "#" ? [cell] : []));
  return cellOutline(geometry, cells).map((rings) =>
    rings.map((ring) =>
      Array.from({ length: ring.length / 2 }, (_, at) => [
        (ring[2 * at] - 400000) / 600,
        (6800000 - ring[2 * at + 1]) / 500,
      ]),
    ),
  );
}

/** A closed ring from its smallest vertex on. */
function fromFirst(ring: number[][]): string {
  const open = ring.slice(1).map(String);
  const first = open.indexOf([...open].sort()[0]);
  return [...open.slice(first), ...open.slice(0, first)].join(" ");
}

describe("cellOutline", () => {
  it("one cell: its four corners, anticlockwise, closed", () => {
    const [[ring], ...others] = drawn(["..", ".#"]);
    expect(others).toEqual([]);
    expect(ring[0]).toEqual(ring[4]);
    expect(fromFirst(ring)).toBe("1,1 1,2 2,2 2,1");
  });

  it("an L has six vertices, none in the middle of a side", () => {
    const [[ring]] = drawn(["#..", "#..", "###"]);
    expect(fromFirst(ring)).toBe("0,0 0,3 3,3 3,2 1,2 1,0");
  });

  it("a ring of cells has a hole, clockwise", () => {
    const [[outer, hole]] = drawn(["###", "#.#", "###"]);
    expect(fromFirst(outer)).toBe("0,0 0,3 3,3 3,0");
    expect(fromFirst(hole)).toBe("1,1 2,1 2,2 1,2");
  });

  it("cells that meet at a corner are two polygons", () => {
    const polygons = drawn(["#.", ".#"]);
    expect(polygons.map(([ring]) => fromFirst(ring))).toEqual([
      "0,0 0,1 1,1 1,0",
      "1,1 1,2 2,2 2,1",
    ]);
  });

  it("two holes that meet at a corner stay two, and the rings simple", () => {
    const [[outer, ...holes]] = drawn(["####", "#.##", "##.#", "####"]);
    expect(fromFirst(outer)).toBe("0,0 0,4 4,4 4,0");
    expect(holes.map(fromFirst).sort()).toEqual(["1,1 2,1 2,2 1,2", "2,2 3,2 3,3 2,3"]);
  });

  it("an area that closes upon itself at a corner: the hole is a ring of its own", () => {
    // The hole in the middle and the outside meet at its south-east corner.
    const [[outer, ...holes]] = drawn(["###", "#.#", "##."]);
    expect(fromFirst(outer)).toBe("0,0 0,3 2,3 2,2 3,2 3,0");
    expect(holes.map(fromFirst)).toEqual(["1,1 2,1 2,2 1,2"]);
  });

  it("cells at opposite edges of neighbouring rows do not join", () => {
    expect(drawn(["..#", "#.."]).length).toBe(2);
  });

  it("random cells: the same area, the same cells when rasterised, no vertex twice in a ring", () => {
    const { uniform } = randomStream(5, "cells");
    for (const share of [0.1, 0.5, 0.6, 0.9]) {
      const geometry = grid(31, 29);
      const cells = Array.from({ length: 31 * 29 }, (_, cell) => cell).filter(
        () => uniform() < share,
      );
      const polygons = cellOutline(geometry, cells.toReversed());
      const area = polygons.flat().reduce((sum, ring) => sum + ringArea(ring) / 2, 0);
      expect(area).toBe(cells.length * 600 * 500);
      const inside = rasterisePolygons(geometry, polygons);
      expect([...inside.keys()].filter((cell) => inside[cell] === 1)).toEqual(cells);
      for (const [outer, ...holes] of polygons) {
        expect(ringArea(outer)).toBeGreaterThan(0);
        for (const hole of holes) expect(ringArea(hole)).toBeLessThan(0);
        for (const ring of [outer, ...holes]) {
          const vertices = Array.from(
            { length: ring.length / 2 - 1 },
            (_, at) => `${ring[2 * at]} ${ring[2 * at + 1]}`,
          );
          expect(new Set(vertices).size).toBe(vertices.length);
        }
      }
    }
  });
});
