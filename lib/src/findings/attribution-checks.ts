import type { BootstrapEstimate, BootstrapOptions } from "../evaluation/bootstrap";
import type { Patches } from "../patches/types";
import type { OtherLearning } from "../runs/attribution-checks";
import type { Row } from "../tables/table";
import { rankAgreement } from "./attribution";
import type { Measured, Metrics } from "./measured";
import { estimateText } from "./words";

/** How far attributions are alike that come from what another classifier has learnt. */
export interface AttributionCheck {
  readonly learning: OtherLearning;
  /**
   * Rank correlation over patches and layers with the study's attributions, sign heeded and of sizes
   * alone; null where one is the same all over.
   */
  readonly signed: BootstrapEstimate | null;
  readonly sizes: BootstrapEstimate | null;
}

/**
 * Holds attributions against those of classifiers that have learnt the same, something else, and
 * nothing.
 *
 * @param own [count, bands]
 * @param others likewise
 * @param blocks how intervals draw blocks of patches; all layers of a patch are drawn together
 */
export function attributionChecks(
  { places, bands }: Patches,
  own: Float64Array,
  others: readonly { readonly learning: OtherLearning; readonly byLayer: Float64Array }[],
  blocks: BootstrapOptions & { readonly blockSize: number },
): AttributionCheck[] {
  const byValue = Array.from(own, (_, at) => places[Math.floor(at / bands.length)]);
  return others.map(({ learning, byLayer }) => ({
    learning,
    signed: rankAgreement(own, byLayer, byValue, blocks),
    sizes: rankAgreement(own.map(Math.abs), byLayer.map(Math.abs), byValue, blocks),
  }));
}

const NAMES: Readonly<Record<OtherLearning, string>> = {
  reseeded: "the same labels, from another seed",
  shuffled: "labels shuffled among the labelled patches",
  untrained: "nothing: weights as they are drawn",
};

/** Rank correlations with attributions of other classifiers. */
export function attributionCheckMetrics(checks: readonly AttributionCheck[]): Metrics {
  const metrics: { [key: string]: Measured } = {};
  for (const { learning, signed, sizes } of checks) {
    for (const [what, estimate] of Object.entries({ signed, sizes })) {
      if (estimate === null) continue;
      const { value, interval } = estimate;
      metrics[`attribution.check.${learning}.${what}`] = { value, interval };
    }
  }
  return metrics;
}

/** One row a classifier. */
export function attributionCheckRows(checks: readonly AttributionCheck[]): Row[] {
  return checks.map(({ learning, signed, sizes }) => ({
    "what the other classifier learnt": NAMES[learning],
    "attributions alike": signed?.value ?? null,
    from: signed?.interval[0] ?? null,
    to: signed?.interval[1] ?? null,
    "sizes alone": sizes?.value ?? null,
  }));
}

/** Whether attributions hang on what was learnt, and what of them does not. */
export function attributionCheckSentences(checks: readonly AttributionCheck[]): string[] {
  const of = (learning: OtherLearning) => checks.find((each) => each.learning === learning);
  const [same, shuffled, untrained] = (["reseeded", "shuffled", "untrained"] as const).map(of);
  if (!same?.signed || !shuffled?.signed) {
    return [
      "Attributions are the same all over, so that nothing can be said of what they hang on.",
    ];
  }
  const highest = Math.max(
    shuffled.signed.interval[1],
    untrained?.signed?.interval[1] ?? Number.NEGATIVE_INFINITY,
  );
  const hangs = same.signed.interval[0] > highest;
  const nothing = untrained?.signed
    ? `, and to those of one that learnt nothing by ${estimateText(untrained.signed, 2)}`
    : "";
  const verdict = hangs
    ? "They **hang on what was learnt**: who learnt the same says much the same, who did not says something else."
    : "**That does not tell them apart**: read them as how far ground departs from the baseline, not as what the network has learnt.";
  const sizes =
    shuffled.sizes === null
      ? []
      : [
          `Their sizes alone are alike by ${estimateText(shuffled.sizes, 2)} where labels were shuffled: so much of how large a part is follows from how far the layer lies from its baseline, whatever was learnt.`,
        ];
  return [
    `Attributions are alike to those of a classifier that learnt the same labels from another seed by a rank correlation of ${estimateText(same.signed, 2)}, to those of one that learnt shuffled labels by ${estimateText(shuffled.signed, 2)}${nothing}. ${verdict}`,
    ...sizes,
  ];
}
