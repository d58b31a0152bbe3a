import { latentNoise } from "../../models/latent-noise";
import type { ImageBuffer } from "./layout";
import type { Part, Pass } from "./pass";
import type { PlannedLayer, ThreadPlan } from "./plan";

/**
 * Divergence of a normal distribution from the standard one, in nats: (m^2 + v - ln v - 1) / 2
 * (Kingma and Welling, 2014, appendix B).
 *
 * @param mean m
 * @param logVariance ln v
 */
export function normalDivergence(mean: number, logVariance: number): number {
  return 0.5 * (mean * mean + Math.exp(logVariance) - logVariance - 1);
}

/**
 * What a variational auto-encoder has between its halves: values drawn from the distribution that the
 * first half tells, in training, or its means; and an image made of a row of values.
 */
export function latentLayers(floats: Float32Array, { input }: ThreadPlan) {
  const perPatch = input.h * input.w * input.c;

  function forward(planned: PlannedLayer, pass: Pass, isTraining: boolean): void {
    const { layer, x, y } = planned;
    if (layer.kind === "unfold") unfold(x, y, pass.samples);
    if (layer.kind !== "sample") return;
    for (let sample = 0; sample < pass.samples; sample++) {
      const [from, to] = [startOf(x, sample), startOf(y, sample)];
      const mean = floats.subarray(from, from + layer.outputs);
      floats.set(mean, to);
      if (!isTraining) continue;
      const noise = latentNoise(pass.seed, pass.step, pass.first + sample, layer.outputs);
      noise.forEach((value, at) => {
        floats[to + at] += Math.exp(0.5 * floats[from + layer.outputs + at]) * value;
      });
    }
  }

  function backward({ layer, x, y, dx, dy }: PlannedLayer, pass: Pass): void {
    if (dx === null) return;
    if (layer.kind === "unfold") fold(dy, dx, pass.samples);
    if (layer.kind !== "sample") return;
    // The loss is a mean over the values of a patch and over the batch, and so is the divergence.
    const share = 1 / (pass.batch * perPatch);
    for (let sample = 0; sample < pass.samples; sample++) {
      const [code, drawn] = [startOf(x, sample), startOf(y, sample)];
      const [byDrawn, byCode] = [startOf(dy, sample), startOf(dx, sample)];
      for (let at = 0; at < layer.outputs; at++) {
        const mean = floats[code + at];
        const variance = Math.exp(floats[code + layer.outputs + at]);
        const slope = floats[byDrawn + at];
        floats[byCode + at] = slope + share * mean;
        floats[byCode + layer.outputs + at] =
          0.5 * (slope * (floats[drawn + at] - mean) + share * (variance - 1));
      }
    }
  }

  function unfold(row: ImageBuffer, image: ImageBuffer, samples: number): void {
    eachPixel(row, image, samples, (value, pixel) => {
      for (let channel = 0; channel < image.c; channel++) {
        floats[pixel + channel] = floats[value + channel];
      }
    });
  }

  function fold(image: ImageBuffer, row: ImageBuffer, samples: number): void {
    eachPixel(row, image, samples, (value, pixel) => {
      for (let channel = 0; channel < image.c; channel++) {
        floats[value + channel] = floats[pixel + channel];
      }
    });
  }

  return { forward, backward };
}

/** Sum over the samples of a part of how far what they are told by diverges; 0 without such a layer. */
export function divergenceOf(
  { layers }: ThreadPlan,
  floats: Float32Array,
  { from, samples }: Part,
): number {
  let sum = 0;
  for (const { layer, x } of layers) {
    if (layer.kind !== "sample") continue;
    for (let sample = from; sample < from + samples; sample++) {
      const code = startOf(x, sample);
      for (let at = code; at < code + layer.outputs; at++) {
        sum += normalDivergence(floats[at], floats[at + layer.outputs]);
      }
    }
  }
  return sum;
}

const startOf = ({ origin, ns }: ImageBuffer, sample: number) => (origin + sample * ns) >>> 2;

/** Where the values of each pixel lie in the row, and in the image. */
function eachPixel(
  row: ImageBuffer,
  image: ImageBuffer,
  samples: number,
  visit: (value: number, pixel: number) => void,
): void {
  for (let sample = 0; sample < samples; sample++) {
    const values = startOf(row, sample);
    for (let pixel = 0; pixel < image.h * image.w; pixel++) {
      const line = (image.hs >>> 2) * Math.floor(pixel / image.w);
      const at = startOf(image, sample) + line + (pixel % image.w) * image.cs;
      visit(values + pixel * image.c, at);
    }
  }
}
