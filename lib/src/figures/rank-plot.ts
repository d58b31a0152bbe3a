import type { RepeatedRanking } from "../evaluation/repeats";
import type { ColumnWidth, Figure, FigureText } from "./figure";
import type { Json } from "./json";
import { fittedFigure } from "./spec";
import { CATEGORY_COLOURS, INK } from "./theme";

/** Things ranked over repeats. */
export interface RankPlotOptions extends FigureText {
  readonly ranking: RepeatedRanking;
  /** What a repeat is, such as "Each seed". */
  readonly repeatTitle?: string;
  /** Ranks to compare with, by label; things without one have no mark. */
  readonly published?: {
    readonly title: string;
    readonly ranks: { readonly [label: string]: number };
  };
  readonly widthMm?: ColumnWidth;
}

const NAMES = { repeat: "Each seed", mean: "Mean rank" } as const;

/**
 * The rank of each thing in every repeat, the span from its best to its worst, its mean, and the
 * published rank where there is one; the highest by mean rank on top.
 */
export function rankPlot(options: RankPlotOptions): Figure {
  const { ranking, repeatTitle = NAMES.repeat, published, widthMm = 84 } = options;
  const rows = [...ranking.rows].sort((one, other) => one.meanRank - other.meanRank);
  const labels = rows.map(({ label }) => label);
  const kinds = [repeatTitle, NAMES.mean, ...(published ? [published.title] : [])];
  const points = rows.flatMap(({ label, ranks, meanRank }) => [
    ...ranks.map((rank) => ({ label, rank, kind: repeatTitle })),
    { label, rank: meanRank, kind: NAMES.mean },
    ...(published?.ranks[label] === undefined
      ? []
      : [{ label, rank: published.ranks[label], kind: published.title }]),
  ]);
  const spans = rows.map(({ label, rankInterval: [best, worst] }) => ({ label, best, worst }));
  const row = { field: "label", type: "nominal", sort: labels, title: null };
  const axis = { labelLimit: 0, grid: true, tickBand: "center", ticks: false };
  const across = (field: string): Json => ({
    field,
    type: "quantitative",
    title: "Rank, 1 contributes most; line from best to worst",
    scale: { domain: [0.5, rows.length + 0.5], nice: false },
    axis: { values: rows.map((_, at) => at + 1), format: "d", grid: false },
  });
  const legend = { title: null, orient: "bottom", symbolSize: 45, columns: 3 };
  const scale = (range: Json): Json => ({ domain: kinds, range: range as readonly Json[] });
  const styles = [
    { shape: "M0,-1V1", fill: FAINT, stroke: FAINT },
    { shape: "circle", fill: CATEGORY_COLOURS[0], stroke: INK },
    { shape: "diamond", fill: "#ffffff", stroke: CATEGORY_COLOURS[1] },
  ].slice(0, kinds.length);
  const part = (key: "shape" | "fill" | "stroke") => ({
    field: "kind",
    type: "nominal",
    scale: scale(styles.map((style) => style[key])),
    legend,
  });
  return fittedFigure(options, widthMm, 1, (plotWidth) => ({
    width: plotWidth,
    height: { step: 17 },
    layer: [
      {
        data: { values: spans },
        mark: { type: "rule", strokeWidth: 1.4, color: INK },
        encoding: { y: { ...row, axis }, x: across("best"), x2: { field: "worst" } },
      },
      {
        data: { values: points },
        mark: { type: "point", size: 38, strokeWidth: 1.1, opacity: 1 },
        encoding: {
          y: { ...row, axis },
          x: across("rank"),
          shape: part("shape"),
          fill: part("fill"),
          stroke: part("stroke"),
          tooltip: [
            { field: "label", type: "nominal" },
            { field: "kind", type: "nominal" },
            { field: "rank", type: "quantitative", format: ".1f" },
          ],
        },
      },
    ],
  }));
}

const FAINT = "#555555";
