import { randomStream } from "../random";

/**
 * The standard normal values by which a variational auto-encoder draws for one sample of one step:
 * the same whichever thread or library computes it.
 *
 * @param step epoch and batch, such as "3/14"
 * @param sample its number in the batch
 */
export function latentNoise(seed: number, step: string, sample: number, count: number): number[] {
  const random = randomStream(seed, `latent/${step}/${sample}`);
  return Array.from({ length: count }, () => random.normal());
}
