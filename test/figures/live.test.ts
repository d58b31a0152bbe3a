import { createHash } from "node:crypto";
import type { View } from "vega";
import { describe, expect, it } from "vitest";
import { delineateTargets } from "../../lib/src/evaluation/targets";
import { withFadingKey } from "../../lib/src/figures/fading-key";
import { type Figure, labelled } from "../../lib/src/figures/figure";
import { commonStep, meanCells, packedCells } from "../../lib/src/figures/hover-cells";
import { mapPanels } from "../../lib/src/figures/map-panels";
import { rasterMap } from "../../lib/src/figures/raster-map";
import { renderSvg } from "../../lib/src/figures/render";
import { rocCurves } from "../../lib/src/figures/roc-curves";
import { targetOverlay } from "../../lib/src/figures/target-overlay";
import { thresholdMap } from "../../lib/src/figures/threshold-map";
import { laidOutSize, layOut } from "../../lib/src/figures/vega-runtime";
import { type Grid, gridOverRegion } from "../../lib/src/grid/grid";
import { patchGrid } from "../../lib/src/patches/assemble";
import { refusalOf } from "../support/refusal";
import { fakeGrid, fakeOccurrences } from "./fixtures";
import { occurrences, patches, scores, spread, threshold } from "./live-figures";
import { figures } from "./still-figures";

const study = { title: "Hezuo", kind: "synthetic", licence: "MIT" } as const;
const crs = { epsg: 32750, name: "test" };

/** Of the drawings of commit 9ea4fad, before figures answered to the pointer. */
const DRAWN: Readonly<Record<string, string>> = {
  map: "d386565d2ec596b0",
  shared: "0a204a0115e09e8b",
  apart: "a050f89a206f93e5",
  rocs: "bf2d08ff5b88b4ec",
  comparedRocs: "1bfef9592970a831",
  successRate: "4526de4697bd30b6",
  successRates: "7ed956e8ecfe26bb",
  predictionArea: "6f1dca200a8a1a58",
  reliability: "f1dcfaf945b220ea",
  learning: "f1b0231c68838e96",
  intervals: "a79ecba9675a5f91",
  importance: "801037dce7565312",
  ranks: "834a599d025907ef",
  responses: "f748a5015ea04008",
  variogram: "0a583ba44b63e01e",
  histogram: "5521d6cdbb6f6291",
};

/** A mark as Vega has laid it out. */
interface Item {
  readonly fill?: string;
  readonly opacity?: number;
  readonly text?: string | readonly string[];
  readonly tooltip?: Readonly<Record<string, string>>;
  readonly x: number;
  readonly y: number;
  readonly width?: number;
}

/** All marks of a kind, in the order of drawing. */
function marksOf(view: View, kind: string): Item[] {
  type Node = { readonly marktype?: string; readonly items?: Node[] };
  const found: Node[] = [];
  const visit = (node: Node) => {
    if (node.marktype === kind) found.push(...(node.items ?? []));
    else for (const item of node.items ?? []) visit(item);
  };
  visit((view.scenegraph() as unknown as { readonly root: Node }).root);
  return found as unknown as Item[];
}

function laidOut(figure: Figure): View {
  if (figure.live === undefined) throw new Error(`${figure.title} does not answer`);
  return layOut(figure.live).run();
}

const told = (view: View, kind: string) =>
  marksOf(view, kind).flatMap(({ tooltip }) => (tooltip === undefined ? [] : [tooltip]));

describe("what is printed", () => {
  it.each(Object.keys(DRAWN))("%s is drawn as before it answered to the pointer", async (name) => {
    const svg = await renderSvg(labelled(figures[name], study, { changed: "epochs 50 (20)" }));
    // Curves had these from the key that fades them, which stood in the printed spec then.
    const bare = svg
      .replace(/ curve_legend_\w+/g, "")
      .replace(/ (opacity="1"|pointer-events="none")/g, "");
    expect(createHash("sha256").update(bare).digest("hex").slice(0, 16)).toBe(DRAWN[name]);
  });

  it("has nothing that waits for a pointer, though each of these figures answers on a screen", async () => {
    for (const figure of [...Object.values(figures), threshold, spread]) {
      expect(JSON.stringify(figure.spec)).not.toMatch(/"(select|bind|on)":/);
      expect(figure.live).toBeDefined();
    }
  });

  it.each(Object.entries({ ...figures, threshold, spread }))(
    "%s takes the same room on a screen",
    (_, { spec, live = spec }) => {
      expect(laidOutSize(live)).toEqual(laidOutSize(spec));
    },
  );

  it("does not hang on what is shown on a screen, not even in the names of its clip paths", async () => {
    const { live, ...still } = figures.reliability;
    expect(live).toBeDefined();
    expect(await renderSvg(still)).toBe(await renderSvg(figures.reliability));
  });

  it("and what is shown both bear the study's title, and that it is synthetic", () => {
    const { spec, live } = labelled(figures.map, study, { changed: "epochs 50 (20)" });
    expect(live?.title).toEqual(spec.title);
    expect(JSON.stringify(live?.title)).toMatch(/synthetic data.*Changed: epochs 50/);
  });
});

