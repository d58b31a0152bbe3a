import type { LayersModel } from "@tensorflow/tfjs-layers";
import { tf } from "../../lib/dist/tensorflow";
import { networkOf } from "../../lib/dist/training/engine/network";
import { trainByEngine } from "../../lib/dist/training/engine/train";
import { eachPathGradient } from "../../lib/dist/training/gradients";
import { predictProbabilities, reconstructionErrors } from "../../lib/dist/training/predict";
import { type Spent, spentSoFar } from "./spent";

/** A network to train, the same for every contestant. */
export interface Trial {
  readonly id: string;
  readonly name: string;
  readonly model: "cae" | "cnn";
  readonly filters: readonly number[];
  readonly build: () => LayersModel;
}

const settings = { learningRate: 0.001, seed: 5 };

let last = { key: "", made: { values: new Float32Array(), labels: null as Uint8Array | null } };

/** The smooth patches that torch_bench.py makes too; once for all rounds, as there. */
function samples(trial: Trial, count: number) {
  const key = `${trial.model}/${count}`;
  if (last.key !== key) last = { key, made: makeSamples(trial, count) };
  return last.made;
}

function makeSamples({ model }: Trial, count: number) {
  const values = Float32Array.from(
    { length: count * 1296 },
    (_, at) => 0.5 + 0.45 * Math.sin(1 + at * 0.005),
  );
  const labels = Uint8Array.from({ length: count }, (_, at) => at % 2);
  return { values, labels: model === "cnn" ? labels : null };
}

/** What the engine is to train on. */
export interface EngineWork {
  readonly count: number;
  readonly batchSize: number;
  readonly threads: number;
}

/** Seconds that the engine takes for a patch of a training, as engineTime. */
export async function engineRate(trial: Trial, work: EngineWork, most: number): Promise<number> {
  return (await engineTime(trial, work, most)).seconds;
}

/**
 * Time that the engine takes for a patch of a training, from its first message on, so that neither the
 * threads' start nor their compiling is counted.
 *
 * @param most patches after which the training is stopped
 */
async function engineTime(
  trial: Trial,
  { count, batchSize, threads }: EngineWork,
  most: number,
): Promise<Spent> {
  const model = trial.build();
  const network = networkOf(model);
  if ("unknown" in network) throw new Error(network.unknown);
  const { values, labels } = samples(trial, count);
  const news: { readonly at: Spent; readonly patches: number }[] = [];
  const stop = new AbortController();
  const shape = { count, size: 12, bands: 9 };
  await trainByEngine(model, network, values, labels, shape, {
    ...{ ...settings, batchSize, threads, epochs: 1 + Math.ceil(most / count) },
    signal: stop.signal,
    onNews: ({ epoch, batch }) => {
      const patches = (epoch - 1) * count + Math.min(count, batch * batchSize);
      news.push({ at: spentSoFar(), patches });
      if (patches >= most) stop.abort();
    },
  });
  model.dispose();
  const [first, last] = [news[0], news[news.length - 1]];
  const patches = last.patches - first.patches;
  return {
    seconds: (last.at.seconds - first.at.seconds) / patches,
    processor: (last.at.processor - first.at.processor) / patches,
  };
}

/** Time of one epoch by the engine; the threads' start is not counted, as for the others. */
export async function engineEpoch(trial: Trial, count: number, threads: number): Promise<Spent> {
  const patch = await engineTime(trial, { count, batchSize: 32, threads }, 2 * count);
  return { seconds: count * patch.seconds, processor: count * patch.processor };
}

/** Seconds that the engine takes for the error, or the probability, of every patch. */
export async function enginePrediction(
  trial: Trial,
  count: number,
  threads: number,
): Promise<number> {
  const model = trial.build();
  const { values } = samples(trial, count);
  const shape = { count, size: 12, bands: 9 };
  const started = performance.now();
  const predict = trial.model === "cae" ? reconstructionErrors : predictProbabilities;
  await predict(model, values, shape, { threads });
  const seconds = (performance.now() - started) / 1000;
  model.dispose();
  return seconds;
}

/** Steps of the path along which notebook 11 adds up gradients by the input. */
export const GRADIENT_STEPS = 50;

/** Seconds that integrated gradients of all patches take, by the engine. */
export async function engineGradients(
  trial: Trial,
  count: number,
  threads: number,
): Promise<number> {
  const model = trial.build();
  const { values } = samples(trial, count);
  const shape = { count, size: 12, bands: 9 };
  const path = {
    of: trial.model === "cae" ? "error" : "logit",
    baseline: new Float32Array(12 * 12 * 9).fill(0.5),
    steps: GRADIENT_STEPS,
  } as const;
  const started = performance.now();
  await eachPathGradient(model, values, shape, path, () => undefined, { threads });
  const seconds = (performance.now() - started) / 1000;
  model.dispose();
  return seconds;
}

/** Seconds of an epoch by TensorFlow.js on WebAssembly, from an eighth of one. */
export async function tensorFlowEpoch(trial: Trial, count: number): Promise<number> {
  const model = trial.build();
  const { values, labels } = samples(trial, count);
  const loss = labels === null ? "meanSquaredError" : "binaryCrossentropy";
  model.compile({ optimizer: tf.train.rmsprop(settings.learningRate, 0.9, 0, 1e-7), loss });
  const batches = Math.ceil(count / 32);
  const timed = Math.ceil(batches / 8);
  let started = 0;
  for (let batch = 0; batch <= timed; batch++) {
    // The first batch warms up.
    if (batch === 1) started = performance.now();
    const from = batch * 32;
    const x = tf.tensor4d(values.slice(from * 1296, (from + 32) * 1296), [32, 12, 12, 9]);
    const y =
      labels === null ? x : tf.tensor2d(Float32Array.from(labels.slice(from, from + 32)), [32, 1]);
    await model.trainOnBatch(x, y);
    tf.dispose([x, y]);
  }
  model.dispose();
  return ((performance.now() - started) / 1000 / timed) * batches;
}
