import type { Tensor } from "@tensorflow/tfjs-core";
import type { layers as tfLayers } from "@tensorflow/tfjs-layers";
import { tf } from "../tensorflow";
import { latentNoise } from "./latent-noise";

/** A layer that draws from the distribution that its input tells, in training, or takes its mean. */
export interface LatentSampleLayer extends tfLayers.Layer {
  /** What the next step draws by. */
  noise: { readonly seed: number; readonly step: string };
  /** Its input in the pass that is under way, for the loss. */
  code: Tensor | null;
}

/**
 * The reparametrised draw of Kingma and Welling (2014): z = m + exp(ln v / 2) e with a standard normal
 * e, from an input that holds all means m, then all ln v; m itself outside training.
 *
 * @returns a layer from [batch, 2 x values] to [batch, values]
 */
export function latentSample(name: string): LatentSampleLayer {
  class LatentSample extends tf.layers.Layer implements LatentSampleLayer {
    static readonly className = "LatentSample";
    noise = { seed: 0, step: "" };
    code: Tensor | null = null;

    override computeOutputShape(shape: number[]): (number | null)[] {
      return [shape[0] ?? null, shape[1] / 2];
    }

    override call(inputs: Tensor | Tensor[], { training }: { training?: boolean }): Tensor {
      const code = [inputs].flat()[0];
      this.code = code;
      const [mean, logVariance] = tf.split(code, 2, 1);
      if (training !== true) return mean;
      const [samples, count] = mean.shape as [number, number];
      const { seed, step } = this.noise;
      const draws = Array.from({ length: samples }, (_, at) => latentNoise(seed, step, at, count));
      const deviation = tf.exp(tf.mul(logVariance, 0.5));
      return tf.add(mean, tf.mul(deviation, tf.tensor2d(draws)));
    }
  }
  return new LatentSample({ name });
}

export function isLatentSample(layer: tfLayers.Layer): layer is LatentSampleLayer {
  return layer.getClassName() === "LatentSample";
}