describe("a map under the pointer", () => {
  const region = { west: 0, south: 0, east: 3000, north: 2000 };
  const small: Grid = {
    name: "error",
    geometry: gridOverRegion(region, 1000, crs),
    values: Float32Array.of(0.0101, 0.0202, Number.NaN, 0.0404, 0.0505, 0.0606),
  };

  it("has one clear cell a pixel with data, which tells value, place and row", () => {
    const view = laidOut(rasterMap({ title: "t", grid: small, legend: "Error" }));
    const cells = told(view, "rect");
    expect(cells).toHaveLength(5);
    expect(cells[1]).toEqual({
      ...{ Error: "0.0202", "Easting (km)": "1.5", "Northing (km)": "1.5" },
      Cell: "pixel in row 1, column 2",
    });
    expect(cells[4]).toMatchObject({ Error: "0.0606", Cell: "pixel in row 2, column 3" });
    const [first, second, below] = marksOf(view, "rect");
    expect(second.x - first.x).toBeCloseTo(first.width ?? Number.NaN, 2);
    expect([below.x, below.y > first.y]).toEqual([first.x, true]);
    expect(first.fill).toBe("transparent");
  });

  it("of patches says so, and of several maps which", () => {
    const grid = patchGrid(patches, "Probability", scores);
    const panels = ["first", "second"].map((heading) => ({ heading, grid, legend: "of 1" }));
    const cells = told(laidOut(mapPanels({ title: "t", panels })), "rect");
    expect(cells).toHaveLength(22);
    expect(cells[11]).toMatchObject({
      ...{ Map: "second (of 1)", Value: "0.900", Cell: "patch in row 1, column 1" },
    });
  });

  it("with too many cells tells the mean of squares, and how large they are", () => {
    // 330 x 400 pixels of 1 km: squares of 5 x 5 are 66 x 80 = 5,280, of 4 x 4 8,300.
    const view = laidOut(rasterMap({ title: "t", grid: fakeGrid("m", 1000), legend: "Error" }));
    const cells = told(view, "rect");
    expect(cells[0]["Mean over"]).toBe("5 × 5 pixels, 5 × 5 km");
    expect(cells[0]["Easting (km)"]).toBe("352.5");
    expect(cells.length).toBeLessThanOrEqual(5280);
  });

  it("tells the name and commodity of an occurrence, on each of several maps", () => {
    const points = [{ name: "Au occurrence", occurrences: fakeOccurrences(3) }];
    const grid = fakeGrid("m", 8000);
    const one = told(laidOut(rasterMap({ title: "t", grid, legend: "Error", points })), "symbol");
    expect(one.map((each) => `${each.Occurrence} ${each.Commodity}`)).toEqual([
      ...["Au 1 Au", "Au 2 Au", "Au 3 Au"],
    ]);
    const panels = [{ grid }, { grid, heading: "b" }];
    const view = laidOut(mapPanels({ title: "t", panels, overlay: { points } }));
    const discs = marksOf(view, "symbol").filter(({ tooltip }) => tooltip !== undefined);
    expect(discs).toHaveLength(6);
    // The same place on both maps: as far from each other as the maps' first cells are.
    const [first] = marksOf(view, "rect");
    const second = marksOf(view, "rect")[marksOf(view, "rect").length / 2];
    expect(discs[1].x - discs[0].x).toBeCloseTo(second.x - first.x, 1);
  });

  it("tells the number of a target in each of its cells", () => {
    const values = Float32Array.of(9, 9, 0, 0, 0, 8);
    const targets = delineateTargets(
      { ...small, values },
      { threshold: 5, known: [], distance: 0, neighbours: 4 },
    );
    const map = { title: "t", grid: { ...small, values }, legend: "Score" };
    const { notes } = targetOverlay(small.geometry, targets);
    const cells = told(laidOut(rasterMap({ ...map, notes })), "rect");
    expect(cells.map(({ Target }) => Target)).toEqual(["1", "1", "–", "–", "–", "2"]);
  });

  it("takes few characters: 4,234 patches less than 25 kB", () => {
    const grid = fakeGrid("m", 5000);
    const geometry = { ...grid.geometry, width: 58, height: 73 };
    const patchMap = { ...grid, geometry, values: grid.values.slice(0, 58 * 73) };
    const { spec, live } = rasterMap({ title: "t", grid: patchMap, legend: "Error" });
    expect(JSON.stringify(live).length - JSON.stringify(spec).length).toBeLessThan(25_000);
  });
});

