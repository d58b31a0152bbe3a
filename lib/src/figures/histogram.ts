import { InputError } from "../errors";
import type { ColumnWidth, Figure, FigureText } from "./figure";
import { fittedFigure, rounded } from "./spec";
import { CATEGORY_COLOURS } from "./theme";

/** Values and how to count them. */
export interface HistogramOptions extends FigureText {
  /** NaN is left out. */
  readonly values: ArrayLike<number>;
  readonly valueTitle: string;
  /** What is counted, such as "patches". */
  readonly unit: string;
  /** 0 to 1 when absent, as probabilities are. */
  readonly domain?: readonly [number, number];
  readonly bins?: number;
  /** Values marked by strokes above the bars, such as those of occurrences. */
  readonly marked?: { readonly name: string; readonly values: readonly number[] };
  readonly widthMm?: ColumnWidth;
}

/** A bin of a histogram: from is in it, to is not, but for the last. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/**
 * Counts by bins of equal width; the last takes its upper edge in.
 *
 * @throws InputError when a value lies outside the domain or there is no bin
 */
export function countedBins(
  values: ArrayLike<number>,
  [low, high]: readonly [number, number],
  bins: number,
): Bin[] {
  if (!Number.isInteger(bins) || bins < 1 || !(high > low)) {
    throw badBins(`${bins} bins over ${low} to ${high}`, "at least one bin over a rising domain");
  }
  const counts = new Array<number>(bins).fill(0);
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (Number.isNaN(value)) continue;
    if (value < low || value > high) throw badBins(String(value), `values of ${low} to ${high}`);
    counts[Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins))] += 1;
  }
  const edge = (bin: number) => rounded(low + ((high - low) * bin) / bins, 10);
  return counts.map((count, bin) => ({ from: edge(bin), to: edge(bin + 1), count }));
}

/** How often values fall into bins of equal width, counted here and not in the chart. */
export function histogram(options: HistogramOptions): Figure {
  const { values, valueTitle, unit, domain = [0, 1], bins = 20, marked, widthMm = 84 } = options;
  const counted = countedBins(values, domain, bins);
  // Head room for the strokes above the bars.
  const ceiling = Math.max(1, ...counted.map(({ count }) => count)) * (marked ? 1.12 : 1.03);
  const across = {
    type: "quantitative",
    title: valueTitle,
    scale: { domain: [...domain], nice: false },
  };
  return fittedFigure(options, widthMm, 1, (plotWidth) => ({
    width: plotWidth,
    height: Math.round(Math.min(180, plotWidth * 0.55)),
    layer: [
      {
        data: { values: counted.map((bin) => ({ ...bin })) },
        mark: { type: "bar", color: CATEGORY_COLOURS[0], binSpacing: 0.6 },
        encoding: {
          x: {
            field: "from",
            bin: { binned: true },
            ...across,
            axis: { grid: false, tickCount: 6 },
          },
          x2: { field: "to" },
          y: {
            field: "count",
            type: "quantitative",
            title: `Number of ${unit}`,
            scale: { domain: [0, ceiling], nice: false },
            axis: { tickCount: 5, tickMinStep: 1 },
          },
          tooltip: [
            { field: "from", type: "quantitative", title: "From" },
            { field: "to", type: "quantitative", title: "To" },
            { field: "count", type: "quantitative", title: `Number of ${unit}` },
          ],
        },
      },
      ...(marked === undefined
        ? []
        : [
            {
              data: {
                values: marked.values.map((value) => ({
                  value: rounded(value, 4),
                  name: marked.name,
                })),
              },
              mark: { type: "tick", orient: "vertical", thickness: 0.9, size: 9, opacity: 0.85 },
              encoding: {
                x: { field: "value", ...across },
                y: { value: 4 },
                color: {
                  field: "name",
                  type: "nominal",
                  scale: { range: [CATEGORY_COLOURS[1]] },
                  legend: {
                    title: null,
                    orient: "bottom",
                    symbolType: "M0,-1L0,1",
                    symbolStrokeColor: CATEGORY_COLOURS[1],
                  },
                },
              },
            },
          ]),
    ],
  }));
}

function badBins(found: string, expected: string): InputError {
  return new InputError({ kind: "values", field: "histogram", found, expected });
}
