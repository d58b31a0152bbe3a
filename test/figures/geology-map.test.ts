import { describe, expect, it } from "vitest";
import { geologyUnits, unitLayers } from "../../lib/src/figures/geology-layers";
import { geologyMap } from "../../lib/src/figures/geology-map";
import { renderPng, renderSvg } from "../../lib/src/figures/render";
import type { VectorLayer } from "../../lib/src/study/types";
import { fakeOccurrences } from "./fixtures";

const region = { west: 0, east: 10_000, south: 0, north: 20_000 };
const square = (west: number, south: number, edge: number) =>
  Float64Array.of(
    ...[west, south, west + edge, south, west + edge, south + edge, west, south + edge],
    ...[west, south],
  );
/** The same square the other way round, as some files have their outer rings and others their holes. */
const reversed = (ring: Float64Array) =>
  Float64Array.from({ length: ring.length }, (_, at) => ring[ring.length - 2 - at + 2 * (at % 2)]);

const rocks: VectorLayer = {
  name: "rocks",
  lines: [],
  polygons: [[square(0, 0, 4000), square(1000, 1000, 1000)], [square(5000, -3000, 4000)]],
  polygonProperties: [{ unit: "limestone" }, { unit: "slate" }],
};
const thrust: VectorLayer = {
  name: "thrust",
  lines: [Float64Array.of(0, 0, 10_000, 20_000)],
  polygons: [],
  polygonProperties: [],
};
const map = (layer: VectorLayer, widthMm: 84 | 174 = 174) =>
  geologyMap({
    title: "Geology",
    region,
    layers: [
      { vectors: layer, as: "rock", property: "unit" },
      { vectors: thrust, as: "thrust" },
    ],
    points: [{ name: "Au occurrence", occurrences: fakeOccurrences(3) }],
    widthMm,
  });

/** Which way each ring of the first unit is drawn: 1 or -1. */
function turnsOf(layer: VectorLayer): number[] {
  const [unit] = geologyUnits([{ vectors: layer, as: "rock", property: "unit" }]);
  const [drawn] = unitLayers(unit, region, { left: 0, top: 0, width: 100, height: 200 });
  const { shape } = drawn.mark as { shape: string };
  return shape.split("M").slice(1).map(turnOf);
}

describe("a geological map", () => {
  it.each([84, 174] as const)("names rocks, structures and occurrences at %i mm", async (width) => {
    const svg = await renderSvg(map(rocks, width));
    for (const words of ["Rocks", "Limestone", "Slate", "Structures", "Thrust", "Au occurrence"]) {
      expect(svg).toContain(`>${words}</text>`);
    }
    const png = await renderPng(map(rocks, width));
    const header = new DataView(png.buffer, png.byteOffset);
    expect(header.getUint32(16)).toBe(Math.round((width / 25.4) * 300));
  });

  it("keeps holes empty whichever way a file's rings run", () => {
    const [first, second] = rocks.polygons;
    const turned = { ...rocks, polygons: [[first[0], reversed(first[1])], second] };
    const bothTurned = { ...rocks, polygons: [first.map(reversed), second] };
    // One outer ring and its hole, against each other.
    const [outer, hole] = turnsOf(rocks);
    expect(outer).toBe(-hole);
    expect(turnsOf(turned)).toEqual([outer, hole]);
    expect(turnsOf(bothTurned)).toEqual([outer, hole]);
  });
});

/** 1 or -1 by which way a ring of an SVG path runs. */
function turnOf(ring: string): number {
  const numbers = (ring.match(/-?[\d.]+/g) as string[]).map(Number);
  let doubled = 0;
  for (let at = 0; at < numbers.length; at += 2) {
    const next = (at + 2) % numbers.length;
    doubled += numbers[at] * numbers[next + 1] - numbers[next] * numbers[at + 1];
  }
  return Math.sign(doubled);
}
