import { type ColourScale, colourAt } from "./colour-scale";
import type { Layer } from "./drawing";
import { type Bin, countedBins } from "./histogram";
import type { Json } from "./json";
import { calculated } from "./map-hover";
import { rounded } from "./spec";
import { CATEGORY_COLOURS, FONT_SIZE, INK, px } from "./theme";
import { logTicks, numberLabel, roundTicks } from "./ticks";

const BINS = 40;
const FADED = "#e0e0e0";

/** The range of values that the brush holds; undefined while nothing is brushed. */
const RANGE = "brush.amount";

/** Whether `datum.amount` is brushed, as a Vega expression; all is while nothing is. */
export const IS_BRUSHED = `!${RANGE} || (datum.amount >= ${RANGE}[0] && datum.amount <= ${RANGE}[1])`;
const IS_BAR_BRUSHED = `!${RANGE} || (datum.to > ${RANGE}[0] && datum.from < ${RANGE}[1])`;

/**
 * Bars of counts and over them a stroke for each marked value. Bins and axis are logarithmic where
 * all values are positive, which the axis says; else of equal width.
 *
 * @param marks layer whose rows have the marked values as `amount`
 * @param colours of the bars, each by its middle
 * @param isLive whether a range can be brushed
 */
export function brushedHistogram(
  values: readonly number[],
  marks: Layer,
  colours: ColourScale,
  valueTitle: string,
  isLive: boolean,
): Layer[] {
  const { scale, bins, ticks, title } = valueAxis(values, valueTitle);
  const across = {
    ...{ type: "quantitative", title, scale },
    axis: { grid: false, values: ticks, labelExpr: labelsOf(ticks) },
  };
  const highest = Math.max(...bins.map(({ count }) => count));
  const colour = { field: "colour", type: "nominal", scale: null, legend: null };
  const select = { type: "interval", encodings: ["x"] };
  return [
    {
      data: {
        values: bins.map((bin) => ({ ...bin, colour: colourAt(colours, middleOf(bin)), floor: 0 })),
      },
      mark: { type: "rect", stroke: "#ffffff", strokeWidth: 0.5 },
      encoding: {
        x: { field: "from", ...across },
        x2: { field: "to" },
        y: {
          field: "count",
          type: "quantitative",
          title: "Number of patches",
          // Head room for the strokes above the bars.
          scale: { domain: [0, highest * 1.12], nice: false },
          axis: { tickCount: 5, tickMinStep: 1 },
        },
        y2: { field: "floor" },
        fill: isLive ? { condition: { test: IS_BAR_BRUSHED, ...colour }, value: FADED } : colour,
      },
    },
    {
      data: marks.data,
      ...(isLive && { params: [{ name: "brush", select }] }),
      mark: {
        type: "tick",
        orient: "vertical",
        thickness: 0.9,
        size: 9,
        color: CATEGORY_COLOURS[1],
      },
      encoding: { x: { field: "amount", ...across }, y: { value: 5 } },
    },
  ];
}

function valueAxis(values: readonly number[], valueTitle: string) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const isLog = least > 0;
  const [to, from] = isLog ? [Math.log10, (power: number) => 10 ** power] : [same, same];
  const margin = least === most ? 0.5 : 0;
  const domain = [to(least) - margin, to(most) + margin] as const;
  const bins = countedBins(values.map(to), domain, BINS).map(
    (bin): Bin => ({ ...bin, from: rounded(from(bin.from), 6), to: rounded(from(bin.to), 6) }),
  );
  const [low, high] = [bins[0].from, bins[bins.length - 1].to];
  return {
    bins,
    scale: { type: isLog ? "log" : "linear", domain: [low, high], nice: false },
    ticks: isLog ? logTicks(low, high) : roundTicks(low, high, 6),
    title: isLog ? `${valueTitle}, logarithmic axis` : valueTitle,
  };
}

/** Geometric where the bin is of a logarithmic axis. */
function middleOf({ from, to }: Bin): number {
  return from > 0 ? Math.sqrt(from * to) : (from + to) / 2;
}

const same = (value: number) => value;

/** Labels of ticks as colour bars have them. */
function labelsOf(ticks: readonly number[]): string {
  const labels = Object.fromEntries(ticks.map((tick) => [String(tick), numberLabel(tick)]));
  return `${JSON.stringify(labels)}[datum.value] || ''`;
}

/** How many patches and occurrences there are, over a histogram. */
export function countLines(patches: number, occurrences: number): Layer[] {
  return [
    line(0, { data: { values: [{ words: `${grouped(patches)} patches` }] } }),
    line(1, { data: { values: [{ words: `${grouped(occurrences)} occurrences` }] } }),
  ];
}

/**
 * The same of what is brushed, counted by Vega.
 *
 * @param cells layer of patches, see hoverCells
 * @param marks layer whose rows are occurrences
 */
export function brushedCounts(
  cells: Layer,
  marks: Layer,
  patches: number,
  occurrences: number,
): Layer[] {
  const counted = (data: Json, before: readonly Json[], words: string): Layer => ({
    data,
    transform: [
      ...before,
      ...calculated({ lit: `${IS_BRUSHED} ? 1 : 0` }),
      { aggregate: [{ op: "sum", field: "lit", as: "lit" }] },
      ...calculated({ words }),
    ],
  });
  const unfolded = [
    { flatten: ["value"] },
    { filter: "datum.value !== null" },
    ...calculated({ amount: "datum.value * datum.unit" }),
  ];
  const share = `format((100 * datum.lit) / ${patches}, '.1f')`;
  const ofPatches = `format(datum.lit, ',') + ' of ${grouped(patches)} patches (' + ${share} + ' %)'`;
  const ofOccurrences = `datum.lit + ' of ${grouped(occurrences)} occurrences'`;
  return [
    line(0, counted(cells.data, unfolded, ofPatches)),
    line(1, counted(marks.data, [], ofOccurrences)),
  ];
}

/** The nth line of words over a plot. */
function line(nth: number, rows: Layer): Layer {
  const fontSize = px(FONT_SIZE.axisTitle);
  return {
    ...rows,
    mark: { type: "text", align: "left", baseline: "bottom", fontSize, color: INK },
    encoding: {
      x: { value: 0 },
      y: { value: (nth - 1) * fontSize * 1.3 - 5 },
      text: { field: "words", type: "nominal" },
    },
  };
}

const grouped = (count: number) => count.toLocaleString("en");
