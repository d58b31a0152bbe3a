import { InputError } from "../errors";
import type { AutoencoderOptions } from "../models/autoencoder";
import type { Patches } from "../patches/types";
import type { PatchShape } from "../training/batches";
import { type SerialisedModel, serialiseModel } from "../training/checkpoint";
import { workBetweenMeetings } from "../training/cost";
import { trainAutoencoder } from "../training/fit";
import { reconstructionErrors } from "../training/predict";
import type { TrainingControl } from "../training/training";
import type { History, PatchLoss, TrainingOptions } from "../training/types";
import type { RunContext } from "./context";
import { sharedPatches } from "./shared-patches";
import { backendKey } from "./training-control";
import { runTrials, type Trial } from "./trials";

/** What decides a CAE beside its patches and the seed. */
export type AutoencoderTrialOptions = Pick<
  AutoencoderOptions,
  "architecture" | "filters" | "outputActivation" | "encoderDropout"
> &
  Pick<TrainingOptions, "epochs" | "batchSize" | "learningRate"> & {
    /** The mean squared error when absent; binary cross-entropy needs a sigmoid output. */
    readonly loss?: PatchLoss;
    /** Trainings that differ by nothing but their seed, over which errors are averaged; 1 when absent. */
    readonly members?: number;
  };

/** A trained CAE, or several that differ by their seed, and what they say of each patch. */
export interface AutoencoderTrial {
  readonly label: string;
  /**
   * Reconstruction error of each patch: mean squared difference over pixels and bands, and over
   * members where there are several.
   */
  readonly errors: Float64Array;
  /** Of the first member. */
  readonly history: History;
  /** Seconds that the trainings took when they were computed. */
  readonly seconds: number;
  readonly parameters: number;
  /** One a member, the first that of the seed itself. */
  readonly models: readonly SerialisedModel[];
}

/** One training of a CAE, as the run store keeps it. */
interface TrainedMember extends Omit<AutoencoderTrial, "label" | "models"> {
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

/** Trains a CAE, or several that differ by their seed, on all patches and takes their reconstruction errors, or finds both in the store. */
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
 * tasks, the same bytes as one by one. Members of a task have its seed and those that follow it, so
 * that they are shared with tasks of these seeds.
 *
 * @throws InputError when members are no positive whole number
 * @throws as runTrials
 */
export async function autoencoderTrials(
  run: RunContext,
  tasks: readonly AutoencoderTask[],
): Promise<AutoencoderTrial[]> {
  const counts = tasks.map(({ options }) => requireMembers(options.members ?? 1));
  const alone = tasks.flatMap((task, at) => membersOf(run, task, counts[at]));
  const members = await trainedMembers(run, alone);
  let taken = 0;
  return tasks.map(({ label }, at) => {
    taken += counts[at];
    return { label, ...averaged(members.slice(taken - counts[at], taken)) };
  });
}

function membersOf(run: RunContext, task: AutoencoderTask, count: number): AutoencoderTask[] {
  const { label, seed = run.seed } = task;
  return Array.from({ length: count }, (_, member) => ({
    ...task,
    label: count === 1 ? label : `${label}, member ${member + 1}`,
    seed: seed + member,
  }));
}

function averaged(members: readonly TrainedMember[]): Omit<AutoencoderTrial, "label"> {
  const [{ errors, history, parameters }] = members;
  return {
    errors: errors.map(
      (_, patch) => members.reduce((sum, one) => sum + one.errors[patch], 0) / members.length,
    ),
    history,
    seconds: members.reduce((sum, one) => sum + one.seconds, 0),
    parameters,
    models: members.map(({ model }) => model),
  };
}

function requireMembers(members: number): number {
  if (Number.isInteger(members) && members > 0) return members;
  throw new InputError({
    kind: "parameter",
    field: "members",
    found: String(members),
    expected: "a positive whole number",
  });
}

async function trainedMembers(
  run: RunContext,
  tasks: readonly AutoencoderTask[],
): Promise<TrainedMember[]> {
  const shared = sharedPatches(tasks.map(({ patches }) => patches));
  const trials = tasks.map((task, at): Trial<TrainedMember> => {
    const { label, patches, seed = run.seed } = task;
    const settings = settingsOf(task.options);
    const shape = {
      count: patches.places.length,
      size: patches.layout.size,
      bands: patches.bands.length,
    };
    const inputs = { patches: shared.hashes[at], shape, options: settings, seed };
    return {
      label,
      key: { step: "autoencoder", inputs: { ...inputs, backend: backendKey(run) } },
      work: settings.epochs * patches.values.length,
      meetingWork: workBetweenMeetings(
        { kind: "autoencoder", ...settings },
        shape,
        settings.batchSize,
      ),
      summary: ({ history }) =>
        `loss ${history.loss.at(-1)?.toPrecision(4)} after ${settings.epochs} epochs`,
      compute: (control) =>
        shared.use(at, (values) =>
          computeAutoencoder(values, shape, { ...settings, seed }, control),
        ),
    };
  });
  return runTrials(run, `${tasks.length} auto-encoders`, trials);
}

function settingsOf(options: AutoencoderTrialOptions) {
  const { architecture, filters, outputActivation, epochs, batchSize, learningRate } = options;
  const { loss = "meanSquaredError", encoderDropout = 0 } = options;
  return {
    ...{ architecture, filters, outputActivation, loss, epochs, batchSize, learningRate },
    // Named only where there is some, so that trainings without are found under the key they have.
    ...(encoderDropout > 0 && { encoderDropout }),
  };
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
