import type { AutoencoderOptions } from "../models/autoencoder";
import type { Patches } from "../patches/types";
import { type SerialisedModel, serialiseModel } from "../training/checkpoint";
import { trainAutoencoder } from "../training/fit";
import { reconstructionErrors } from "../training/predict";
import type { History, TrainingOptions } from "../training/types";
import type { RunContext } from "./context";
import { contentHash, storedRun } from "./store";
import { backendKey, trainingControl } from "./training-control";

/** What decides a CAE beside its patches and the seed. */
export type AutoencoderTrialOptions = Pick<
  AutoencoderOptions,
  "architecture" | "filters" | "outputActivation"
> &
  Pick<TrainingOptions, "epochs" | "batchSize" | "learningRate">;

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

/** Trains a CAE on all patches and takes their reconstruction errors, or finds both in the store. */
export async function autoencoderTrial(
  run: RunContext,
  label: string,
  patches: Patches,
  options: AutoencoderTrialOptions,
): Promise<AutoencoderTrial> {
  const shape = {
    count: patches.places.length,
    size: patches.layout.size,
    bands: patches.bands.length,
  };
  const { architecture, filters, outputActivation, epochs, batchSize, learningRate } = options;
  const settings = { architecture, filters, outputActivation, epochs, batchSize, learningRate };
  const inputs = {
    patches: contentHash(patches.values),
    shape,
    options: settings,
    seed: run.seed,
    backend: backendKey(run),
  };
  const line = run.progress(label);
  const { result, fromStore } = await storedRun(
    run.store,
    { step: "autoencoder", inputs },
    async (checkpoint) => {
      const trained = await trainAutoencoder(
        patches.values,
        shape,
        { ...settings, seed: run.seed },
        trainingControl(run, line, checkpoint),
      );
      const errors = reconstructionErrors(trained.model, patches.values, shape);
      const model = await serialiseModel(trained.model);
      const parameters = trained.model.countParams();
      trained.model.dispose();
      return { errors, history: trained.history, seconds: trained.seconds, parameters, model };
    },
  );
  const loss = result.history.loss.at(-1)?.toPrecision(4);
  const origin = fromStore ? "from the run store, trained in" : "trained in";
  line.finish(`loss ${loss} after ${epochs} epochs, ${origin} ${result.seconds.toFixed(1)} s`);
  run.onTrial({ label, seconds: result.seconds, fromStore });
  return { label, ...result };
}
