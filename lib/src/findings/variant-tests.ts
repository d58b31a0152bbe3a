import { aucWithInterval, compareAucs } from "../evaluation/delong";
import { holmAdjusted } from "../evaluation/holm";
import { successRateAreaBootstrap } from "../evaluation/occurrence-bootstrap";
import { compareCaptures } from "../evaluation/paired-capture";
import type { Estimate } from "../evaluation/types";
import { type Found, isSkipped, skipped } from "../skipped";
import {
  type ComparedVariant,
  type Comparison,
  groupOf,
  hasSamePatches,
  sides,
} from "./compared-variant";

/** How a variant's number differs from the reference's. */
export interface PairedDifference {
  /** The variant's less the reference's, with its 95 % interval. */
  readonly difference: Estimate;
  /** Two-sided, and adjusted by Holm for all that were held against the reference together. */
  readonly p: number;
  readonly adjusted: number;
}

/** A number of one variant, and how it differs from the reference's. */
export interface VariantTest {
  readonly variant: ComparedVariant;
  /** Null where too few patches hold an occurrence of the group. */
  readonly estimate: Estimate | null;
  /** Null of the reference itself; skipped where no paired test is possible. */
  readonly against: Found<PairedDifference> | null;
}

/** Which map of a variant: the auto-encoder's error, or the classifier's probability. */
export type MapKind = "errors" | "probabilities";

/**
 * Area under the ROC curve of each variant's errors with DeLong's interval, and DeLong's paired test
 * against the reference, on the same patches; of other patches there is none.
 *
 * @param id of a group of occurrences, such as "all"
 */
export function errorTests(comparison: Comparison, id: string): VariantTest[] {
  const { reference } = sides(comparison);
  return tests(comparison, id, {
    estimate: (variant, { labels }) => aucWithInterval(variant.errors, labels),
    compare(variant, { labels }) {
      if (!hasSamePatches(variant, reference)) {
        return skipped("its patches are not those of the reference");
      }
      return compareAucs(variant.errors, reference.errors, labels);
    },
  });
}

/**
 * Area under the success-rate curve of each variant's map with its bootstrap interval over
 * occurrences, and a paired bootstrap test against the reference at the same occurrences, which
 * patches of another size allow, too.
 */
export function captureTests(comparison: Comparison, id: string, kind: MapKind): VariantTest[] {
  const { reference } = sides(comparison);
  const { seed } = comparison;
  const held = groupOf(reference, id)?.assignment;
  return tests(comparison, id, {
    estimate: (variant, assignment) =>
      assignment.assigned.length < 2
        ? null
        : successRateAreaBootstrap(variant[kind], assignment, { seed }),
    compare(variant, assignment) {
      const ours = { scores: variant[kind], holding: assignment };
      const compared =
        held && compareCaptures(ours, { scores: reference[kind], holding: held }, { seed });
      return compared ?? skipped("the occurrences that both maps hold lie in one place");
    },
  });
}

type Assignment = ComparedVariant["groups"][number]["assignment"];

interface Measure {
  estimate(variant: ComparedVariant, assignment: Assignment): Estimate | null;
  compare(
    variant: ComparedVariant,
    assignment: Assignment,
  ): Found<{ readonly difference: Estimate; readonly p: number }>;
}

function tests(comparison: Comparison, id: string, measure: Measure): VariantTest[] {
  const { reference } = sides(comparison);
  const compared = comparison.variants.map((variant) => {
    const assignment = groupOf(variant, id)?.assignment;
    if (assignment === undefined) return { variant, estimate: null, found: tooFew(id) };
    const estimate = measure.estimate(variant, assignment);
    const found = variant === reference ? null : measure.compare(variant, assignment);
    return { variant, estimate, found };
  });
  const known = compared.flatMap(({ found }) =>
    found === null || isSkipped(found) ? [] : [found],
  );
  const adjusted = holmAdjusted(known.map(({ p }) => p));
  return compared.map(({ variant, estimate, found }): VariantTest => {
    if (found === null || isSkipped(found)) return { variant, estimate, against: found };
    const { difference, p } = found;
    return {
      variant,
      estimate,
      against: { difference, p, adjusted: adjusted[known.indexOf(found)] },
    };
  });
}

function tooFew(id: string) {
  return skipped(`fewer than two of its patches hold an occurrence of group ${id}, or lack one`);
}

/** Whether a difference is larger than chance among patches or occurrences would make it. */
export function isBeyondChance(test: VariantTest): test is VariantTest & {
  readonly against: PairedDifference;
} {
  const { against } = test;
  return against !== null && !isSkipped(against) && against.adjusted < 0.05;
}
