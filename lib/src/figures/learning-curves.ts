import type { History } from "../training/types";
import type { Layer } from "./drawing";
import { type ColumnWidth, columnWidthPx, type Figure, type FigureText } from "./figure";
import type { Json } from "./json";
import { nearestLayers } from "./nearest-point";
import { fittedFigure, rounded } from "./spec";
import { textWidth } from "./text-metrics";
import { FONT_SIZE, LINE_LEGEND, lineStyle, px } from "./theme";
import { logTicks } from "./ticks";

/** Loss and accuracy of several trainings. */
export interface LearningCurvesOptions extends FigureText {
  readonly runs: readonly { readonly name: string; readonly history: History }[];
  readonly lossTitle?: string;
  /** A logarithmic loss axis, for errors that fall by orders of magnitude. */
  readonly isLogLoss?: boolean;
  readonly widthMm?: ColumnWidth;
}

/** Training loss by epoch and, where there is one, accuracy; beside each other at double width. */
export function learningCurves(options: LearningCurvesOptions): Figure {
  const { runs, widthMm = 84, lossTitle = "Training loss", isLogLoss = false } = options;
  const hasAccuracy = runs.some(({ history }) => history.accuracy !== undefined);
  const names = runs.map(({ name }) => name);
  const isBeside = hasAccuracy && widthMm === 174;
  return fittedFigure(options, widthMm, isBeside ? 2 : 1, (plotWidth, isLive) => {
    const size = { width: plotWidth, height: Math.round(Math.min(190, plotWidth * 0.62)) };
    const drawn = isLive ? answering : (chart: Chart) => chart;
    const loss = {
      ...size,
      ...drawn(
        curves(values(runs, "loss"), lossTitle, names, widthMm, {
          scale: isLogLoss ? { type: "log", nice: false } : { zero: false, nice: true },
          ...(isLogLoss && { axis: { values: lossTicks(runs) } }),
        }),
        "nearLoss",
      ),
    };
    if (!hasAccuracy) return loss;
    const accuracy = {
      ...size,
      ...drawn(
        curves(values(runs, "accuracy"), "Training accuracy (%)", names, widthMm, {
          scale: { zero: false, nice: true },
        }),
        "nearAccuracy",
      ),
    };
    return isBeside
      ? { hconcat: [loss, accuracy], spacing: 16 }
      : { vconcat: [loss, accuracy], spacing: 10, bounds: "full" };
  });
}

/** A chart of one mark. */
type Chart = { readonly data: Json; readonly mark: Json; readonly encoding: Layer };

/** The same for a screen, where the nearest epoch of the nearest run is told. */
function answering({ data, mark, encoding }: Chart, name: string): Layer {
  const { tooltip, ...drawn } = encoding;
  const heights = rowsOf(data).map(({ value }) => value);
  // Told beforehand, since the dot has no height while nothing is pointed at.
  const domain = [Math.min(...heights), Math.max(...heights)];
  const up = drawn.y as Layer;
  const y = { ...up, scale: { ...(up.scale as Layer), domain } };
  const near = { fields: ["run", "epoch"], place: { x: drawn.x, y }, tooltip: tooltip as Json[] };
  return { data, layer: [{ mark, encoding: { ...drawn, y } }, ...nearestLayers(name, near)] };
}

function rowsOf(data: Json) {
  return (data as { readonly values: readonly { readonly value: number }[] }).values;
}

/** As few rows as fit, and as even. */
function evenColumns(count: number, atMost: number): number {
  return Math.ceil(count / Math.ceil(count / Math.max(1, atMost)));
}

/** Whole epochs, about six of them, from the first to the last at most. */
function epochTicks(epochs: number): number[] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((size) => epochs / size <= 6) ?? 1000;
  const ticks = Array.from({ length: Math.floor(epochs / step) }, (_, index) => (index + 1) * step);
  return step === 1 ? ticks : [1, ...ticks];
}

function lossTicks(runs: LearningCurvesOptions["runs"]): number[] {
  const losses = runs.flatMap(({ history }) => history.loss);
  return logTicks(Math.min(...losses), Math.max(...losses));
}

function values(runs: LearningCurvesOptions["runs"], measure: keyof History): Json[] {
  const factor = measure === "accuracy" ? 100 : 1;
  return runs.flatMap(({ name, history }) =>
    (history[measure] ?? []).map((value, index) => ({
      run: name,
      epoch: index + 1,
      value: rounded(value * factor, 4),
    })),
  );
}

function curves(
  data: readonly Json[],
  title: string,
  names: readonly string[],
  widthMm: ColumnWidth,
  value: Layer,
): Chart {
  const styles = names.map((_, index) => lineStyle(index));
  const widest = Math.max(...names.map((name) => textWidth(name, px(FONT_SIZE.label)))) + 36;
  const legend =
    names.length === 1
      ? null
      : {
          ...LINE_LEGEND,
          orient: "bottom",
          columns: evenColumns(names.length, Math.floor((columnWidthPx(widthMm) - 40) / widest)),
        };
  const epochs = Math.max(...data.map((row) => (row as { readonly epoch: number }).epoch));
  return {
    data: { values: data },
    mark: { type: "line", point: epochs <= 10 ? { size: 14, opacity: 1 } : false },
    encoding: {
      x: {
        field: "epoch",
        type: "quantitative",
        title: "Epoch",
        scale: { domain: [Math.min(1, epochs - 1), Math.max(2, epochs)], nice: false },
        axis: { values: epochTicks(epochs), format: "d", grid: false },
      },
      y: { field: "value", type: "quantitative", title, axis: { tickCount: 5 }, ...value },
      color: {
        field: "run",
        type: "nominal",
        scale: { domain: names, range: styles.map(({ colour }) => colour) },
        legend,
      },
      strokeDash: {
        field: "run",
        type: "nominal",
        scale: { domain: names, range: styles.map(({ dash }) => dash) },
        legend,
      },
      tooltip: [
        { field: "run", type: "nominal", title: "Run" },
        { field: "epoch", type: "quantitative", title: "Epoch" },
        { field: "value", type: "quantitative", title },
      ],
    },
  };
}
