import { derivedSeed, randomStream, shuffledIndices } from "../../random";
import { computer } from "./compute";
import type { Checkpoint, TrainingJob, TrainingMessage } from "./job";
import { kernelsIn } from "./kernels";
import { lossOf } from "./loss";
import { isMasked } from "./masking";
import { goesPartByPart, partsOfThread, shareOf } from "./parts";
import type { Part, Pass } from "./pass";
import { stateOf } from "./state";
import { barrierOf, control } from "./team";

/** RMSprop's constants, the Keras defaults. */
const decay = 0.9;
const epsilon = 1e-7;

const millisecondsBetweenMessages = 100;

/**
 * One thread's part in a training: its share of every batch, and its share of the parameters at
 * every update. All threads run this side by side, each batch by batch: who has no other thread for
 * it may do something else in between.
 */
export function* trainThread(
  job: TrainingJob,
  thread: number,
  say: (message: TrainingMessage) => void,
): Generator<void, void> {
  const { memory, network, threads, parts, count, batchSize, epochs, seed } = job;
  const { buffer } = memory;
  const floats = new Float32Array(buffer);
  const words = new Int32Array(buffer, job.control, control.count);
  const sums = new Float64Array(buffer, job.sums, 2 * parts);
  const order = new Uint32Array(buffer, job.order, count);
  const kernels = kernelsIn(memory);
  const barrier = barrierOf(words, threads);
  const plan = job.plans[thread];
  const compute = computer(kernels, floats, plan, job.addresses, { thread, parts, barrier });
  const { lossOfPart, addClassSums } = lossOf(job, plan, kernels, floats);
  const apart = job.addresses.gradientsApart;
  const [firstPart, endPart] = partsOfThread(parts, threads, thread);
  const slice = (part: number) => Math.floor((job.parameterBytes / 16) * (part / threads)) * 16;
  const perPatch = network.size * network.size * network.bands;
  const shuffling = randomStream(seed, "shuffle");
  const batches = Math.ceil(count / batchSize);
  const keepsStates = thread === 0 && job.checkpointEvery > 0;
  let finished: Checkpoint | null = null;
  let lastSaid = 0;
  let hasDiverged = false;
  let lastMessage = 0;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    if (thread === 0) order.set(shuffledIndices(count, shuffling));
    if (epoch <= job.epochsDone) continue;
    barrier();
    const done = { samples: 0, loss: 0, hits: 0 };
    for (let batch = 0; batch < batches; batch++) {
      const start = batch * batchSize;
      const size = Math.min(batchSize, count - start);
      const share = shareOf(size, parts, threads, thread);
      takeStep(
        { ...share, batch: size, seed, step: `${epoch}/${batch}` },
        order.subarray(start + share.first, start + share.first + share.samples),
      );
      barrier();
      kernels.rmsprop(
        job.addresses.parameters + slice(thread),
        job.squares + slice(thread),
        plan.gradients + slice(thread),
        apart,
        parts,
        0,
        slice(thread + 1) - slice(thread),
        job.learningRate,
        decay,
        epsilon,
      );
      if (thread === 0) tell(epoch, batch, size, done);
      barrier();
      if (isStopped() && batch < batches - 1) {
        sayFinished();
        return;
      }
      yield;
    }
    if (keepsStates) finished = { type: "checkpoint", epoch, state: stateOf(job, floats) };
    const pauses = epoch === job.pauseAfter;
    const isDue = pauses || (epoch % job.checkpointEvery === 0 && epoch < epochs);
    if (isStopped() || isDue) sayFinished();
    if (isStopped() || pauses) return;
  }

  function isStopped(): boolean {
    return Atomics.load(words, control.stopDecided) === 1;
  }

  /** The state after the last whole epoch, unless that was said already or what follows diverged. */
  function sayFinished(): void {
    if (finished === null || finished.epoch === lastSaid || hasDiverged) return;
    say(finished);
    lastSaid = finished.epoch;
  }

  /** A step of the thread's share of a batch, all at once or part by part. */
  function takeStep(pass: Pass, numbers: Uint32Array): void {
    kernels.clear(plan.gradients + firstPart * apart, (endPart - firstPart) * apart);
    compute.pack(true);
    if (!goesPartByPart(network, job.prior)) {
      passOnce(pass, numbers);
      return;
    }
    for (const { number, from, samples } of pass.parts) {
      const parts: readonly Part[] = [{ number, from: 0, samples }];
      const alone = { ...pass, parts, samples, first: pass.first + from };
      passOnce(alone, numbers.subarray(from, from + samples));
    }
  }

  function passOnce(pass: Pass, numbers: Uint32Array): void {
    takePatches(numbers);
    if (job.mask > 0) hide(pass);
    compute.forward(pass, true);
    if (job.prior > 0) {
      for (const part of pass.parts) addClassSums(part, numbers);
      barrier();
    }
    for (const part of pass.parts) {
      const { loss, hits } = lossOfPart(part, numbers, pass.batch);
      sums[2 * part.number] = loss;
      sums[2 * part.number + 1] = hits;
    }
    compute.backward(pass, true);
  }

  function takePatches(numbers: Uint32Array): void {
    const { size, bands } = network;
    const { origin, ns, hs, cs } = plan.input;
    for (let sample = 0; sample < numbers.length; sample++) {
      const from = numbers[sample] * perPatch;
      const to = plan.patches + sample * perPatch * 4;
      floats.set(job.values.subarray(from, from + perPatch), to >>> 2);
      // At once, while the patch is in the nearest cache.
      kernels.gather(to, plan.order, 1, size, bands, origin + sample * ns, ns, hs, cs);
    }
  }

  /** Hides values of the input by chance; the patches that it is to give back stay whole. */
  function hide({ samples, first, seed: ofPass, step }: Pass): void {
    const key = derivedSeed(ofPass, `mask/${step}`);
    const { size, bands } = network;
    const { origin, ns, hs, cs } = plan.input;
    for (let sample = 0; sample < samples; sample++) {
      for (let pixel = 0; pixel < size * size; pixel++) {
        const row = Math.floor(pixel / size);
        const from = ((origin + sample * ns + row * hs) >>> 2) + (pixel % size) * cs;
        const place = (first + sample) * perPatch + pixel * bands;
        for (let band = 0; band < bands; band++) {
          if (isMasked(key, place + band, job.mask)) floats[from + band] = 0;
        }
      }
    }
  }

  /** What only the first thread does: adds up, reports, and decides whether to go on. */
  function tell(
    epoch: number,
    batch: number,
    size: number,
    done: { samples: number; loss: number; hits: number },
  ): void {
    let loss = 0;
    for (let part = 0; part < parts; part++) {
      loss += sums[2 * part];
      done.hits += sums[2 * part + 1];
    }
    done.samples += size;
    done.loss += loss;
    if (!Number.isFinite(loss)) {
      hasDiverged = true;
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