describe("cells of a map", () => {
  const geometry = gridOverRegion({ west: 0, south: 0, east: 3, north: 3 }, 1, crs);
  const grid = { name: "g", geometry, values: Float32Array.of(1, 2, 5, 3, Number.NaN, 7, 4, 8, 9) };

  it("taken together have the mean of those with data; the last are cut", () => {
    expect([...meanCells(grid, 2)]).toEqual([2, 6, 6, 9]);
    expect([...meanCells(grid, 1)]).toEqual([...grid.values]);
  });

  it("are taken together no more than need be", () => {
    expect([9, 8, 4, 3].map((most) => commonStep([grid], most))).toEqual([1, 2, 2, 3]);
    expect(commonStep([grid, grid], 17)).toBe(2);
  });

  it("keep three digits of the middle value", () => {
    const packed = packedCells(Float64Array.of(0.0123456, Number.NaN, 0.5, 0, 0.01), { digits: 3 });
    expect(packed).toMatchObject({ counts: [123, null, 5000, 0, 100], decimals: 4 });
    const large = packedCells(Float64Array.of(12345, -98765), { digits: 3 });
    expect(large).toMatchObject({ unit: 100, decimals: 0 });
    expect(large.counts).toEqual([123, -988]);
  });

  it("cut to decimals stay on their side of a threshold", () => {
    const { counts } = packedCells(Float64Array.of(0.49999, 0.5, 0.57, 0.99999), { decimals: 4 });
    expect(counts).toEqual([4999, 5000, 5700, 9999]);
  });
});

describe("a key that fades", () => {
  it("leaves a figure of one series as it is", () => {
    const curve = { falsePositiveRate: [0, 1], truePositiveRate: [0, 1], auc: 0.5 };
    const { live } = rocCurves({ title: "t", curves: [{ name: "one", curve }] });
    expect(JSON.stringify(live)).not.toContain("picked");
  });

  it("fades marks to a share of their own opacity, and knows what is picked in every chart", () => {
    const series = { field: "kind", type: "nominal", scale: { domain: ["a", "b"] } };
    const line = { mark: { type: "line" }, encoding: { color: series } };
    const band = { mark: { type: "area", opacity: 0.2 }, encoding: { detail: { field: "kind" } } };
    const other = { mark: { type: "rule" }, encoding: {} };
    const spec = withFadingKey({ hconcat: [{ layer: [line, band, other] }, line] });
    const fading = (whole: number, rest: number) => ({
      opacity: { condition: { param: "picked", value: whole }, value: rest },
    });
    expect(spec).toMatchObject({
      hconcat: [
        { layer: [{ encoding: fading(1, 0.15) }, { encoding: fading(0.2, 0.03) }, other] },
        { encoding: fading(1, 0.15) },
      ],
    });
    expect(JSON.stringify(spec).match(/"select"/g)).toHaveLength(1);
  });
});

describe("a map by threshold", () => {
  /** Painted patches, lines of words, filled occurrences. */
  function at(figure: Figure, value: number) {
    const view = laidOut(figure).signal("threshold", value).run();
    const cells = marksOf(view, "rect").filter(({ tooltip }) => tooltip !== undefined);
    const filled = marksOf(view, "symbol").filter(
      ({ tooltip, fill }) => tooltip?.Occurrence !== undefined && fill !== "#ffffff",
    );
    const words = marksOf(view, "text").map(({ text }) => text);
    return {
      painted: cells.filter(({ fill }) => fill === "#56B4E9").length,
      words: words.find((text) => Array.isArray(text)),
      captured: filled.map(({ tooltip }) => tooltip?.Occurrence),
    };
  }

  it("paints, counts and tells what lies at or above it", () => {
    expect(at(threshold, 0.5)).toEqual({
      painted: 6,
      words: ["Threshold 0.5", "54.5 % of the area", "3 of 4 occurrences"],
      captured: ["Alder", "Birch", "Cedar"],
    });
    expect(at(threshold, 0.61)).toEqual({
      painted: 3,
      words: ["Threshold 0.61", "27.3 % of the area", "1 of 4 occurrences"],
      captured: ["Alder"],
    });
    expect(at(threshold, 0).words).toContain("100.0 % of the area");
    expect(at(threshold, 1)).toEqual({
      painted: 0,
      words: ["Threshold 1", "0.0 % of the area", "0 of 4 occurrences"],
      captured: [],
    });
  });

  it("stands in print where it starts, which may lie between steps of the slider", async () => {
    const group = {
      assignment: { assigned: occurrences.map((occurrence) => ({ occurrence, patch: 0 })) },
    };
    const options = {
      ...{ title: "t", scoreTitle: "Probability", patches, scores, group: group as never },
      study: { area: null, geometry: patches.layout.raster },
    };
    const svg = await renderSvg(thresholdMap({ ...options, threshold: 0.755 }));
    expect(svg).toContain("18.2 % of the area");
    expect(svg).toContain("4 of 4 occurrences");
    expect(await refusalOf(() => thresholdMap({ ...options, threshold: 1.5 }))).toMatchObject({
      field: "scores and threshold of a map",
      found: "1.5",
    });
  });
});

it("a histogram of values counts all patches and occurrences in print", async () => {
  const svg = await renderSvg(spread);
  expect(svg).toContain("11 patches");
  expect(svg).toContain("4 occurrences");
  expect(svg).toContain("Error, logarithmic axis");
});
