import type { Network } from "./network";
import { outputShape } from "./plan";

/** Multiplications that a network's layers need for one patch, before any are saved. */
export function multiplicationsOf({ size, bands, layers }: Network): number {
  let shape = { h: size, w: size, c: bands };
  let sum = 0;
  for (const layer of layers) {
    const [h, w, c] = outputShape(layer, shape);
    if (layer.kind === "convolution") sum += 9 * layer.inputs * h * w * c;
    else if (layer.kind === "dense") sum += layer.inputs * c;
    else sum += h * w * c;
    shape = { h, w, c };
  }
  return sum;
}
