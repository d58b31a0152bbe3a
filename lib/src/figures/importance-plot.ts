import type { PermutationImportance } from "../comparators/forest";
import type { ColumnWidth, Figure, FigureText } from "./figure";
import { intervalPlot } from "./interval-plot";

/** Half-width of a two-sided 95 % interval in standard errors. */
const REACH = 1.96;

/** Importance of predictors in one or several models. */
export interface ImportancePlotOptions extends FigureText {
  readonly models: readonly {
    readonly name: string;
    readonly importance: readonly PermutationImportance[];
  }[];
  /** What importance is measured by, such as "Fall of AUC when shuffled". */
  readonly valueTitle: string;
  readonly widthMm?: ColumnWidth;
}

/**
 * Importance of each predictor as a point on its 95 % interval, the most important in the first
 * model on top; the dashed line is no importance. The interval is that of shuffling and of growing
 * trees again on the same rows; other deposits may differ by more.
 */
export function importancePlot({ models, ...rest }: ImportancePlotOptions): Figure {
  const order = [...(models[0]?.importance ?? [])].sort((a, b) => b.value - a.value);
  const estimates = order.flatMap(({ name }) =>
    models.flatMap((model) =>
      model.importance
        .filter((importance) => importance.name === name)
        .map(({ value, standardError }) => ({
          name,
          group: model.name,
          estimate: {
            value,
            interval: [value - REACH * standardError, value + REACH * standardError] as const,
            confidence: 0.95,
          },
        })),
    ),
  );
  return intervalPlot({ ...rest, estimates, reference: 0 });
}
