import { describe, expect, it } from "vitest";
import { withFadingKey } from "../../lib/src/figures/fading-key";
import type { Figure } from "../../lib/src/figures/figure";
import { renderSvg } from "../../lib/src/figures/render";
import { rocCurves } from "../../lib/src/figures/roc-curves";
import { thresholdMap } from "../../lib/src/figures/threshold-map";
import { refusalOf } from "../support/refusal";
import { laidOut, marksOf } from "./laid-out";
import { occurrences, patches, scores, spread, threshold } from "./live-figures";

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

  // Wilson's 95 % intervals of so many of four: z = 1.95996, (p + z^2/8 -+ z sqrt(p q/4 + z^2/64)) / (1 + z^2/4).
  const wilson = (captured: 0 | 1 | 3) =>
    ({
      0: "0.0 % (0.0 to 49.0 %)",
      1: "25.0 % (4.6 to 69.9 %)",
      3: "75.0 % (30.1 to 95.4 %)",
    })[captured];

  it("paints, counts and tells what lies at or above it", () => {
    expect(at(threshold, 0.5)).toEqual({
      painted: 6,
      words: ["Threshold 0.5", "54.5 % of the area", "3 of 4 occurrences", wilson(3)],
      captured: ["Alder", "Birch", "Cedar"],
    });
    expect(at(threshold, 0.61)).toEqual({
      painted: 3,
      words: ["Threshold 0.61", "27.3 % of the area", "1 of 4 occurrences", wilson(1)],
      captured: ["Alder"],
    });
    expect(at(threshold, 0).words).toContain("100.0 % of the area");
    expect(at(threshold, 1)).toEqual({
      painted: 0,
      words: ["Threshold 1", "0.0 % of the area", "0 of 4 occurrences", wilson(0)],
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
