import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Resvg } from "@resvg/resvg-js";
import { describe, expect, it } from "vitest";
import { aucWithInterval } from "../../lib/src/evaluation/delong";
import { rocCurve } from "../../lib/src/evaluation/roc";
import { saveFigure } from "../../lib/src/figures/export";
import { type Figure, labelled } from "../../lib/src/figures/figure";
import { histogram } from "../../lib/src/figures/histogram";
import { intervalPlot } from "../../lib/src/figures/interval-plot";
import { learningCurves } from "../../lib/src/figures/learning-curves";
import { rasterMap } from "../../lib/src/figures/raster-map";
import { renderPdf, renderPng, renderSvg } from "../../lib/src/figures/render";
import { rocCurves } from "../../lib/src/figures/roc-curves";
import { gridOverRegion } from "../../lib/src/grid/grid";
import { refusalOf } from "../support/refusal";
import { fakeFaults, fakeGrid, fakeOccurrences, fakeScores } from "./fixtures";

const map = rasterMap({
  title: "Distance to the nearest fault",
  grid: fakeGrid("distance", 4000),
  legend: "Distance (km)",
  points: [{ name: "Au occurrence", occurrences: fakeOccurrences(40) }],
  features: [fakeFaults(30)],
});
const { scores, labels } = fakeScores(30, 300, 1.2, 5);
const roc = rocCurves({
  title: "ROC",
  curves: [{ name: "CAE error", curve: rocCurve(scores, labels) }],
});
const intervals = intervalPlot({
  title: "Areas",
  valueTitle: "AUC",
  widthMm: 174,
  estimates: [{ name: "CAE error", estimate: aucWithInterval(scores, labels) }],
});
const learning = learningCurves({
  title: "Loss",
  runs: [{ name: "CAE b", history: { loss: [0.3, 0.2, 0.1] } }],
});

/** Width and height from the header chunk of a PNG (PNG specification, 11.2.2). */
function sizeOfPng(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
}

/** The words in an SVG. */
function wordsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
}

describe("files of a figure", () => {
  // 84 mm and 174 mm at 300 dots per 25.4 mm.
  it.each([
    ["map", map, 992],
    ["roc", roc, 992],
    ["intervals", intervals, 2055],
  ] as [string, Figure, number][])(
    "%s has its column's width in pixels at 300 dpi",
    async (_, figure, width) => {
      expect(sizeOfPng(await renderPng(figure))[0]).toBe(width);
      expect(await renderSvg(figure)).toContain(`width="${figure.widthMm}mm"`);
    },
  );

  it("the PDF has its column's width in points and embeds its fonts", async () => {
    const pdf = Buffer.from(await renderPdf(roc)).toString("latin1");
    const [, width] = pdf.match(/MediaBox \[0 0 ([\d.]+)/) ?? [];
    expect(Number(width)).toBeCloseTo((84 / 25.4) * 72, 1);
    expect(pdf).toContain("/FontFile2");
    // None of the fonts that every reader is supposed to have.
    expect(pdf).not.toMatch(/BaseFont \/(Helvetica|Times|Courier)/);
  });

  it("the same figure gives the same bytes", async () => {
    expect(await renderSvg(map)).toBe(await renderSvg(map));
    expect(Buffer.compare(await renderPdf(roc), await renderPdf(roc))).toBe(0);
  });

  it("a PDF holds its images in the order of the drawing, however long each takes to decode", async () => {
    const svg = await renderSvg(map);
    const drawn = [...svg.matchAll(/href="data:image\/png;base64,([^"]+)"/g)].map(
      ([, base64]) => sizeOfPng(Uint8Array.from(Buffer.from(base64, "base64")))[1],
    );
    // The map's image and that of its colour bar, one pixel high, which is decoded much sooner.
    expect(drawn).toEqual([expect.any(Number), 1]);
    const objects = Buffer.from(await renderPdf(map))
      .toString("latin1")
      .split("endobj");
    const images = objects.filter((text) => text.includes("/DecodeParms"));
    expect(images.map((text) => Number(/\/Height (\d+)/.exec(text)?.[1]))).toEqual(drawn);
  });

  it("are written under a stable id, whole or not at all", async () => {
    const folder = mkdtempSync(join(tmpdir(), "figures-"));
    await saveFigure(roc, "roc-all", folder);
    expect(readdirSync(folder).sort()).toEqual(["roc-all.pdf", "roc-all.png", "roc-all.svg"]);
    expect(await refusalOf(() => saveFigure(roc, "ROC all", folder))).toMatchObject({
      kind: "parameter",
      field: "figure id",
    });
    writeFileSync(join(folder, "full"), "");
    expect(await refusalOf(() => saveFigure(roc, "roc-all", join(folder, "full")))).toMatchObject({
      kind: "storage",
    });
    rmSync(folder, { recursive: true });
  });
});

