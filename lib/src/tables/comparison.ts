import type { BootstrapOptions } from "../evaluation/bootstrap";
import { type AucComparison, aucWithInterval, compareAucs } from "../evaluation/delong";
import { holmAdjusted } from "../evaluation/holm";
import { aucBootstrap } from "../evaluation/occurrence-bootstrap";
import type { OccurrenceGroup } from "../patches/groups";
import type { NamedScores } from "./evaluation";
import type { Row } from "./table";

/**
 * One row a group and score: AUC with DeLong's 95 % interval, and the bootstrap interval over the
 * patches that hold an occurrence; no bootstrap interval where only one does.
 */
export function aucIntervalRows(
  scores: readonly NamedScores[],
  groups: readonly OccurrenceGroup[],
  options: BootstrapOptions,
): Row[] {
  return groups.flatMap(({ title, assignment: { labels } }) =>
    scores.map(({ name, values }) => {
      const { value, interval } = aucWithInterval(values, labels);
      const holding = labels.reduce((sum, label) => sum + label, 0);
      const resampled = holding < 2 ? null : aucBootstrap(values, labels, options).interval;
      return {
        occurrences: title,
        score: name,
        AUC: value,
        "DeLong from": interval[0],
        "DeLong to": interval[1],
        "bootstrap from": resampled?.[0] ?? null,
        "bootstrap to": resampled?.[1] ?? null,
      };
    }),
  );
}

/** A score held against another. */
export interface NamedComparison {
  readonly name: string;
  readonly comparison: AucComparison;
  /** Two-sided p adjusted for all that were compared together. */
  readonly adjusted: number;
}

/**
 * Each score against one and the same, by DeLong's paired test on a group of occurrences, with
 * p-values adjusted by Holm for their number.
 */
export function comparisonsWith(
  reference: NamedScores,
  scores: readonly NamedScores[],
  { assignment }: OccurrenceGroup,
): NamedComparison[] {
  const comparisons = scores.map(({ name, values }) => ({
    name,
    comparison: compareAucs(values, reference.values, assignment.labels),
  }));
  const adjusted = holmAdjusted(comparisons.map(({ comparison }) => comparison.p));
  return comparisons.map((each, at) => ({ ...each, adjusted: adjusted[at] }));
}

/** One row a comparison: the difference of AUCs with its interval, z, p and Holm's p. */
export function comparisonRows(
  reference: NamedScores,
  scores: readonly NamedScores[],
  group: OccurrenceGroup,
): Row[] {
  return comparisonsWith(reference, scores, group).map(({ name, comparison, adjusted }) => ({
    occurrences: group.title,
    score: name,
    AUC: comparison.first,
    [`less ${reference.name}`]: comparison.difference.value,
    from: comparison.difference.interval[0],
    to: comparison.difference.interval[1],
    z: comparison.z,
    p: comparison.p,
    "p (Holm)": adjusted,
  }));
}
