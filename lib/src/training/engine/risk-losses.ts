import type { TrainingJob } from "./job";
import { CLIP, type Losses, type PartLoss } from "./loss-types";
import type { Part } from "./pass";
import type { ThreadPlan } from "./plan";
import { nonNegativeRisk, type Risk } from "./risk";

/**
 * How a thread takes the non-negative risk, which hangs on the whole batch: each part says what its
 * samples come to, and when all have, every thread adds the parts up in their order.
 */
export function riskLosses(
  job: TrainingJob,
  plan: ThreadPlan,
  floats: Float32Array,
): Pick<Losses, "addClassSums"> & { readonly byRisk: Losses["lossOfPart"] } {
  const { output } = plan;
  const { dy } = plan.layers[plan.layers.length - 1];
  const classSums = new Float64Array(job.memory.buffer, job.classSums, 5 * job.parts);
  const probabilityAt = (sample: number) => floats[(output.origin + sample * output.ns) >>> 2];
  const isPositive = (number: number) => floats[(job.labels >>> 2) + number] > 0.5;

  function addClassSums({ number, from, samples }: Part, numbers: Uint32Array): void {
    const own = classSums.subarray(5 * number, 5 * number + 5).fill(0);
    for (let sample = from; sample < from + samples; sample++) {
      const held = Math.min(1 - CLIP, Math.max(CLIP, probabilityAt(sample)));
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
      const isClipped = probability < CLIP || probability > 1 - CLIP;
      const at = (dy.origin + sample * dy.ns) >>> 2;
      floats[at] = isClipped ? 0 : slope(positive, probability);
    }
    // The risk is the batch's, and the first part tells it for all of its samples.
    return { loss: number === 0 ? risk * batch : 0, hits };
  }

  return { addClassSums, byRisk };
}
