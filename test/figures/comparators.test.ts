import { expect, it } from "vitest";
import { importancePlot } from "../../lib/src/figures/importance-plot";
import { renderSvg } from "../../lib/src/figures/render";
import { responseCurvesPlot } from "../../lib/src/figures/response-curves";

const wordsOf = (svg: string) =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);

it("response curves have one plot a predictor, named over it, and a legend of the models", async () => {
  const response = (name: string) => ({
    name,
    values: Float64Array.of(0, 0.5, 1),
    scores: Float64Array.of(0.1, 0.4, 0.2),
  });
  const responses = ["As", "Ag", "Au", "Cu"].map(response);
  const models = ["Random forest", "Maximum entropy"].map((name) => ({ name, responses }));
  const figure = responseCurvesPlot({ title: "Responses", models, widthMm: 84 });
  const svg = await renderSvg(figure);
  expect(wordsOf(svg)).toEqual(
    expect.arrayContaining(["As", "Ag", "Au", "Cu", "Random forest", "Maximum entropy"]),
  );
  expect(svg).toContain('width="84mm"');
});

it("importances stand from the highest down, on intervals of 1.96 standard errors", () => {
  const importance = [
    { name: "As", value: 0.1, standardError: 0.01 },
    { name: "Au", value: 0.3, standardError: 0.02 },
  ];
  const figure = importancePlot({
    title: "Importance",
    valueTitle: "Fall of AUC",
    models: [{ name: "MaxEnt", importance }],
  });
  expect(figure.spec.data).toEqual({
    values: [
      { name: "Au", group: "MaxEnt", value: 0.3, low: 0.2608, high: 0.3392 },
      { name: "As", group: "MaxEnt", value: 0.1, low: 0.0804, high: 0.1196 },
    ],
  });
});
