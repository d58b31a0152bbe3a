import { type Random, randomStream, shuffledIndices } from "../random";
import { standardisedMeans } from "./means";
import { selectByError, type TrainingSelection } from "./select";
import type { Patches } from "./types";

/**
 * The labels shuffled within blocks of ground: each block keeps as many of either kind, dealt by
 * chance among its labelled patches. What a network can still tell of such labels it knows from
 * where they lie.
 *
 * @param block of each patch, by any numbers
 */
export function shuffledLabels(
  { prospective, background }: TrainingSelection,
  block: ArrayLike<number>,
  seed: number,
): TrainingSelection {
  const random = randomStream(seed, "shuffled-labels");
  const labelled = [...prospective, ...background].sort((first, second) => first - second);
  const isProspective = new Set(prospective);
  const blocks = [...new Set(labelled.map((patch) => block[patch]))];
  const chosen = blocks.flatMap((each) => {
    const own = labelled.filter((patch) => block[patch] === each);
    const count = own.filter((patch) => isProspective.has(patch)).length;
    return drawn(own, random).slice(0, count);
  });
  const isChosen = new Set(chosen);
  return {
    prospective: Uint32Array.from(chosen).sort(),
    background: Uint32Array.from(labelled.filter((patch) => !isChosen.has(patch))),
  };
}

function drawn(patches: readonly number[], random: Random): number[] {
  return Array.from(shuffledIndices(patches.length, random), (at) => patches[at]);
}

/**
 * Labels that stand for nothing but the evidence: the highest and the lowest values of a mixture of
 * the layers with weights drawn from a normal distribution. They hang together as well as any, and
 * so say how far hanging together is no sign of ore.
 *
 * @param high share taken as prospective
 * @param low share taken as background
 */
export function mixtureLabels(
  patches: Patches,
  proportion: { readonly high: number; readonly low: number },
  seed: number,
): TrainingSelection {
  const random = randomStream(seed, "mixture-of-layers");
  const rows = standardisedMeans(patches);
  const weights = patches.bands.map(() => random.normal());
  const values = patches.places.map((_, patch) =>
    weights.reduce((sum, weight, band) => sum + weight * rows[patch * weights.length + band], 0),
  );
  return selectByError(values, proportion);
}
