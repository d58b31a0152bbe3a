import { spearman } from "../evaluation/correlation";
import type { OtherLearning } from "../runs/attribution-checks";
import type { Row } from "../tables/table";
import type { Measured, Metrics } from "./measured";

/** How far attributions are alike that come from what another classifier has learnt. */
export interface AttributionCheck {
  readonly learning: OtherLearning;
  /**
   * Rank correlations over patches and layers with the study's attributions, one a draw: sign heeded,
   * and of sizes alone.
   */
  readonly signed: readonly number[];
  readonly sizes: readonly number[];
}

/**
 * Holds attributions against those of classifiers that have learnt the same, something else, and
 * nothing. Draws where either is the same all over have no correlation and are left out.
 *
 * @param own [count, bands]
 * @param others likewise, of any number of classifiers
 */
export function attributionChecks(
  own: Float64Array,
  others: readonly { readonly learning: OtherLearning; readonly byLayer: Float64Array }[],
): AttributionCheck[] {
  const kinds = [...new Set(others.map(({ learning }) => learning))];
  return kinds.map((learning) => {
    const draws = others.filter((each) => each.learning === learning);
    const over = (view: (values: Float64Array) => Float64Array) =>
      draws.flatMap(({ byLayer }) => spearman(view(own), view(byLayer)) ?? []);
    return {
      learning,
      signed: over((values) => values),
      sizes: over((values) => values.map(Math.abs)),
    };
  });
}

const NAMES: Readonly<Record<OtherLearning, string>> = {
  reseeded: "the same labels, from another seed",
  shuffled: "labels shuffled among the labelled patches",
  untrained: "nothing: weights as they are drawn",
};

/** Mean over draws with the least and the largest. */
function over(draws: readonly number[]): Measured {
  return {
    value: draws.reduce((sum, value) => sum + value, 0) / draws.length,
    interval: [Math.min(...draws), Math.max(...draws)],
    n: draws.length,
  };
}

/** Mean rank correlation with attributions of each kind of classifier, least and largest draw. */
export function attributionCheckMetrics(checks: readonly AttributionCheck[]): Metrics {
  const metrics: { [key: string]: Measured } = {};
  for (const { learning, signed, sizes } of checks) {
    if (signed.length > 0) metrics[`attribution.check.${learning}.signed`] = over(signed);
    if (sizes.length > 0) metrics[`attribution.check.${learning}.sizes`] = over(sizes);
  }
  return metrics;
}

/** One row a kind of classifier. */
export function attributionCheckRows(checks: readonly AttributionCheck[]): Row[] {
  return checks
    .filter(({ signed, sizes }) => signed.length > 0 && sizes.length > 0)
    .map(({ learning, signed, sizes }) => ({
      "what the others learnt": NAMES[learning],
      classifiers: signed.length,
      "attributions alike": over(signed).value,
      least: over(signed).interval![0],
      largest: over(signed).interval![1],
      "sizes alone": over(sizes).value,
    }));
}

/** Whether attributions hang on what was learnt, and what of them does not. */
export function attributionCheckSentences(checks: readonly AttributionCheck[]): string[] {
  const drawsOf = (which: OtherLearning, what: "signed" | "sizes" = "signed") =>
    checks.find(({ learning }) => learning === which)?.[what] ?? [];
  const [same, shuffled, untrained] = (["reseeded", "shuffled", "untrained"] as const).map(
    (which) => drawsOf(which),
  );
  if (same.length === 0 || shuffled.length === 0 || untrained.length === 0) {
    return [
      "Some attributions are the same all over, so that nothing can be said of what they hang on.",
    ];
  }
  const text = (draws: readonly number[]) => {
    const { value, interval } = over(draws);
    return `${value.toFixed(2)} (${interval!.map((bound) => bound.toFixed(2)).join(" to ")})`;
  };
  const isHigher = Math.min(...same) > Math.max(...shuffled, ...untrained);
  const verdict = isHigher
    ? "The first are above all of the others: attributions **hang on what was learnt**. How far the first are from 1 is how far another seed would explain the same map otherwise."
    : "**The first are not above all of the others**: read attributions as how far ground departs from the baseline, and not as what the network has learnt.";
  const sizes = drawsOf("shuffled", "sizes");
  return [
    `Attributions have a rank correlation of **${text(same)}** with those of classifiers that learnt the same labels from other seeds, of ${text(shuffled)} where labels were shuffled, and of ${text(untrained)} where nothing was learnt; least and largest of ${same.length} in brackets. ${verdict}`,
    `Of their sizes alone it is ${text(sizes)} where labels were shuffled: so much of how large a part is follows from how far the layer lies from its baseline, whatever was learnt.`,
  ];
}
