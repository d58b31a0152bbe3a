import { bestLayer } from "../baselines/single-layer";
import { aucWithInterval } from "../evaluation/delong";
import type { Estimate } from "../evaluation/types";
import { valueText } from "../method/value-text";
import { isSkipped } from "../skipped";
import type { Row } from "../tables/table";
import {
  type Comparison,
  differingParameters,
  groupOf,
  mainGroupId,
  sides,
} from "./compared-variant";
import { captureTests, errorTests, isBeyondChance, type VariantTest } from "./variant-tests";
import { estimateText } from "./words";

/** One row a variant: the parameters that are not the same in all. */
export function variantRows(comparison: Comparison): Row[] {
  const names = differingParameters(comparison);
  return comparison.variants.map(({ name, method }) => ({
    variant: name,
    ...Object.fromEntries(names.map((each) => [each, cellOf(method[each])])),
  }));
}

const cellOf = (value: unknown) => valueText(value);

/** Parameters that stand in the table of the headline; more are left to a table of their own. */
const MOST_SHOWN = 3;

/**
 * One row a variant: what it sets, AUC of the error for all occurrences, and whether that differs
 * from the reference's.
 */
export function errorHeadlineRows(comparison: Comparison): Row[] {
  const [{ groups }] = comparison.variants;
  const tested = errorTests(comparison, groups[0].ids[0]);
  const names = differingParameters(comparison).slice(0, MOST_SHOWN);
  return headlineRows(comparison, tested, "AUC of the error").map(({ variant, ...row }, at) => {
    const { method } = comparison.variants[at];
    const set = names.map((name) => [name, cellOf(method[name])]);
    return { variant, ...Object.fromEntries(set), ...row };
  });
}

/**
 * One row a variant: the area under its map's success-rate curve for the main commodity, whether it
 * differs from the reference's, and what the map marks at the threshold.
 */
export function mapHeadlineRows(comparison: Comparison): Row[] {
  const { mainCommodity } = comparison.study;
  const tested = captureTests(comparison, mainGroupId(comparison), "probabilities");
  const rows = headlineRows(comparison, tested, "success-rate area");
  return rows.map((row, at) => {
    const { areaShare, mainShare } = comparison.variants[at].headline;
    return {
      ...row,
      "ground marked (%)": (100 * areaShare).toFixed(1),
      [`${mainCommodity} there (%)`]: estimateText(inPercent(mainShare), 1),
    };
  });
}

function headlineRows(comparison: Comparison, tested: readonly VariantTest[], what: string): Row[] {
  const { reference } = sides(comparison);
  return tested.map((test) => {
    const { variant, estimate, against } = test;
    const known = against !== null && !isSkipped(against) ? against : null;
    return {
      variant: variant.name,
      [what]: estimate === null ? null : estimateText(estimate),
      [`less ${reference.name}`]: known === null ? noneText(against) : signedText(known.difference),
      "more than chance":
        known && `${isBeyondChance(test) ? "yes" : "no"} (p ${pText(known.adjusted)})`,
    };
  });
}

function inPercent({ value, interval: [low, high], confidence }: Estimate): Estimate {
  return { value: 100 * value, interval: [100 * low, 100 * high], confidence };
}

function noneText(against: VariantTest["against"]): string | null {
  return against === null ? null : "no paired test";
}

/** A difference with its sign and interval, such as "+0.021 (-0.004 to 0.046)". */
export function signedText(difference: Estimate): string {
  const text = estimateText(difference);
  return difference.value > 0 ? `+${text}` : text;
}

/** A p-value to the digits that it bears. */
export function pText(p: number): string {
  return p < 0.001 ? "< 0.001" : p.toFixed(3);
}

/** One row a variant and group of occurrences: every number of both tests, with all digits. */
export function variantTestRows(comparison: Comparison): Row[] {
  const ids = [
    ...new Set(comparison.variants.flatMap(({ groups }) => groups.map((g) => g.ids[0]))),
  ];
  const kinds = [
    ["AUC of the error", errorTests],
    ["success rate of the error", captured("errors")],
    ["success rate of the map", captured("probabilities")],
  ] as const;
  return ids.flatMap((id) =>
    kinds.flatMap(([measure, test]) =>
      test(comparison, id).map(({ variant, estimate, against }) => {
        const known = against !== null && !isSkipped(against) ? against : null;
        return {
          occurrences: groupOf(variant, id)?.title ?? id,
          measure,
          variant: variant.name,
          value: estimate?.value ?? null,
          from: estimate?.interval[0] ?? null,
          to: estimate?.interval[1] ?? null,
          difference: known?.difference.value ?? null,
          "difference from": known?.difference.interval[0] ?? null,
          "difference to": known?.difference.interval[1] ?? null,
          p: known?.p ?? null,
          "p (Holm)": known?.adjusted ?? null,
        };
      }),
    ),
  );
}

const captured = (kind: "errors" | "probabilities") => (comparison: Comparison, id: string) =>
  captureTests(comparison, id, kind);

/** One row a variant: the error beside the baselines that need no network, by AUC of all occurrences. */
export function variantBaselineRows({ variants }: Comparison): Row[] {
  return variants.map(({ name, errors, baselines: { layers, pca }, groups: [all] }) => {
    const { labels } = all.assignment;
    const best = layers.length === 0 ? null : bestLayer(layers, labels);
    const text = (values: Float64Array) => estimateText(aucWithInterval(values, labels));
    return {
      variant: name,
      "CAE error": text(errors),
      "PCA error": text(pca.errors),
      "best layer": best === null ? null : text(best.scores),
      "which layer": best?.layer.label ?? null,
    };
  });
}

/** One row a variant: seconds of its two networks when they were trained, and of its notebooks. */
export function variantTimeRows({ variants }: Comparison): Row[] {
  return variants.map(({ name, autoencoder, classifier, notebooks }) => {
    const timed = notebooks.flatMap(({ seconds }) => (seconds === null ? [] : [seconds]));
    return {
      variant: name,
      "auto-encoder (s)": autoencoder.seconds,
      "classifier (s)": classifier.seconds,
      "loss at the end": autoencoder.history.loss.at(-1) ?? null,
      "notebooks run": notebooks.map(({ id }) => id.slice(0, 2)).join(", "),
      "notebooks (s)": timed.reduce((sum, each) => sum + each, 0),
    };
  });
}
