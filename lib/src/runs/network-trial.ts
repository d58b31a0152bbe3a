import { withoutScore } from "../evaluation/capture";
import { balancedPatches } from "../patches/balanced";
import { takePatches } from "../patches/select";
import type { Patches } from "../patches/types";
import { trainModel } from "../training/fit";
import { predictProbabilities, reconstructionErrors } from "../training/predict";
import { requirePrior } from "../training/settings";
import type { TrainingControl } from "../training/training";
import type { History } from "../training/types";
import type { RunContext } from "./context";
import {
  type NetworkKind,
  type NetworkOptions,
  type NetworkPlan,
  networkPlan,
} from "./network-plans";
import { contentHash } from "./store";
import { backendKey } from "./training-control";
import { runTrials, type Trial } from "./trials";

/** A network to train: on patches of these numbers, to score all. */
export interface NetworkTask {
  readonly label: string;
  readonly kind: NetworkKind;
  readonly training: Uint32Array;
}

/** A trained network and what it says of each patch. */
export interface NetworkTrial {
  readonly label: string;
  /** Reconstruction error, or probability, of every patch, those it was trained on among them. */
  readonly scores: Float64Array;
  /** Null where it could not be trained. */
  readonly history: History | null;
  /** Seconds that training and scoring took when they were computed. */
  readonly seconds: number;
}

/** The least occurrences that a network is trained on, as the comparators have it. */
const positivesAtLeast = 2;

/**
 * Trains networks, side by side where that is faster, or finds them in the store, in the order of
 * tasks; every patch then has a score. Auto-encoders score by reconstruction error, the variational one
 * by that from its means, the denoising one by that of the whole patch. Those that are told of
 * occurrences see patches with one as often as all others together (balancedPatches), and have no
 * scores (NaN) where fewer than two are to be trained on, or nothing else.
 *
 * @param labels 1 for patches that hold an occurrence, else 0
 * @throws InputError when the prior is no share, or patches do not suit a network
 * @throws as runTrials
 */
export async function networkTrials(
  run: RunContext,
  patches: Patches,
  labels: Uint8Array,
  tasks: readonly NetworkTask[],
  options: NetworkOptions,
): Promise<NetworkTrial[]> {
  const planned = tasks.map((task) => ({ task, plan: networkPlan(task.kind, options) }));
  const trainable = planned.filter(({ task, plan }) => canTrain(task, plan, labels));
  if (trainable.some(({ task }) => task.kind === "nonNegative")) requirePrior(options.prior);
  const hash = contentHash(patches.values);
  const shape = { size: patches.layout.size, bands: patches.bands.length };
  const trials = trainable.map(({ task, plan }): Trial<Omit<NetworkTrial, "label">> => {
    const { label, kind, training } = task;
    const { isTold, settings, work } = plan;
    const told = isTold ? contentHash(training.map((patch) => labels[patch])) : null;
    const inputs = {
      ...{ kind, patches: hash, shape, training: contentHash(training), labels: told },
      ...{ options: settings, seed: run.seed, backend: backendKey(run) },
    };
    return {
      label,
      key: { step: "network", inputs },
      work: settings.epochs * training.length * work,
      summary: ({ history }) => `loss ${history?.loss.at(-1)?.toPrecision(4)}`,
      compute: (control) => computeNetwork(patches, labels, task, plan, run.seed, control),
    };
  });
  const done = await runTrials(run, `${trials.length} other networks`, trials);
  const none = { scores: withoutScore(labels.length), history: null, seconds: 0 };
  return planned.map(({ task: { label } }, at) => ({
    label,
    ...(done[trainable.indexOf(planned[at])] ?? none),
  }));
}

function canTrain({ training }: NetworkTask, { isTold }: NetworkPlan, labels: Uint8Array): boolean {
  const positives = training.reduce((sum, patch) => sum + labels[patch], 0);
  if (!isTold) return training.length > 0;
  return positives >= positivesAtLeast && positives < training.length;
}

async function computeNetwork(
  { values, layout, bands, places }: Patches,
  labels: Uint8Array,
  { training }: NetworkTask,
  { isTold, settings, build, samples }: NetworkPlan,
  seed: number,
  control: TrainingControl,
): Promise<Omit<NetworkTrial, "label">> {
  const start = performance.now();
  const { size } = layout;
  const all = { count: places.length, size, bands: bands.length };
  const numbers = isTold ? balancedPatches(training, labels) : training;
  const taken = {
    ...samples,
    values: takePatches(values, numbers, size * size * bands.length),
    labels: isTold ? Uint8Array.from(numbers, (patch) => labels[patch]) : null,
    shape: { ...all, count: numbers.length },
  };
  const model = build(all, seed);
  const { history } = await trainModel(model, taken, { ...settings, seed }, control);
  const score = isTold ? predictProbabilities : reconstructionErrors;
  const scores = await score(model, values, all, control);
  model.dispose();
  return { scores, history, seconds: (performance.now() - start) / 1000 };
}
