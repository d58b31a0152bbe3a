import type { TrainingJob } from "./job";
import type { Kernels } from "./kernel-functions";
import { divergenceOf } from "./latent";
import { CLIP, type Losses, type PartLoss } from "./loss-types";
import type { Part } from "./pass";
import type { ThreadPlan } from "./plan";
import { riskLosses } from "./risk-losses";

/** The kernel of each loss against patches, and the factor that its derivative begins with. */
const patchLosses = {
  meanSquaredError: { gradient: "squaredErrorGradient", factor: 2 },
  meanAbsoluteError: { gradient: "absoluteErrorGradient", factor: 1 },
  binaryCrossentropy: { gradient: "crossEntropyGradient", factor: 1 },
} as const;

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
      const held = Math.min(1 - CLIP, Math.max(CLIP, probability));
      loss -= label * Math.log(held) + (1 - label) * Math.log(1 - held);
      if (probability > 0.5 === label > 0.5) hits += 1;
      const isClipped = held !== probability;
      floats[(dy.origin + sample * dy.ns) >>> 2] = isClipped ? 0 : (probability - label) / batch;
    }
    return { loss, hits };
  }

  const { addClassSums, byRisk } = riskLosses(job, plan, floats);
  const byLabels = job.prior > 0 ? byRisk : againstLabels;
  return { lossOfPart: job.labels === 0 ? againstPatches : byLabels, addClassSums };
}
