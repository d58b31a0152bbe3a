import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { PatchShape } from "../../../lib/src/training/batches";
import type { TrainingNews } from "../../../lib/src/training/engine/job";
import type { Network } from "../../../lib/src/training/engine/network";
import { type TrainingState, trainByEngine } from "../../../lib/src/training/engine/train";
import { requireFinite } from "../../../lib/src/training/training";
import type { PatchLoss, TrainingOptions } from "../../../lib/src/training/types";
import { tf } from "./tensorflow";

/** A network and what it is trained on. */
export interface Work {
  readonly model: LayersModel;
  readonly network: Network;
  readonly values: Float32Array;
  readonly labels: Uint8Array | null;
  readonly shape: PatchShape;
  readonly loss: PatchLoss;
}

/** What goes with a training. */
export interface EpochControl {
  /** Where an earlier training of the same work ended; null to begin. */
  readonly from: TrainingState | null;
  readonly signal: AbortSignal;
  readonly onNews: (news: TrainingNews) => void;
  /** After each whole epoch, whose weights the model has; the next one waits for it. */
  readonly onEpoch: (state: TrainingState) => Promise<void>;
}

/**
 * Trains epoch by epoch, each going on from the state of the one before: the bytes are those of a
 * training that goes through. When it is stopped the model has the weights of the last whole epoch.
 *
 * @returns the state after the last whole epoch; null where there is none
 * @throws InputError when the loss becomes no number
 */
export async function trainEpochs(
  { model, network, values, labels, shape, loss }: Work,
  options: TrainingOptions,
  { from, signal, onNews, onEpoch }: EpochControl,
): Promise<TrainingState | null> {
  let state = from;
  while ((state?.epoch ?? 0) < options.epochs && !signal.aborted) {
    const before = weightsOf(model);
    const whole: TrainingState[] = [];
    const end = await trainByEngine(model, network, values, labels, shape, {
      ...{ ...options, loss, signal, onNews, pauseAfter: (state?.epoch ?? 0) + 1 },
      ...(state !== null && { resume: state }),
      onCheckpoint: (checkpoint) => whole.push(checkpoint),
    });
    const after = whole.at(-1);
    if (after === undefined) setWeights(model, before);
    if (end.status === "diverged") requireFinite(end.loss, end.epoch, end.batch, options);
    if (after === undefined) break;
    state = after;
    await onEpoch(state);
  }
  return state;
}

function weightsOf(model: LayersModel) {
  return model.getWeights().map((weight) => ({
    values: Float32Array.from(weight.dataSync()),
    shape: weight.shape,
  }));
}

function setWeights(model: LayersModel, weights: ReturnType<typeof weightsOf>): void {
  const tensors = weights.map(({ values, shape }) => tf.tensor(values, shape));
  model.setWeights(tensors);
  tf.dispose(tensors);
}
