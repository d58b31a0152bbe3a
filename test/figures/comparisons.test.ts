import { describe, expect, it } from "vitest";
import { captureCurve } from "../../lib/src/evaluation/capture";
import { predictionArea } from "../../lib/src/evaluation/prediction-area";
import { rankOverRepeats } from "../../lib/src/evaluation/repeats";
import { correlationHeatmap } from "../../lib/src/figures/correlation-heatmap";
import { predictionAreaPlot } from "../../lib/src/figures/prediction-area";
import { rankPlot } from "../../lib/src/figures/rank-plot";
import { renderSvg } from "../../lib/src/figures/render";
import { rocComparison } from "../../lib/src/figures/roc-comparison";
import { zonedOccurrencesOverlay } from "../../lib/src/figures/study-overlay";
import { successRatePanels } from "../../lib/src/figures/success-rate-panels";
import { gridOverRegion } from "../../lib/src/grid/grid";
import { refusalOf } from "../support/refusal";

/** The words in an SVG. */
function wordsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
}

const corner = (auc: number) => ({
  falsePositiveRate: [0, 1 - auc, 1],
  truePositiveRate: [0, auc, 1],
  auc,
});

describe("many ROC curves", () => {
  const curves = [
    { name: "All evidence", curve: corner(0.8), role: "main" as const },
    { name: "Without Au", curve: corner(0.9) },
    { name: "PCA error", curve: corner(0.6), role: "baseline" as const },
  ];

  it("the key runs by falling area, each curve bears its number, the main one is the heaviest", async () => {
    const svg = await renderSvg(rocComparison({ title: "ROC", curves }));
    const keys = wordsOf(svg).filter((word) => /0\.\d{3}/.test(word));
    expect(keys.map((key) => key.replace(/\s+/g, " "))).toEqual([
      "1 Without Au, 0.900",
      "2 All evidence, 0.800",
      "3 PCA error, 0.600",
    ]);
    const lines = [...svg.matchAll(/"line mark"[^>]*stroke="([^"]*)" stroke-width="([^"]*)"/g)];
    const heaviest = lines.sort((one, other) => Number(other[2]) - Number(one[2]))[0];
    expect(heaviest[1]).toBe("#222222");
  });
});

describe("published, reproduced, difference", () => {
  const published = {
    heading: "Published",
    labels: ["Au", "Sb"],
    matrix: [
      [1, 0.2],
      [0.2, 1],
    ],
  };

  it("the difference is this study's less the published one, labels matched by name", async () => {
    const matrix = [
      [1, 0.55],
      [0.55, 1],
    ];
    const figure = correlationHeatmap({
      title: "Table 3",
      labels: ["Sb", "Au"],
      matrix,
      published,
      difference: "Difference",
    });
    const words = wordsOf(await renderSvg(figure));
    expect(words.filter((word) => word === "0.35")).toHaveLength(2);
    expect(words.filter((word) => word === "0.00")).toHaveLength(2);
    expect(words).toContain("Difference");
  });

  it("refuses a difference of other labels", async () => {
    const refused = await refusalOf(() =>
      correlationHeatmap({
        ...published,
        title: "t",
        labels: ["Au", "Cu"],
        published,
        difference: "d",
      }),
    );
    expect(refused).toMatchObject({
      field: "labels of a difference",
      expected: "the published ones: Au, Sb",
    });
  });
});

it("a prediction-area plot states its crossing", async () => {
  // Ten units; occurrences in the first, second, fifth and ninth: 4/7 in 3/7 (areas.test.ts).
  const scores = Array.from({ length: 10 }, (_, at) => 10 - at);
  const curve = captureCurve(scores, { assigned: [0, 1, 4, 8].map((patch) => ({ patch })) });
  const figure = predictionAreaPlot({
    title: "P-A",
    area: predictionArea(curve),
    scoreTitle: "Score",
  });
  const svg = await renderSvg(figure);
  expect(svg).toContain("57.1 % in 42.9 % of the area");
  expect(svg).toContain("Nd = 1.33, ln Nd = 0.29");
});

it("a rank plot shows the highest mean rank on top and the published ranks", async () => {
  const ranking = rankOverRepeats(
    ["As", "Au"],
    [
      [1, 2],
      [1, 3],
    ],
  );
  const published = { title: "Published", ranks: { As: 1, Au: 2 } };
  const words = wordsOf(await renderSvg(rankPlot({ title: "Ranks", ranking, published })));
  expect(words.indexOf("Au")).toBeLessThan(words.indexOf("As"));
  expect(words).toContain("Published");
});

it("panels of success rates refuse other curves beside each other", async () => {
  const curve = { areaShare: [0, 1], occurrenceShare: [0, 1], occurrences: 3 };
  const panel = (heading: string, name: string) => ({ heading, curves: [{ name, curve }] });
  const panels = [panel("In-sample", "CNN"), panel("Out-of-sample", "RF")];
  expect(await refusalOf(() => successRatePanels({ title: "t", panels }))).toMatchObject({
    field: "curves of panel Out-of-sample",
  });
});

it("occurrences by commodity and zone are counted in the key, a commodity's shape the same", () => {
  const at = (commodity: string, easting: number) => ({
    name: `${commodity}${easting}`,
    commodity,
    easting,
    northing: 5,
  });
  const zone = (name: string, west: number, east: number) => ({
    name,
    polygons: [[Float64Array.of(west, 0, east, 0, east, 10, west, 10, west, 0)]],
  });
  const study = {
    occurrences: [at("Au", 2), at("Au", 7), at("Au", 8), at("Cu", 3), at("Au", 50)],
    mainCommodity: "Au",
    zones: [zone("west", 0, 5), zone("east", 5, 10)],
    area: null,
    geometry: gridOverRegion({ west: 0, east: 10, south: 0, north: 10 }, 1, {
      epsg: null,
      name: "test",
    }),
  };
  const { points = [] } = zonedOccurrencesOverlay(study);
  expect(points.map(({ name }) => name)).toEqual([
    "Au, west (1)",
    "Au, east (2)",
    "Cu, west (1)",
    "In no zone (1)",
  ]);
  expect(points.map(({ symbol }) => symbol)).toEqual([
    { kind: 0, isOpen: false },
    { kind: 0, isOpen: true },
    { kind: 1, isOpen: false },
    { kind: 5 },
  ]);
});
