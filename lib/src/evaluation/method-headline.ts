import { mainGroup, type OccurrenceGroup } from "../patches/groups";
import { captureAt } from "./capture";
import { pearson } from "./correlation";
import { aucWithInterval } from "./delong";
import { proportionWithInterval } from "./proportion";
import type { Estimate } from "./types";

/** What the method says of a study in a few numbers. */
export interface MethodHeadline {
  /** AUC of the reconstruction error for all occurrences, DeLong's interval. */
  readonly auc: Estimate;
  /** Share of the area at or above the threshold. */
  readonly areaShare: number;
  /** Share of the main commodity's occurrences there, Wilson's interval, and their number. */
  readonly mainShare: Estimate;
  readonly mainOccurrences: number;
  /** Last epoch of the classifier. */
  readonly finalLoss: number;
  readonly finalAccuracy: number;
}

/** What of a classifier its headline is of. */
interface ScoredTraining {
  readonly probabilities: Float64Array;
  readonly history: { readonly loss: readonly number[]; readonly accuracy?: readonly number[] };
}

/** The headline of errors and probabilities of all patches, in the order of the groups' labels. */
export function methodHeadline(
  errors: Float64Array,
  { probabilities, history }: ScoredTraining,
  groups: readonly OccurrenceGroup[],
  threshold: number,
): MethodHeadline {
  const [all] = groups;
  const { assignment } = mainGroup(groups);
  const { areaShare, occurrenceShare, occurrences } = captureAt(
    probabilities,
    assignment,
    threshold,
  );
  return {
    auc: aucWithInterval(errors, all.assignment.labels),
    areaShare,
    mainShare: proportionWithInterval(Math.round(occurrenceShare * occurrences), occurrences),
    mainOccurrences: occurrences,
    finalLoss: history.loss.at(-1) ?? Number.NaN,
    finalAccuracy: history.accuracy?.at(-1) ?? Number.NaN,
  };
}

/** A headline, and the reconstruction errors that it is of. */
export interface HeadlineErrors {
  readonly headline: MethodHeadline;
  readonly errors: Float64Array;
}

/** The headline with one choice made otherwise. */
export interface VariedHeadline {
  /** What is varied, such as "filters", and its other value as a reader sees it. */
  readonly choice: string;
  readonly value: string;
  readonly headline: MethodHeadline;
  /** Pearson's correlation of the errors with those of the study as it is. */
  readonly errorCorrelation: number;
}

/** The study as it is, and each variation beside it. */
export interface Sensitivity {
  readonly base: MethodHeadline;
  readonly variations: readonly VariedHeadline[];
}

/** Holds each variation against the study as it is. */
export function sensitivityOf(
  base: HeadlineErrors,
  variations: readonly (HeadlineErrors & Pick<VariedHeadline, "choice" | "value">)[],
): Sensitivity {
  return {
    base: base.headline,
    variations: variations.map(({ choice, value, headline, errors }) => ({
      ...{ choice, value, headline },
      errorCorrelation: pearson(errors, base.errors),
    })),
  };
}
