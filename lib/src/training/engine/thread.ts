import { randomStream, shuffledIndices } from "../../random";
import { computer } from "./compute";
import type { TrainingJob, TrainingMessage } from "./job";
import { kernelsIn } from "./kernels";
import type { Pass } from "./pass";
import { barrierOf, control } from "./team";

/** RMSprop's constants, the Keras defaults. */
const decay = 0.9;
const epsilon = 1e-7;

/** Losses clip probabilities here, as Keras and TensorFlow.js do. */
const clip = 1e-7;

const millisecondsBetweenMessages = 100;

/**
 * One thread's part in a training: its share of every batch, and its share of the parameters at
 * every update. All threads run this side by side.
 */
export function trainThread(
  job: TrainingJob,
  thread: number,
  say: (message: TrainingMessage) => void,
): void {
  const { memory, network, threads, count, batchSize, epochs, seed } = job;
  const { buffer } = memory;
  const floats = new Float32Array(buffer);
  const words = new Int32Array(buffer, job.control, control.count);
  const sums = new Float64Array(buffer, job.sums, 2 * threads);
  const order = new Uint32Array(buffer, job.order, count);
  const kernels = kernelsIn(memory);
  const barrier = barrierOf(words, threads);
  const plan = job.plans[thread];
  const compute = computer(kernels, floats, plan, job.addresses, { thread, threads, barrier });
  const gradients = floats.subarray(
    plan.gradients >>> 2,
    (plan.gradients + job.parameterBytes) >>> 2,
  );
  const apart = threads > 1 ? job.plans[1].gradients - job.plans[0].gradients : 0;
  const slice = (part: number) => Math.floor((job.parameterBytes / 16) * (part / threads)) * 16;
  const shuffling = randomStream(seed, "shuffle");
  const batches = Math.ceil(count / batchSize);
  let lastMessage = 0;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    if (thread === 0) order.set(shuffledIndices(count, shuffling));
    if (epoch <= job.epochsDone) continue;
    barrier();
    const done = { samples: 0, loss: 0, hits: 0 };
    for (let batch = 0; batch < batches; batch++) {
      const start = batch * batchSize;
      const size = Math.min(batchSize, count - start);
      const first = Math.floor((size * thread) / threads);
      const samples = Math.floor((size * (thread + 1)) / threads) - first;
      const pass = { samples, batch: size, first, seed, step: `${epoch}/${batch}` };
      passOnce(pass, start + first);
      barrier();
      kernels.rmsprop(
        job.addresses.parameters + slice(thread),
        job.squares + slice(thread),
        job.plans[0].gradients + slice(thread),
        apart,
        threads,
        0,
        slice(thread + 1) - slice(thread),
        job.learningRate,
        decay,
        epsilon,
      );
      if (thread === 0) tell(epoch, batch, size, done);
      barrier();
      if (Atomics.load(words, control.stopDecided) === 1) return;
    }
    const isDue = job.checkpointEvery > 0 && epoch % job.checkpointEvery === 0 && epoch < epochs;
    if (thread === 0 && isDue) say({ type: "checkpoint", epoch, state: stateOf(job, floats) });
  }

  function passOnce(pass: Pass, start: number): void {
    gradients.fill(0);
    compute.pack(true);
    const { input } = plan;
    const { size, bands } = network;
    const from = job.order + start * 4;
    kernels.gather(
      job.values,
      from,
      pass.samples,
      size,
      bands,
      input.origin,
      input.ns,
      input.hs,
      input.cs,
    );
    compute.forward(pass, true);
    if (job.labels === 0) squaredErrors(pass, start);
    else crossEntropies(pass, start);
    compute.backward(pass);
  }

  function squaredErrors({ samples, batch }: Pass, start: number): void {
    const { size, bands, layers } = network;
    const { output } = plan;
    const dy = plan.layers[plan.layers.length - 1].dy;
    const perPatch = size * size * bands;
    const last = layers[layers.length - 1];
    const isSigmoid = "activation" in last && last.activation === "sigmoid" ? 1 : 0;
    let sum = 0;
    for (let sample = 0; sample < samples; sample++) {
      const target = job.values + order[start + sample] * perPatch * 4;
      const at = sample * output.ns;
      sum += kernels.squaredErrorGradient(
        output.origin + at,
        dy.origin + at,
        output.hs,
        output.cs,
        target,
        size,
        bands,
        2 / (batch * perPatch),
        isSigmoid,
      );
    }
    sums[2 * thread] = sum / perPatch;
  }

  function crossEntropies({ samples, batch }: Pass, start: number): void {
    const { output } = plan;
    const dy = plan.layers[plan.layers.length - 1].dy;
    let loss = 0;
    let hits = 0;
    for (let sample = 0; sample < samples; sample++) {
      const probability = floats[(output.origin + sample * output.ns) >>> 2];
      const label = floats[(job.labels >>> 2) + order[start + sample]];
      const held = Math.min(1 - clip, Math.max(clip, probability));
      loss -= label * Math.log(held) + (1 - label) * Math.log(1 - held);
      if (probability > 0.5 === label > 0.5) hits += 1;
      const isClipped = held !== probability;
      floats[(dy.origin + sample * dy.ns) >>> 2] = isClipped ? 0 : (probability - label) / batch;
    }
    sums[2 * thread] = loss;
    sums[2 * thread + 1] = hits;
  }

  /** What only the first thread does: adds up, reports, and decides whether to go on. */
  function tell(
    epoch: number,
    batch: number,
    size: number,
    done: { samples: number; loss: number; hits: number },
  ): void {
    let loss = 0;
    for (let other = 0; other < threads; other++) {
      loss += sums[2 * other];
      done.hits += sums[2 * other + 1];
    }
    done.samples += size;
    done.loss += loss;
    if (!Number.isFinite(loss)) {
      say({ type: "diverged", epoch, batch: batch + 1, loss: loss / size });
      Atomics.store(words, control.stopDecided, 1);
      return;
    }
    if (Atomics.load(words, control.stopAsked) === 1) Atomics.store(words, control.stopDecided, 1);
    const isLast = batch === batches - 1;
    const now = Date.now();
    if (!isLast && now - lastMessage < millisecondsBetweenMessages) return;
    lastMessage = now;
    say({
      type: isLast ? "epoch" : "batch",
      epoch,
      batch: batch + 1,
      batches,
      loss: done.loss / done.samples,
      accuracy: done.hits / done.samples,
    });
  }
}

/** Parameters, their mean squares and moving statistics: all that a training goes on from. */
export function stateOf(job: TrainingJob, floats: Float32Array): Float32Array {
  const parts = stateParts(job).map(([at, bytes]) => floats.slice(at >>> 2, (at + bytes) >>> 2));
  const state = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let to = 0;
  for (const part of parts) {
    state.set(part, to);
    to += part.length;
  }
  return state;
}

/** Puts back what stateOf took. */
export function restoreState(job: TrainingJob, floats: Float32Array, state: Float32Array): void {
  let from = 0;
  for (const [at, bytes] of stateParts(job)) {
    floats.set(state.subarray(from, from + (bytes >>> 2)), at >>> 2);
    from += bytes >>> 2;
  }
}

function stateParts({ addresses, parameterBytes, squares, movingBytes }: TrainingJob) {
  const moving = addresses.moving.find((address) => address > 0) ?? squares;
  return [
    [addresses.parameters, parameterBytes],
    [squares, parameterBytes],
    [moving, movingBytes],
  ] as const;
}
