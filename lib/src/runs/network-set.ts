import { withoutScore } from "../evaluation/capture";
import { rankShares } from "../evaluation/ranks";
import type { Patches } from "../patches/types";
import type { RunContext } from "./context";
import { deepEnsemble } from "./deep-ensemble";
import type { MethodScores } from "./method-set";
import { type NetworkKind, type NetworkOptions, networkPlan } from "./network-plans";
import { type NetworkTrial, networkTrials } from "./network-trial";

/** How the field's networks are trained. */
export interface NetworkSetOptions extends Omit<NetworkOptions, "prior"> {
  /** Fold of each patch, such as spatial blocks; null where there are none: no score is out of sample. */
  readonly folds: ArrayLike<number> | null;
  /** Shares of patches that the paper's method labels by its errors, for an ensemble of classifiers. */
  readonly proportion: { readonly high: number; readonly low: number };
  /** Whether to train those only that are told of occurrences, or those only that are not; all when absent. */
  readonly told?: boolean;
  /** Networks of an ensemble; ENSEMBLE_MEMBERS when absent. */
  readonly members?: number;
  /**
   * Share of positives among the unlabelled patches, for the non-negative risk. The share labelled
   * prospective when absent: what the paper itself takes for positive, which looks at no occurrence of
   * the study. Never less than the share of patches that hold a known one.
   */
  readonly prior?: number;
}

/** The five members that Lakshminarayanan et al. (2017) give their ensembles throughout. */
export const ENSEMBLE_MEMBERS = 5;

/** How each network is called, in the order in which they are told. */
const NAMES: Readonly<Record<NetworkKind, string>> = {
  variational: "Variational auto-encoder",
  denoising: "Denoising auto-encoder",
  nonNegative: "nnPU network",
  residual: "Residual network",
};

/**
 * The field's networks on the same patches and folds, in-sample and out of fold, those first that are
 * told of no occurrence: a variational (Kingma and Welling, 2014) and a denoising auto-encoder (Vincent
 * et al., 2008); deep ensembles of the CAE's error and of the probability of the paper's chain
 * (Lakshminarayanan et al., 2017); the paper's CNN by the non-negative risk of positive and unlabelled
 * patches (Kiryo et al., 2017); a small residual network (He et al., 2016) that takes patches without
 * an occurrence for background. All have the epochs, batches and learning rate of the method's own.
 *
 * Out of fold, errors are ranks over the district by the fit without the fold, and probabilities are as
 * they come.
 *
 * @param labels 1 for patches that hold an occurrence, else 0
 * @throws InputError as networkTrials and selectByError
 * @throws as runTrials
 */
export async function networkSet(
  run: RunContext,
  patches: Patches,
  labels: Uint8Array,
  options: NetworkSetOptions,
): Promise<MethodScores[]> {
  const { folds, told, members = ENSEMBLE_MEMBERS } = options;
  const known = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  const prior = Math.max(options.prior ?? options.proportion.high, known);
  const kinds = (Object.keys(NAMES) as NetworkKind[]).filter(
    (kind) => told === undefined || networkPlan(kind, { ...options, prior }).isTold === told,
  );
  const parts = trainingParts(labels.length, folds);
  const tasks = kinds.flatMap((kind) =>
    parts.map(({ label, training }) => ({ kind, training, label: `${NAMES[kind]}${label}` })),
  );
  const trials = await networkTrials(run, patches, labels, tasks, { ...options, prior });
  const networks = kinds.map((kind, at): MethodScores => {
    const own = trials.slice(at * parts.length, (at + 1) * parts.length);
    const { isTold } = networkPlan(kind, { ...options, prior });
    const [whole, ...without] = own.map(({ scores }) => scores);
    return {
      ...{ id: kind, name: NAMES[kind], isTold, inSample: whole },
      outOfSample: outOfFold(without, parts.slice(1), { count: labels.length, ranks: !isTold }),
      seconds: secondsOf(own),
    };
  });
  const ensembles =
    told === true ? [] : await deepEnsemble(run, patches, parts, { ...options, members });
  const untold = networks.filter(({ isTold }) => !isTold);
  return [
    ...untold,
    ...ensembles.map(({ id, name, isError, scores: [whole, ...without], seconds }) => ({
      ...{ id, name, isTold: false, inSample: whole, seconds },
      outOfSample: outOfFold(without, parts.slice(1), { count: labels.length, ranks: isError }),
    })),
    ...networks.filter(({ isTold }) => isTold),
  ];
}

/** Patches that a network is trained on: all, or all without a fold. */
export interface TrainingPart {
  /** What to add to the network's name. */
  readonly label: string;
  readonly training: Uint32Array;
  /** Patches that only this network has not seen. */
  readonly held: Uint32Array;
}

/** All patches first, then those without each fold. */
function trainingParts(count: number, folds: ArrayLike<number> | null): TrainingPart[] {
  const all = Uint32Array.from({ length: count }, (_, patch) => patch);
  const whole = { label: "", training: all, held: all.subarray(0, 0) };
  if (folds === null) return [whole];
  const numbers = [...new Set(Array.from(folds))].sort((first, second) => first - second);
  return [
    whole,
    ...numbers.map((fold) => ({
      label: `, without fold ${fold + 1}`,
      training: all.filter((patch) => folds[patch] !== fold),
      held: all.filter((patch) => folds[patch] === fold),
    })),
  ];
}

/** The score of each patch by the network that has not seen it, or its rank among all by that network. */
function outOfFold(
  scores: readonly Float64Array[],
  parts: readonly TrainingPart[],
  { count, ranks }: { readonly count: number; readonly ranks: boolean },
): Float64Array {
  const joined = withoutScore(count);
  for (const [at, { held }] of parts.entries()) {
    const own = ranks ? rankShares(scores[at]) : scores[at];
    for (const patch of held) joined[patch] = own[patch];
  }
  return joined;
}

function secondsOf(trials: readonly NetworkTrial[]): number {
  return trials.reduce((sum, { seconds }) => sum + seconds, 0);
}
