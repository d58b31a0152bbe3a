import { calibration } from "../../lib/src/evaluation/calibration";
import { captureCurve } from "../../lib/src/evaluation/capture";
import { aucWithInterval } from "../../lib/src/evaluation/delong";
import { predictionArea } from "../../lib/src/evaluation/prediction-area";
import { rankOverRepeats } from "../../lib/src/evaluation/repeats";
import { rocCurve } from "../../lib/src/evaluation/roc";
import type { Figure } from "../../lib/src/figures/figure";
import { histogram } from "../../lib/src/figures/histogram";
import { importancePlot } from "../../lib/src/figures/importance-plot";
import { intervalPlot } from "../../lib/src/figures/interval-plot";
import { learningCurves } from "../../lib/src/figures/learning-curves";
import { mapPanels } from "../../lib/src/figures/map-panels";
import { predictionAreaPlot } from "../../lib/src/figures/prediction-area";
import { rankPlot } from "../../lib/src/figures/rank-plot";
import { rasterMap } from "../../lib/src/figures/raster-map";
import { reliabilityPlot } from "../../lib/src/figures/reliability-plot";
import { responseCurvesPlot } from "../../lib/src/figures/response-curves";
import { rocComparison } from "../../lib/src/figures/roc-comparison";
import { rocCurves } from "../../lib/src/figures/roc-curves";
import { namedSuccessRate, successRateCurves } from "../../lib/src/figures/success-rate-curves";
import { successRatePanels } from "../../lib/src/figures/success-rate-panels";
import { variogramPlot } from "../../lib/src/figures/variogram-plot";
import { fakeFaults, fakeGrid, fakeOccurrences, fakeScores } from "./fixtures";

const { scores, labels } = fakeScores(30, 300, 1.2, 5);
const { scores: others } = fakeScores(30, 300, 0.4, 6);
const holding = { assigned: Array.from({ length: 30 }, (_, patch) => ({ patch })) };
const probabilities = scores.map((score) => 1 / (1 + Math.exp(-score)));
const points = [{ name: "Au occurrence", occurrences: fakeOccurrences(40) }];
const overlay = { points, features: [fakeFaults(30)] };
const colours = { stretch: "quantile" } as const;

const named = [
  namedSuccessRate("CNN", scores, holding, { seed: 3 }),
  namedSuccessRate("RF", others, holding),
];
const panels = [
  { heading: "first", grid: fakeGrid("first", 4000) },
  { heading: "second", grid: fakeGrid("second", 4000, 1) },
  { heading: "third", grid: fakeGrid("third", 8000, 2) },
];
const importance = (by: number) => [
  { name: "As", value: 0.1 * by, standardError: 0.01 },
  { name: "Au", value: 0.3 * by, standardError: 0.02 },
];
const response = (name: string) => ({
  name,
  values: Float64Array.of(0, 0.5, 1),
  scores: Float64Array.of(0.1, 0.4, 0.2),
});
const history = { loss: [0.3, 0.2, 0.1], accuracy: [0.5, 0.7, 0.8] };

/** One figure of every kind that answers to the hand. */
export const figures: Readonly<Record<string, Figure>> = {
  map: rasterMap({ title: "Map", grid: fakeGrid("map", 4000), legend: "Error", ...overlay }),
  shared: mapPanels({ title: "Maps", panels, shared: { legend: "Error", colours }, overlay }),
  apart: mapPanels({ title: "Maps", panels: panels.map((each) => ({ ...each, legend: "m" })) }),
  rocs: rocCurves({
    title: "ROC",
    curves: [
      { name: "Error", curve: rocCurve(scores, labels) },
      { name: "PCA", curve: rocCurve(others, labels) },
    ],
  }),
  comparedRocs: rocComparison({
    title: "ROC",
    widthMm: 174,
    curves: [
      { name: "All", curve: rocCurve(scores, labels), role: "main" },
      { name: "PCA", curve: rocCurve(others, labels), role: "baseline" },
      { name: "Without Au", curve: rocCurve(probabilities, labels) },
    ],
  }),
  successRate: successRateCurves({
    title: "Success rate",
    curves: named,
    marks: [{ areaShare: 0.2, occurrenceShare: 0.6, label: "0.5" }],
  }),
  successRates: successRatePanels({
    title: "Success rates",
    panels: [
      { heading: "In-sample", curves: named },
      { heading: "Out-of-sample", curves: named },
    ],
  }),
  predictionArea: predictionAreaPlot({
    title: "Prediction and area",
    area: predictionArea(captureCurve(scores, holding)),
    scoreTitle: "Score",
  }),
  reliability: reliabilityPlot({
    title: "Calibration",
    calibration: calibration(probabilities, labels),
    unit: "patches",
    outcome: "with an occurrence",
  }),
  learning: learningCurves({
    title: "Training",
    widthMm: 174,
    runs: ["a", "b"].map((name) => ({ name, history })),
  }),
  intervals: intervalPlot({
    title: "Areas",
    valueTitle: "AUC",
    estimates: ["main", "all"].flatMap((group) => [
      { name: "Error", group, estimate: aucWithInterval(scores, labels) },
      { name: "PCA", group, estimate: aucWithInterval(others, labels) },
    ]),
  }),
  importance: importancePlot({
    title: "Importance",
    valueTitle: "Fall",
    models: [
      { name: "RF", importance: importance(1) },
      { name: "MaxEnt", importance: importance(0.5) },
    ],
  }),
  ranks: rankPlot({
    title: "Ranks",
    ranking: rankOverRepeats(
      ["As", "Au"],
      [
        [1, 2],
        [1, 3],
      ],
    ),
    published: { title: "Published", ranks: { As: 1, Au: 2 } },
  }),
  responses: responseCurvesPlot({
    title: "Responses",
    models: ["RF", "MaxEnt"].map((name) => ({ name, responses: ["As", "Au"].map(response) })),
  }),
  variogram: variogramPlot({
    title: "Variogram",
    variable: "ln Au",
    empirical: {
      distances: [1000, 2000, 3000],
      semivariances: [0.3, 0.6, 0.7],
      pairs: [40, 80, 90],
      cutoff: 3500,
    } as never,
    models: [
      { kind: "spherical", nugget: 0.1, sill: 0.7, range: 2500 },
      { kind: "exponential", nugget: 0.1, sill: 0.8, range: 3000 },
    ],
  }),
  histogram: histogram({
    title: "Probabilities",
    values: probabilities,
    valueTitle: "Probability",
    unit: "patches",
    marked: { name: "with an occurrence", values: [0.4, 0.8] },
  }),
};
