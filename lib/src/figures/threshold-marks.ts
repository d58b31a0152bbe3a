import { proportionWithInterval } from "../evaluation/proportion";
import { sharesAtThreshold } from "../evaluation/success-rate";
import type { SuccessRateCurve } from "../evaluation/types";
import { percentAxis } from "./curve-marks";
import type { Layer } from "./drawing";
import { rounded } from "./spec";
import { SUCCESS_RATE_AXES } from "./success-rate-curves";
import { CATEGORY_COLOURS, FAINT_INK, FONT_SIZE, INK, px } from "./theme";

/** Steps of the slider from 0 to 1. */
const STEPS = 100;

const PLACE = {
  x: percentAxis("along", SUCCESS_RATE_AXES.alongTitle),
  y: percentAxis("up", SUCCESS_RATE_AXES.upTitle),
};
const DOT = { type: "point", filled: true, opacity: 1, stroke: INK, strokeWidth: 1 };

/** Whether a row is that of the threshold as it stands; steps are 0.01 apart. */
const IS_CURRENT = "abs(datum.threshold - threshold) < 0.00001";

/** What a curve captures at a threshold. */
export interface ThresholdStep {
  readonly threshold: number;
  /** Per cent of the area, and of the occurrences. */
  readonly along: number;
  readonly up: number;
  readonly captured: number;
  /** Wilson's 95 % interval of the share of the occurrences, in per cent. */
  readonly low: number;
  readonly high: number;
}

/** What is captured at every step of the slider, and at the threshold that it starts from. */
export function thresholdSteps(curve: SuccessRateCurve, start: number): ThresholdStep[] {
  const thresholds = Array.from({ length: STEPS + 1 }, (_, step) => step / STEPS);
  const all = thresholds.includes(start) ? thresholds : [...thresholds, start];
  return all.map((threshold) => {
    const { areaShare, occurrenceShare } = sharesAtThreshold(curve, threshold);
    const captured = Math.round(occurrenceShare * curve.occurrences);
    const [low, high] = proportionWithInterval(captured, curve.occurrences).interval;
    return {
      threshold,
      along: rounded(100 * areaShare),
      up: rounded(100 * occurrenceShare),
      ...{ captured, low: rounded(100 * low), high: rounded(100 * high) },
    };
  });
}

/** The parameter that holds the threshold: a slider on a screen, a number in print. */
export function thresholdParameter(start: number, isLive: boolean): Layer {
  const bind = { input: "range", min: 0, max: 1, step: 1 / STEPS, name: "Threshold " };
  return { name: "threshold", value: start, ...(isLive && { bind }) };
}

/**
 * Over a success-rate curve: the point where the threshold stands, with strokes to both axes and
 * what it captures in words; on a screen also the point where it started.
 *
 * @param lines places of the words: their right edge and the top of the first, in px
 */
export function thresholdLayers(
  steps: readonly ThresholdStep[],
  start: number,
  occurrences: number,
  lines: { readonly right: number; readonly top: number },
  isLive: boolean,
): Layer[] {
  const rule = { type: "rule", color: INK, strokeWidth: 0.8, strokeDash: [3, 2] };
  const words =
    "['Threshold ' + format(datum.threshold, '.2~f'), " +
    "format(datum.along, '.1f') + ' % of the area', " +
    `datum.captured + ' of ${occurrences} occurrences', ` +
    "format(datum.up, '.1f') + ' % (' + format(datum.low, '.1f') + ' to ' + format(datum.high, '.1f') + ' %)']";
  const text = (halo: Layer): Layer => ({
    transform: [{ calculate: words, as: "words" }],
    mark: {
      ...{ type: "text", align: "right", baseline: "top", fontSize: px(FONT_SIZE.axisTitle) },
      ...{ lineHeight: px(FONT_SIZE.axisTitle) * 1.3, ...halo },
    },
    encoding: {
      x: { value: lines.right },
      y: { value: lines.top },
      text: { field: "words", type: "nominal" },
    },
  });
  return [
    ...(isLive ? startLayers(steps, start, lines) : []),
    {
      data: { values: steps.map((step) => ({ ...step })) },
      transform: [{ filter: IS_CURRENT }, { calculate: "0", as: "floor" }],
      layer: [
        { mark: rule, encoding: { ...PLACE, y2: { field: "floor" } } },
        { mark: rule, encoding: { ...PLACE, x2: { field: "floor" } } },
        { mark: { ...DOT, fill: CATEGORY_COLOURS[1], size: 50 }, encoding: PLACE },
        text({ stroke: "#ffffff", strokeWidth: 3, strokeJoin: "round" }),
        text({}),
      ],
    },
  ];
}

/** A diamond where the slider starts, and its line under the words. */
function startLayers(
  steps: readonly ThresholdStep[],
  start: number,
  { right, top }: { readonly right: number; readonly top: number },
): Layer[] {
  const fontSize = px(FONT_SIZE.axisTitle);
  return [
    {
      data: { values: steps.flatMap((step) => (step.threshold === start ? [{ ...step }] : [])) },
      mark: { ...DOT, shape: "diamond", fill: "#ffffff", size: 60 },
      encoding: PLACE,
    },
    {
      data: { values: [{ text: `\u25ca default ${start}` }] },
      mark: { type: "text", align: "right", baseline: "top", fontSize, color: FAINT_INK },
      encoding: {
        x: { value: right },
        y: { value: top + 4 * 1.3 * fontSize },
        text: { field: "text", type: "nominal" },
      },
    },
  ];
}
