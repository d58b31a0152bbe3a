import { aucWithInterval } from "../evaluation/delong";
import { rocCurve } from "../evaluation/roc";
import type { Figure } from "../figures/figure";
import { intervalPlot, type NamedEstimate } from "../figures/interval-plot";
import type { ComparedRoc } from "../figures/roc-comparison";
import { type NamedSuccessRate, namedSuccessRate } from "../figures/success-rate-curves";
import { valuePlot } from "../figures/value-plot";
import type { MethodName } from "../method/parameters";
import {
  type ComparedVariant,
  type Comparison,
  differingParameters,
  groupOf,
  mainGroupId,
  sides,
} from "./compared-variant";
import { drawnVariants } from "./variant-maps";
import { captureTests, errorTests } from "./variant-tests";

/** The headline of every variant: both areas under the curve with their intervals. */
export function variantEstimates(comparison: Comparison): (NamedEstimate & { group: string })[] {
  const id = comparison.variants[0].groups[0].ids[0];
  const sets = [
    ["AUC of the error", errorTests(comparison, id)],
    [
      "area under the map's success-rate curve",
      captureTests(comparison, mainGroupId(comparison), "probabilities"),
    ],
  ] as const;
  return comparison.variants.flatMap(({ name }, at) =>
    sets.flatMap(([group, tested]) => {
      const { estimate } = tested[at];
      return estimate === null ? [] : [{ name, group, estimate }];
    }),
  );
}

/** The one parameter that a sweep varies, and its number in each variant; null where there is none. */
export function sweptNumber(
  comparison: Comparison,
): { readonly name: MethodName; readonly values: readonly number[] } | null {
  const names = differingParameters(comparison);
  const values = comparison.variants.map(({ method }: ComparedVariant) => method[names[0]]);
  const isNumber = (value: unknown): value is number => typeof value === "number";
  return names.length === 1 && values.length > 2 && values.every(isNumber)
    ? { name: names[0], values }
    : null;
}

/** The headline by variant; of one number that was swept, over that number. */
export function variantHeadlineFigure(comparison: Comparison): Figure {
  const estimates = variantEstimates(comparison);
  const title = "Areas under the curve by variant, 95 % intervals";
  const valueTitle = "Area under the curve";
  const swept = sweptNumber(comparison);
  // Seeds are names that look like numbers: nothing lies between two of them.
  if (swept === null || swept.name === "seed") {
    return intervalPlot({ title, estimates, valueTitle, widthMm: 174 });
  }
  const numberOf = new Map(comparison.variants.map(({ name }, at) => [name, swept.values[at]]));
  return valuePlot({
    ...{ title: `Areas under the curve by ${swept.name}, 95 % intervals`, valueTitle },
    alongTitle: swept.name,
    estimates: estimates.map(({ name, ...each }) => ({ ...each, at: numberOf.get(name) ?? 0 })),
  });
}

/** The ROC curve of each variant's errors for all occurrences, the reference's the main one. */
export function variantRocs(comparison: Comparison): ComparedRoc[] {
  const { reference } = sides(comparison);
  return drawnVariants(comparison).map((variant) => {
    const { labels } = variant.groups[0].assignment;
    return {
      name: variant.name,
      curve: rocCurve(variant.errors, labels),
      interval: aucWithInterval(variant.errors, labels).interval,
      ...(variant === reference && { role: "main" as const }),
    };
  });
}

/** The success-rate curve of each variant's map for the main commodity, the reference's with a band. */
export function variantSuccessRates(comparison: Comparison): NamedSuccessRate[] {
  const { reference } = sides(comparison);
  const { seed } = comparison;
  return drawnVariants(comparison).flatMap((variant) => {
    const assignment = groupOf(variant, mainGroupId(comparison))?.assignment;
    if (assignment === undefined) return [];
    const band = variant === reference ? { seed } : undefined;
    return [namedSuccessRate(variant.name, variant.probabilities, assignment, band)];
  });
}

/** The learning curve of each variant's network. */
export function variantLearning(comparison: Comparison, network: "autoencoder" | "classifier") {
  return drawnVariants(comparison).map((variant) => ({
    name: variant.name,
    history: variant[network].history,
  }));
}
