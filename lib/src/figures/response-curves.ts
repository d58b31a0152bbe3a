import type { ResponseCurve } from "../comparators/response-curves";
import type { ColumnWidth, Figure, FigureText } from "./figure";
import type { Json } from "./json";
import { fittedFigure, rounded } from "./spec";
import { FONT_SIZE, INK, LINE_LEGEND, lineStyle, px } from "./theme";

/** Response curves of one or several models. */
export interface ResponseCurvesOptions extends FigureText {
  readonly models: readonly {
    readonly name: string;
    readonly responses: readonly ResponseCurve[];
  }[];
  /** Plots beside each other; 3 at single width and 5 at double when absent. */
  readonly columns?: number;
  readonly widthMm?: ColumnWidth;
}

/** One small plot a predictor: the score of each model along it, all on one vertical scale. */
export function responseCurvesPlot(options: ResponseCurvesOptions): Figure {
  const { models, widthMm = 174 } = options;
  const names = [...new Set(models.flatMap(({ responses }) => responses.map(({ name }) => name)))];
  const columns = Math.min(names.length, options.columns ?? (widthMm === 84 ? 3 : 5));
  const highest = Math.max(
    ...models.flatMap(({ responses }) => responses.flatMap(({ scores }) => [...scores])),
  );
  const styles = models.map((_, index) => lineStyle(index));
  const domain = models.map(({ name }) => name);
  const legend = models.length === 1 ? null : { ...LINE_LEGEND, orient: "bottom", columns: 2 };
  return fittedFigure(options, widthMm, columns, (plotWidth) => ({
    columns,
    spacing: { row: 10, column: 10 },
    align: "each",
    concat: names.map((name, index) => {
      const isFirst = index % columns === 0;
      return {
        title: {
          text: name,
          anchor: "middle",
          frame: "group",
          fontSize: px(FONT_SIZE.label),
          fontWeight: "normal",
          color: INK,
          offset: 3,
        },
        width: plotWidth,
        height: Math.round(plotWidth * 0.8),
        data: { values: points(models, name) },
        mark: { type: "line", strokeWidth: 1.3 },
        encoding: {
          x: {
            field: "value",
            type: "quantitative",
            title: null,
            scale: { zero: false, nice: false },
            axis: { tickCount: 3, grid: false },
          },
          y: {
            field: "score",
            type: "quantitative",
            title: isFirst ? "Score" : null,
            scale: { domain: [0, Math.max(1e-9, rounded(highest * 1.05, 3))] },
            axis: { tickCount: 4, labels: isFirst, ticks: isFirst },
          },
          color: {
            field: "model",
            type: "nominal",
            scale: { domain, range: styles.map(({ colour }) => colour) },
            legend,
          },
          strokeDash: {
            field: "model",
            type: "nominal",
            scale: { domain, range: styles.map(({ dash }) => [...dash]) },
            legend,
          },
        },
      };
    }),
  }));
}

function points(models: ResponseCurvesOptions["models"], name: string): Json[] {
  return models.flatMap((model) =>
    model.responses
      .filter((response) => response.name === name)
      .flatMap(({ values, scores }) =>
        Array.from(values, (value, at) => ({
          model: model.name,
          value: rounded(value),
          score: rounded(scores[at]),
        })),
      ),
  );
}
