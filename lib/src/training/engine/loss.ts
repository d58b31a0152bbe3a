import type { TrainingJob } from "./job";
import type { Kernels } from "./kernel-functions";
import { divergenceOf } from "./latent";
import type { Part } from "./pass";
import type { ThreadPlan } from "./plan";
import { nonNegativeRisk, type Risk } from "./risk";

/** Losses clip probabilities here, as Keras and TensorFlow.js do. */
const clip = 1e-7;

/** The kernel of each loss against patches, and the factor that its derivative begins with. */
const patchLosses = {
  meanSquaredError: { gradient: "squaredErrorGradient", factor: 2 },
  meanAbsoluteError: { gradient: "absoluteErrorGradient", factor: 1 },
  binaryCrossentropy: { gradient: "crossEntropyGradient", factor: 1 },
} as const;

/** What a part of a batch adds to the loss, and how many of its samples are classified right. */
export interface PartLoss {
  readonly loss: number;
  readonly hits: number;
}

/**
 * The loss of a part, and its gradient by the last layer's output before that one's activation.
 *
 * @param numbers of the thread's samples of this batch, among all
 * @param batch samples of the whole batch
 */
export type LossOfPart = (part: Part, numbers: Uint32Array, batch: number) => PartLoss;

/** How a thread takes losses. */
export interface Losses {
  readonly lossOfPart: LossOfPart;
  /** Leaves what a part says towards the non-negative risk, which all read before they take losses. */
  readonly addClassSums: (part: Part, numbers: Uint32Array) => void;
}

/** How the threads of a training take losses: against labels where there are some, else patches. */
export function lossOf(
  job: TrainingJob,
  plan: ThreadPlan,
  kernels: Kernels,
  floats: Float32Array,
): Losses {
  const { size, bands, layers } = job.network;
  const { output, patches } = plan;
  const { dy } = plan.layers[plan.layers.length - 1];
  const last = layers[layers.length - 1];
  const isSigmoid = "activation" in last && last.activation === "sigmoid" ? 1 : 0;
  const perPatch = size * size * bands;

  function againstPatches(
    { number, from, samples }: Part,
    _: Uint32Array,
    batch: number,
  ): PartLoss {
    const { gradient, factor } = patchLosses[job.loss];
    const scale = factor / (batch * perPatch);
    let sum = 0;
    for (let sample = from; sample < from + samples; sample++) {
      const at = sample * output.ns;
      sum += kernels[gradient](
        output.origin + at,
        dy.origin + at,
        output.hs,
        output.cs,
        patches + sample * perPatch * 4,
        size,
        bands,
        scale,
        isSigmoid,
      );
    }
    return {
      loss: (sum + divergenceOf(plan, floats, { number, from, samples })) / perPatch,
      hits: 0,
    };
  }

  function againstLabels({ from, samples }: Part, numbers: Uint32Array, batch: number): PartLoss {
    let loss = 0;
    let hits = 0;
    for (let sample = from; sample < from + samples; sample++) {
      const probability = floats[(output.origin + sample * output.ns) >>> 2];
      const label = floats[(job.labels >>> 2) + numbers[sample]];
      const held = Math.min(1 - clip, Math.max(clip, probability));
      loss -= label * Math.log(held) + (1 - label) * Math.log(1 - held);
      if (probability > 0.5 === label > 0.5) hits += 1;
      const isClipped = held !== probability;
      floats[(dy.origin + sample * dy.ns) >>> 2] = isClipped ? 0 : (probability - label) / batch;
    }
    return { loss, hits };
  }

  const classSums = new Float64Array(job.memory.buffer, job.classSums, 5 * job.parts);
  const probabilityAt = (sample: number) => floats[(output.origin + sample * output.ns) >>> 2];
  const isPositive = (number: number) => floats[(job.labels >>> 2) + number] > 0.5;

  function addClassSums({ number, from, samples }: Part, numbers: Uint32Array): void {
    const own = classSums.subarray(5 * number, 5 * number + 5).fill(0);
    for (let sample = from; sample < from + samples; sample++) {
      const held = Math.min(1 - clip, Math.max(clip, probabilityAt(sample)));
      const asNegative = -Math.log(1 - held);
      const said = isPositive(numbers[sample])
        ? [1, 0, -Math.log(held), asNegative, 0]
        : [0, 1, 0, 0, asNegative];
      said.forEach((value, at) => {
        own[at] += value;
      });
    }
  }

  function batchRisk(): Risk {
    const all = [0, 0, 0, 0, 0];
    classSums.forEach((value, at) => {
      all[at % 5] += value;
    });
    const [positives, unlabelled, positivesAsPositive, positivesAsNegative] = all;
    const counts = { positives, unlabelled, positivesAsPositive, positivesAsNegative };
    return nonNegativeRisk({ ...counts, unlabelledAsNegative: all[4] }, job.prior);
  }

  function byRisk({ number, from, samples }: Part, numbers: Uint32Array, batch: number): PartLoss {
    const { risk, slope } = batchRisk();
    let hits = 0;
    for (let sample = from; sample < from + samples; sample++) {
      const probability = probabilityAt(sample);
      const positive = isPositive(numbers[sample]);
      if (probability > 0.5 === positive) hits += 1;
      const isClipped = probability < clip || probability > 1 - clip;
      const at = (dy.origin + sample * dy.ns) >>> 2;
      floats[at] = isClipped ? 0 : slope(positive, probability);
    }
    // The risk is the batch's, and the first part tells it for all of its samples.
    return { loss: number === 0 ? risk * batch : 0, hits };
  }

  const byLabels = job.prior > 0 ? byRisk : againstLabels;
  return { lossOfPart: job.labels === 0 ? againstPatches : byLabels, addClassSums };
}
