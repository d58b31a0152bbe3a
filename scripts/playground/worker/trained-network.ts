import type { LayersModel } from "@tensorflow/tfjs-layers";
import { InputError } from "../../../lib/src/errors";
import { type Network, networkOf } from "../../../lib/src/training/engine/network";
import type { TrainingState } from "../../../lib/src/training/engine/train";
import { requireTrainable } from "../../../lib/src/training/settings";
import type { TrainingOptions } from "../../../lib/src/training/types";
import { hashOf } from "../packs/format";
import type { Answer, Judged, Progress } from "../protocol";
import { trainEpochs, type Work } from "./train-epochs";

/** A network and how far it has come. */
export interface TrainedNetwork {
  readonly work: Work;
  /** After its last whole epoch; null before the first. */
  state: TrainingState | null;
  /** Of all patches, by the weights that it has; null before the first epoch. */
  scores: Float64Array | null;
  /** Of training alone, scoring apart. */
  seconds: number;
}

/** How a network is trained on, and who is told. */
export interface TrainingCall {
  readonly id: number;
  readonly options: TrainingOptions;
  readonly signal: AbortSignal;
  readonly score: () => Promise<Float64Array>;
  readonly judge: (scores: Float64Array) => readonly Judged[];
  readonly say: (answer: Answer) => void;
}

/** Least milliseconds from one answer of a kind to the next, so that a page can draw each. */
const millisecondsBetween = { progress: 50, scores: 100 } as const;

/** Times that scoring takes which pass at least until scores are taken again. */
const scoringsApart = 2;

/** The engine's view of a model; what it cannot compute is refused. */
export function engineNetwork(model: LayersModel): Network {
  const network = networkOf(model);
  if (!("unknown" in network)) return network;
  throw new InputError({
    kind: "parameter",
    ...{ field: "network", found: network.unknown },
    expected: "layers that this page's engine computes",
    remedy:
      "Take a multiple of 4 as the second number of filters, or run the study by npm run study.",
  });
}

/**
 * Trains a network from where it stands to `options.epochs` in all, or until it is stopped, and tells of
 * progress, of scores as epochs go by, and of the end.
 */
export async function trainOn(trained: TrainedNetwork, call: TrainingCall): Promise<void> {
  const { id, options, signal, score, judge, say } = call;
  const { work } = trained;
  requireTrainable(options, work.shape.count);
  const started = performance.now();
  let scoringMilliseconds = 0;
  const progress = progressTeller(call, trained.state?.epoch ?? 0, work.labels !== null);
  let nextScores = 0;
  let isScored = trained.scores !== null;

  const scoreNow = async (): Promise<void> => {
    const from = performance.now();
    const scores = await score();
    trained.scores = scores;
    isScored = true;
    const epoch = trained.state?.epoch ?? 0;
    const epochwise = { loss: lossOf(trained), accuracy: accuracyOf(trained) };
    say({ type: "scores", id, epoch, scores: scores.slice(), judged: judge(scores), ...epochwise });
    const now = performance.now();
    nextScores = now + Math.max(millisecondsBetween.scores, scoringsApart * (now - from));
    scoringMilliseconds += now - from;
  };

  try {
    await trainEpochs(work, options, {
      from: trained.state,
      signal,
      onNews: progress,
      onEpoch: async (state) => {
        trained.state = state;
        isScored = false;
        if (performance.now() >= nextScores) await scoreNow();
      },
    });
  } finally {
    // Of a training that came to no number too: its last whole epoch stays.
    if (!isScored && trained.state !== null) await scoreNow();
    trained.seconds += (performance.now() - started - scoringMilliseconds) / 1000;
  }
  const { state, scores } = trained;
  const epochs = state?.epoch ?? 0;
  say({
    ...{ type: "trained", id, epochs, seconds: trained.seconds },
    status: epochs >= options.epochs ? "done" : "stopped",
    ...{ loss: lossOf(trained), accuracy: accuracyOf(trained) },
    hash: scores === null ? "" : hashOf(new Uint8Array(scores.buffer)),
  });
}

/** Loss of each epoch so far. */
function lossOf({ state }: TrainedNetwork): readonly number[] {
  return state?.history.loss ?? [];
}

/** Accuracy of each epoch so far; null for an auto-encoder. */
function accuracyOf({ state, work }: TrainedNetwork): readonly number[] | null {
  return work.labels === null ? null : (state?.history.accuracy ?? []);
}

/** Tells how a training comes on, not too often, but of the last batch of the last epoch. */
function progressTeller(
  { id, options, say }: TrainingCall,
  epochsBefore: number,
  hasLabels: boolean,
) {
  const started = performance.now();
  let last = 0;
  return ({
    type,
    epoch,
    batch,
    batches,
    loss,
    accuracy,
  }: Omit<Progress, "epochs" | "secondsLeft" | "accuracy"> & {
    readonly type: "batch" | "epoch";
    readonly accuracy: number;
  }): void => {
    const now = performance.now();
    const isEnd = type === "epoch" && epoch === options.epochs;
    if (!isEnd && now - last < millisecondsBetween.progress) return;
    last = now;
    const done = epoch - 1 - epochsBefore + batch / batches;
    const left = options.epochs - epochsBefore - done;
    const progress = {
      ...{ epoch, epochs: options.epochs, batch, batches, loss },
      accuracy: hasLabels ? accuracy : null,
      secondsLeft: ((now - started) / 1000 / done) * left,
    };
    say({ type: "progress", id, progress });
  };
}
