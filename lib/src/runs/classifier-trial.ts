import type { ClassifierOptions } from "../models/classifier";
import { type TrainingSelection, takePatches } from "../patches/select";
import type { Patches } from "../patches/types";
import { deserialiseModel, type SerialisedModel, serialiseModel } from "../training/checkpoint";
import { trainClassifier } from "../training/fit";
import { predictProbabilities } from "../training/predict";
import type { History, TrainingOptions } from "../training/types";
import type { RunContext } from "./context";
import { contentHash, storedRun } from "./store";
import { backendKey, trainingControl } from "./training-control";

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

/** Trains a classifier on selected patches and applies it to all, or finds both in the store. */
export async function classifierTrial(
  run: RunContext,
  label: string,
  patches: Patches,
  { prospective, background }: TrainingSelection,
  options: ClassifierTrialOptions,
): Promise<ClassifierTrial> {
  const { size } = patches.layout;
  const bands = patches.bands.length;
  const numbers = Uint32Array.from([...prospective, ...background]);
  const labels = new Uint8Array(numbers.length).fill(1, 0, prospective.length);
  const { filters, dense, dropout, batchNormalisation, epochs, batchSize, learningRate } = options;
  const settings = { filters, dense, dropout, batchNormalisation, epochs, batchSize, learningRate };
  const inputs = {
    patches: contentHash(patches.values),
    shape: { size, bands },
    selection: { prospective: contentHash(prospective), background: contentHash(background) },
    options: settings,
    seed: run.seed,
    backend: backendKey(run),
  };
  const line = run.progress(label);
  const { result, fromStore } = await storedRun(
    run.store,
    { step: "classifier", inputs },
    async (checkpoint) => {
      const trained = await trainClassifier(
        takePatches(patches.values, numbers, size * size * bands),
        labels,
        { count: numbers.length, size, bands },
        { ...settings, seed: run.seed },
        trainingControl(run, line, checkpoint),
      );
      const all = { count: patches.places.length, size, bands };
      const probabilities = predictProbabilities(trained.model, patches.values, all);
      const model = await serialiseModel(trained.model);
      trained.model.dispose();
      return { probabilities, history: trained.history, seconds: trained.seconds, model };
    },
  );
  const origin = fromStore ? "from the run store, trained in" : "trained in";
  const accuracy = result.history.accuracy?.at(-1)?.toFixed(3);
  line.finish(
    `accuracy ${accuracy} after ${epochs} epochs, ${origin} ${result.seconds.toFixed(1)} s`,
  );
  run.onTrial({ label, seconds: result.seconds, fromStore });
  return { label, ...result };
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
  const probabilities = predictProbabilities(model, patches.values, shape);
  model.dispose();
  return probabilities;
}
