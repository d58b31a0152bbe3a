import { captureAt } from "../evaluation/capture";
import { pearson } from "../evaluation/correlation";
import { aucWithInterval } from "../evaluation/delong";
import { proportionWithInterval } from "../evaluation/proportion";
import type { Estimate } from "../evaluation/types";
import { type OccurrenceGroup, occurrenceGroups } from "../patches/groups";
import { selectByError } from "../patches/select";
import { tilePatches } from "../patches/tile";
import type { Patches } from "../patches/types";
import type { Study } from "../study/types";
import {
  type AutoencoderTrial,
  type AutoencoderTrialOptions,
  autoencoderTrials,
} from "./autoencoder-trial";
import {
  type ClassifierTrial,
  type ClassifierTrialOptions,
  classifierTrials,
} from "./classifier-trial";
import type { RunContext } from "./context";
import { type EvidenceRunOptions, evidenceRun } from "./evidence-run";

/** All that decides the headline of a study, from evidence to the threshold. */
export interface MethodOptions extends EvidenceRunOptions {
  readonly patchSize: number;
  readonly autoencoder: AutoencoderTrialOptions;
  readonly classifier: ClassifierTrialOptions;
  /** Shares of patches with the highest and the lowest errors that become labels. */
  readonly proportion: readonly number[];
  /** Probability from which ground counts as prospective. */
  readonly threshold: number;
}

/** One choice that the paper leaves open, set to another value than the study's. */
export interface Variation {
  /** What is varied, such as "filters". */
  readonly choice: string;
  /** Its other value as a reader sees it. */
  readonly value: string;
  readonly autoencoder?: Partial<AutoencoderTrialOptions>;
  readonly classifier?: Partial<ClassifierTrialOptions>;
  /** Other percentiles of the evidence that become 0 and 1. */
  readonly percentiles?: readonly number[];
  /** The study with its evidence made otherwise. */
  readonly study?: Study;
  /** Another seed, for what chance alone does. */
  readonly seed?: number;
}

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
  /** Pearson's correlation of the errors with those of the study as it is. */
  readonly errorCorrelation: number;
}

/** The study as it is, and each variation beside it. */
export interface Sensitivity {
  readonly base: MethodHeadline;
  readonly patches: Patches;
  readonly classifier: ClassifierTrial;
  readonly variations: readonly {
    readonly variation: Variation;
    readonly headline: MethodHeadline;
  }[];
}

/**
 * Runs the method once as the study has it and once a variation, trainings side by side; what the
 * run store holds is not computed again.
 */
export async function sensitivityRuns(
  run: RunContext,
  study: Study,
  options: MethodOptions,
  variations: readonly Variation[],
): Promise<Sensitivity> {
  const all: readonly Variation[] = [AS_IT_IS, ...variations];
  const patches: Patches[] = [];
  for (const { study: other = study, percentiles } of all) {
    const scaling = percentiles === undefined ? options : { ...options, percentiles };
    const { scaled } = await evidenceRun(run, other, scaling);
    patches.push(tilePatches(scaled, { size: options.patchSize }));
  }
  const seedOf = ({ seed = run.seed }: Variation) => seed;
  const errors = await autoencoderTrials(
    run,
    all.map((variation, at) => ({
      label: labelOf(variation),
      patches: patches[at],
      options: { ...options.autoencoder, ...variation.autoencoder },
      seed: seedOf(variation),
    })),
  );
  const [high, low] = options.proportion;
  const maps = await classifierTrials(
    run,
    all.map((variation, at) => ({
      label: labelOf(variation),
      patches: patches[at],
      selection: selectByError(errors[at].errors, { high, low }),
      options: { ...options.classifier, ...variation.classifier },
      seed: seedOf(variation),
    })),
  );
  const headlines = all.map((_, at) => {
    const groups = occurrenceGroups(study, patches[at]);
    return headlineOf(errors[at], maps[at], groups, options.threshold, errors[0]);
  });
  return {
    base: headlines[0],
    patches: patches[0],
    classifier: maps[0],
    variations: variations.map((variation, at) => ({ variation, headline: headlines[at + 1] })),
  };
}

const AS_IT_IS: Variation = { choice: "", value: "as it is" };

const labelOf = ({ choice, value }: Variation) => `${choice} ${value}`.trim();

function headlineOf(
  { errors }: AutoencoderTrial,
  { probabilities, history }: ClassifierTrial,
  groups: readonly OccurrenceGroup[],
  threshold: number,
  base: AutoencoderTrial,
): MethodHeadline {
  const [all] = groups;
  const main = groups.find(({ ids }) => ids.includes("main")) ?? all;
  const { areaShare, occurrenceShare, occurrences } = captureAt(
    probabilities,
    main.assignment,
    threshold,
  );
  return {
    auc: aucWithInterval(errors, all.assignment.labels),
    areaShare,
    mainShare: proportionWithInterval(Math.round(occurrenceShare * occurrences), occurrences),
    mainOccurrences: occurrences,
    finalLoss: history.loss.at(-1) ?? Number.NaN,
    finalAccuracy: history.accuracy?.at(-1) ?? Number.NaN,
    errorCorrelation: pearson(errors, base.errors),
  };
}
