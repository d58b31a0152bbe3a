import { saturation } from "../evaluation/saturation";
import { type AutoencoderOptions, buildAutoencoder } from "../models/autoencoder";
import type { ClassifierTrial } from "../runs/classifier-trial";
import type { Row } from "./table";

/** One row a layer of an auto-encoder: what it is, what comes out, how many parameters. */
export function autoencoderRows(options: AutoencoderOptions): Row[] {
  const model = buildAutoencoder(options);
  const rows = model.layers.map((layer) => ({
    layer: layer.name,
    kind: layer.getClassName(),
    "output (rows × columns × maps)": [layer.outputShape].flat().slice(1).join(" × "),
    parameters: layer.countParams(),
  }));
  model.dispose();
  return rows;
}

/** How many weights an auto-encoder learns. */
export function parameterCount(options: AutoencoderOptions): number {
  const model = buildAutoencoder(options);
  const count = model.countParams();
  model.dispose();
  return count;
}

/** One row a classifier: how its training ended and how far its probabilities are saturated. */
export function classifierRows(trials: readonly ClassifierTrial[]): Row[] {
  return trials.map(({ label, history, probabilities, seconds }) => {
    const { between } = saturation(probabilities);
    return {
      classifier: label,
      "final loss": history.loss.at(-1) ?? null,
      "final accuracy": history.accuracy?.at(-1) ?? null,
      "% below 0.05 or above 0.95": 100 * (1 - between),
      seconds: Math.round(seconds * 10) / 10,
    };
  });
}

/** One row a classifier: shares of its probabilities within a margin of 0, of 1, and between. */
export function saturationRows(
  trials: readonly Pick<ClassifierTrial, "label" | "probabilities">[],
  margin = 0.05,
): Row[] {
  return trials.map(({ label, probabilities }) => {
    const { nearZero, between, nearOne } = saturation(probabilities, margin);
    return {
      classifier: label,
      [`% below ${margin}`]: 100 * nearZero,
      "% between": 100 * between,
      [`% above ${1 - margin}`]: 100 * nearOne,
    };
  });
}
