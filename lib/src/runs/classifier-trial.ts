import type { Grid } from "../grid/grid";
import type { ClassifierOptions } from "../models/classifier";
import { labelledPatches, type TrainingSelection } from "../patches/select";
import type { Patches } from "../patches/types";
import { deserialiseModel, type SerialisedModel, serialiseModel } from "../training/checkpoint";
import { workBetweenMeetings } from "../training/cost";
import { trainClassifier } from "../training/fit";
import { predictProbabilities } from "../training/predict";
import type { TrainingControl } from "../training/training";
import type { History, TrainingOptions } from "../training/types";
import type { RunContext } from "./context";
import { sharedPatches } from "./shared-patches";
import { contentHash } from "./store";
import { backendKey } from "./training-control";
import { runTrials, type Trial } from "./trials";

/** What decides a classifier beside its patches, their labels and the seed. */
export type ClassifierTrialOptions = Omit<ClassifierOptions, "size" | "bands" | "seed"> &
  Omit<TrainingOptions, "seed">;

/** A trained classifier and what it says of each patch. */
export interface ClassifierTrial {
  readonly label: string;
  /** Probability of prospective for every patch, those it was trained on among them. */
  readonly probabilities: Float64Array;
  readonly history: History;
  /** Seconds that the training took when it was computed. */
  readonly seconds: number;
  readonly model: SerialisedModel;
}

/** A classifier to train: on these of the patches, by these options. */
export interface ClassifierTask {
  readonly label: string;
  readonly patches: Patches;
  readonly selection: TrainingSelection;
  readonly options: ClassifierTrialOptions;
  /** The run's seed when absent. */
  readonly seed?: number;
}

/** Trains a classifier on selected patches and applies it to all, or finds both in the store. */
export async function classifierTrial(
  run: RunContext,
  label: string,
  patches: Patches,
  selection: TrainingSelection,
  options: ClassifierTrialOptions,
): Promise<ClassifierTrial> {
  const [trial] = await classifierTrials(run, [{ label, patches, selection, options }]);
  return trial;
}

/**
 * Trains classifiers, side by side where that is faster, or finds them in the store; results in the
 * order of tasks, the same bytes as one by one.
 *
 * @throws as runTrials
 */
export async function classifierTrials(
  run: RunContext,
  tasks: readonly ClassifierTask[],
): Promise<ClassifierTrial[]> {
  const shared = sharedPatches(tasks.map(({ patches }) => patches));
  const trials = tasks.map((task, at): Trial<Omit<ClassifierTrial, "label">> => {
    const { label, patches, selection, seed = run.seed } = task;
    const { prospective, background } = selection;
    const settings = settingsOf(task.options);
    const { size } = patches.layout;
    const bands = patches.bands.length;
    const inputs = {
      patches: shared.hashes[at],
      shape: { size, bands },
      selection: { prospective: contentHash(prospective), background: contentHash(background) },
      options: settings,
      seed,
      backend: backendKey(run),
    };
    return {
      label,
      key: { step: "classifier", inputs },
      work: settings.epochs * (prospective.length + background.length) * size * size * bands,
      meetingWork: workBetweenMeetings(
        { kind: "classifier", ...settings },
        { size, bands },
        settings.batchSize,
      ),
      summary: ({ history }) =>
        `accuracy ${history.accuracy?.at(-1)?.toFixed(3)} after ${settings.epochs} epochs`,
      compute: (control) =>
        shared.use(at, (values) =>
          computeClassifier({ ...patches, values }, selection, { ...settings, seed }, control),
        ),
    };
  });
  const results = await runTrials(run, `${tasks.length} classifiers`, trials);
  return results.map((result, at) => ({ label: tasks[at].label, ...result }));
}

function settingsOf(options: ClassifierTrialOptions) {
  const { filters, dense, dropout, batchNormalisation, epochs, batchSize, learningRate } = options;
  return { filters, dense, dropout, batchNormalisation, epochs, batchSize, learningRate };
}

async function computeClassifier(
  patches: Patches,
  selection: TrainingSelection,
  options: ReturnType<typeof settingsOf> & { readonly seed: number },
  control: TrainingControl,
) {
  const { values, labels, shape } = labelledPatches(patches, selection);
  const trained = await trainClassifier(values, labels, shape, options, control);
  const all = { ...shape, count: patches.places.length };
  const probabilities = await predictProbabilities(trained.model, patches.values, all, control);
  const model = await serialiseModel(trained.model);
  trained.model.dispose();
  return { probabilities, history: trained.history, seconds: trained.seconds, model };
}

/** What a trained classifier says of windows that overlap. */
export interface SlidingMap {
  readonly windows: Patches;
  readonly probabilities: Float64Array;
  /** One value a window, in the cell at its centre. */
  readonly grid: Grid;
}

/** What a trained classifier says of other patches, such as those of a sliding window. */
export async function classifyPatches(
  trial: ClassifierTrial,
  patches: Patches,
): Promise<Float64Array> {
  const model = await deserialiseModel(trial.model);
  const shape = {
    count: patches.places.length,
    size: patches.layout.size,
    bands: patches.bands.length,
  };
  const probabilities = await predictProbabilities(model, patches.values, shape);
  model.dispose();
  return probabilities;
}
