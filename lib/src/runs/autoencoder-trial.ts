import type { AutoencoderOptions } from "../models/autoencoder";
import type { Patches } from "../patches/types";
import type { PatchShape } from "../training/batches";
import { type SerialisedModel, serialiseModel } from "../training/checkpoint";
import { trainAutoencoder } from "../training/fit";
import { reconstructionErrors } from "../training/predict";
import type { TrainingControl } from "../training/training";
import type { History, PatchLoss, TrainingOptions } from "../training/types";
import type { RunContext } from "./context";
import { sharedPatches } from "./shared-patches";
import { contentHash } from "./store";
import { backendKey } from "./training-control";
import { runTrials, type Trial } from "./trials";

/** What decides a CAE beside its patches and the seed. */
export type AutoencoderTrialOptions = Pick<
  AutoencoderOptions,
  "architecture" | "filters" | "outputActivation"
> &
  Pick<TrainingOptions, "epochs" | "batchSize" | "learningRate"> & {
    /** The mean squared error when absent; binary cross-entropy needs a sigmoid output. */
    readonly loss?: PatchLoss;
  };

/** A trained CAE and what it says of each patch. */
export interface AutoencoderTrial {
  readonly label: string;
  /** Reconstruction error of each patch: mean squared difference over pixels and bands. */
  readonly errors: Float64Array;
  readonly history: History;
  /** Seconds that the training took when it was computed. */
  readonly seconds: number;
  readonly parameters: number;
  readonly model: SerialisedModel;
}

/** A CAE to train: on these patches, by these options. */
export interface AutoencoderTask {
  readonly label: string;
  readonly patches: Patches;
  readonly options: AutoencoderTrialOptions;
  /** The run's seed when absent. */
  readonly seed?: number;
}

/** Trains a CAE on all patches and takes their reconstruction errors, or finds both in the store. */
export async function autoencoderTrial(
  run: RunContext,
  label: string,
  patches: Patches,
  options: AutoencoderTrialOptions,
): Promise<AutoencoderTrial> {
  const [trial] = await autoencoderTrials(run, [{ label, patches, options }]);
  return trial;
}

/**
 * Trains CAEs, side by side where that is faster, or finds them in the store; results in the order of
 * tasks, the same bytes as one by one.
 *
 * @throws as runTrials
 */
export async function autoencoderTrials(
  run: RunContext,
  tasks: readonly AutoencoderTask[],
): Promise<AutoencoderTrial[]> {
  const hashes = tasks.map(({ patches }) => contentHash(patches.values));
  const withShared = sharedPatches(hashes);
  const trials = tasks.map((task, at): Trial<Omit<AutoencoderTrial, "label">> => {
    const { label, patches, seed = run.seed } = task;
    const settings = settingsOf(task.options);
    const shape = {
      count: patches.places.length,
      size: patches.layout.size,
      bands: patches.bands.length,
    };
    const inputs = { patches: hashes[at], shape, options: settings, seed };
    return {
      label,
      key: { step: "autoencoder", inputs: { ...inputs, backend: backendKey(run) } },
      work: settings.epochs * patches.values.length,
      summary: ({ history }) =>
        `loss ${history.loss.at(-1)?.toPrecision(4)} after ${settings.epochs} epochs`,
      compute: (control) =>
        withShared(hashes[at], patches.values, (values) =>
          computeAutoencoder(values, shape, { ...settings, seed }, control),
        ),
    };
  });
  const results = await runTrials(run, `${tasks.length} auto-encoders`, trials);
  return results.map((result, at) => ({ label: tasks[at].label, ...result }));
}

function settingsOf(options: AutoencoderTrialOptions) {
  const { architecture, filters, outputActivation, epochs, batchSize, learningRate } = options;
  const { loss = "meanSquaredError" } = options;
  return { architecture, filters, outputActivation, loss, epochs, batchSize, learningRate };
}

async function computeAutoencoder(
  values: Float32Array,
  shape: PatchShape,
  options: ReturnType<typeof settingsOf> & { readonly seed: number },
  control: TrainingControl,
) {
  const trained = await trainAutoencoder(values, shape, options, control);
  const errors = await reconstructionErrors(trained.model, values, shape, control);
  const model = await serialiseModel(trained.model);
  const parameters = trained.model.countParams();
  trained.model.dispose();
  return { errors, history: trained.history, seconds: trained.seconds, parameters, model };
}
