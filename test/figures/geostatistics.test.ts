import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { principalComponents } from "../../lib/src/evidence/principal-components";
import { empiricalVariogram } from "../../lib/src/evidence/variogram";
import { fitVariogram } from "../../lib/src/evidence/variogram-fit";
import { apart } from "../../lib/src/figures/arrow-labels";
import { biplot } from "../../lib/src/figures/biplot";
import { renderSvg } from "../../lib/src/figures/render";
import { variogramPlot } from "../../lib/src/figures/variogram-plot";
import { samplesOf } from "../evidence/reference-samples";

const parts = ["Cd", "Co", "Cr", "Cu", "Ni", "Pb", "Zn"];
const { columns } = samplesOf("jura-prediction.csv", ["Xloc", "Yloc"], parts);
const components = principalComponents({ parts, columns });
const meuse = samplesOf("meuse.csv", ["x", "y"], ["zinc"]);
const empirical = empiricalVariogram({ ...meuse, values: meuse.columns[0].map(Math.log) });
const { model } = fitVariogram(empirical, "spherical");

/** The words in an SVG. */
function wordsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
}

/** The data of each layer of a figure. */
function layersOf(figure: { readonly spec: object }) {
  const { layer } = figure.spec as {
    layer: { data: { values: Record<string, number | string>[] } }[];
  };
  return layer.map(({ data }) => data.values);
}

describe("biplot", () => {
  it("names every part and the share of variance of both axes", async () => {
    const figure = biplot({ title: "Seven metals", components });
    const words = wordsOf(await renderSvg(figure));
    for (const part of parts) expect(words).toContain(part);
    // R: prcomp of the log-ratios, 0.542 and 0.242 of the variance (log-ratio.json).
    expect(words).toContain("PC1 (54.2 %)");
    expect(words).toContain("PC2 (24.2 %)");
    expect(figure.alt).toMatch(/^Seven metals\. Arrows are [\d.]+ times as long as loadings\.$/);
  });

  it("lengthens all arrows by one factor and turns their heads along them", () => {
    const [, , , arrows] = layersOf(biplot({ title: "Seven metals", components, axes: [1, 3] }));
    const factors = arrows.map(({ across }, part) => Number(across) / components.loadings[0][part]);
    for (const factor of factors) expect(factor / factors[0]).toBeCloseTo(1, 3);
    arrows.forEach(({ across, up, angle }, part) => {
      expect(Number(up) / factors[0]).toBeCloseTo(components.loadings[2][part], 3);
      const radians = (Number(angle) * Math.PI) / 180;
      const length = Math.hypot(Number(across), Number(up));
      expect(length * Math.sin(radians)).toBeCloseTo(Number(across), 3);
      expect(length * Math.cos(radians)).toBeCloseTo(Number(up), 3);
    });
  });

  it("draws no more scores than asked, none of samples left out", () => {
    const holed = { ...components, scores: components.scores.map((scores) => scores.slice()) };
    holed.scores[0][0] = Number.NaN;
    const [scores] = layersOf(biplot({ title: "Seven metals", components: holed, atMost: 100 }));
    expect(scores).toHaveLength(86);
    expect(scores.every(({ across }) => Number.isFinite(across))).toBe(true);
  });
});

describe("apart", () => {
  it("keeps labels of a dozen arrows off each other", () => {
    const tip = fc.tuple(
      fc.integer({ min: -100, max: 100 }),
      fc.integer({ min: -60, max: 60 }),
      fc.integer({ min: 8, max: 18 }),
    );
    fc.assert(
      fc.property(fc.array(tip, { minLength: 2, maxLength: 12 }), (tips) => {
        const labels = apart(
          tips.map(([across, up, width], at) => ({ text: `${at}`, across, up, width })),
          9,
        );
        labels.forEach((first, at) => {
          for (const second of labels.slice(at + 1)) {
            const besides = Math.abs(first.across - second.across);
            const over = Math.abs(first.up - second.up);
            const isFree = besides >= (first.width + second.width) / 2 || over >= 8;
            expect(isFree).toBe(true);
          }
        });
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});

describe("variogramPlot", () => {
  it("shows the lags and says what was fitted", async () => {
    const figure = variogramPlot({ title: "Zinc", empirical, models: [model], variable: "ln Zn" });
    const words = wordsOf(await renderSvg(figure));
    // gstat: nugget 0.0507, sill 0.5906, range 897.04 m (interpolation.json).
    expect(words).toContain("Spherical: nugget 0.0507, sill 0.591, range 897 m");
    expect(words).toContain("Semivariance of ln Zn");
    expect(words).toContain("Distance (m)");
    const [, lags] = layersOf(figure);
    expect(lags).toHaveLength(15);
    expect(lags[0]).toMatchObject({ pairs: 57 });
  });

  it("draws long distances in km, and lags alone where nothing is fitted", async () => {
    const wide = { ...empirical, cutoff: 12_000, distances: empirical.distances.map((d) => 7 * d) };
    const figure = variogramPlot({ title: "Zinc", empirical: wide, variable: "ln Zn" });
    expect(wordsOf(await renderSvg(figure))).toContain("Distance (km)");
    const [lags] = layersOf(figure);
    expect(lags[0].distance).toBeCloseTo((7 * empirical.distances[0]) / 1000, 3);
  });
});