describe("what a figure says", () => {
  it("names other ground in the place of the study, and no licence of its data", () => {
    const other = { ...roc, ground: "Generated districts (synthetic)" };
    const study = { title: "Murchison", kind: "real", licence: "GPL" } as const;
    const { subtitle } = labelled(other, study).spec.title as { subtitle: string[] };
    expect(subtitle).toEqual(["Generated districts (synthetic)"]);
    expect(labelled(other, { ...study, kind: "synthetic" }).alt).not.toContain("Synthetic data");
  });

  it("names synthetic data in the drawing itself", async () => {
    const drawn = await renderSvg(
      labelled(roc, { title: "Hezuo", kind: "synthetic", licence: "MIT" }),
    );
    expect(wordsOf(drawn).join(" ")).toContain("Hezuo (synthetic data)");
    const real = await renderSvg(
      labelled(roc, { title: "Murchison", kind: "real", licence: "GPL" }),
    );
    expect(real).not.toContain("synthetic");
    expect(real).toContain(">Data: GPL<");
  });

  it("has a title and a description for those who cannot see it", async () => {
    const svg = await renderSvg(map);
    expect(svg).toContain("<title>Distance to the nearest fault</title>");
    expect(svg).toMatch(/<desc>.+<\/desc>/);
  });

  it("axes of a map are in kilometres", async () => {
    const words = wordsOf(await renderSvg(map));
    expect(words).toContain("Easting (km)");
    // The region reaches from 350 to 680 km and from 6,700 to 7,100 km.
    expect(words).toContain("400");
    expect(words).toContain("7000");
  });

  it("epochs are whole numbers, each once", async () => {
    const words = wordsOf(await renderSvg(learning));
    const numbers = words.filter((word) => /^\d+$/.test(word));
    expect(numbers).toEqual(["1", "2", "3"]);
  });

  it("a histogram's counts add up to the number of values", () => {
    const values = Float64Array.from({ length: 321 }, (_, at) => Math.sin(at) ** 2);
    const spec = JSON.stringify(
      histogram({ title: "h", values, valueTitle: "v", unit: "patches" }).spec,
    );
    const counts = [...spec.matchAll(/"count":(\d+)/g)].map(([, count]) => Number(count));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(321);
  });
});

it("a map has north up, east right, and nodata white", async () => {
  const geometry = gridOverRegion({ west: 0, south: 0, east: 2000, north: 2000 }, 1000, {
    epsg: 32750,
    name: "test",
  });
  // North-west high, south-east nodata, the others low.
  const grid = { name: "g", geometry, values: Float32Array.of(1, 0, 0, Number.NaN) };
  const svg = await renderSvg(rasterMap({ title: "m", grid, legend: "g" }));
  const rendered = new Resvg(svg, {
    background: "#ffffff",
    fitTo: { mode: "width", value: 600 },
  }).render();
  const { pixels, width } = rendered;
  const colourAt = (x: number, y: number) => [
    ...pixels.subarray(4 * (y * width + x), 4 * (y * width + x) + 3),
  ];
  const corners = [colourAt(250, 150), colourAt(500, 150), colourAt(250, 420), colourAt(500, 420)];
  const [northWest, northEast, southWest, southEast] = corners;
  expect(southEast).toEqual([255, 255, 255]);
  expect(northEast).toEqual(southWest);
  // Viridis, the default, runs from dark violet to light yellow.
  expect(northWest[1] - northEast[1]).toBeGreaterThan(150);
});
