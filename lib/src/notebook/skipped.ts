import { blockCount } from "../evaluation/block-bootstrap";
import type { Patches } from "../patches/types";
import type { Study } from "../study/types";

/** Says that a step is left out because the study has no samples. */
export function withoutSamples({ id }: Pick<Study, "id">, step: string): string {
  return `*${step}: skipped, because study ${id} has no geochemical samples.*`;
}

/** Says that a step is left out because the study has one evidence layer only. */
export function withoutSecondLayer({ id, evidence }: Study, step: string): string {
  return `*${step}: skipped, because study ${id} has one evidence layer, ${evidence[0].label}, and the only one cannot be left out.*`;
}

/** Says that a step is left out because one evidence layer makes no pair. */
export function withoutPairs({ id }: Pick<Study, "id">, step: string): string {
  return `*${step}: skipped, because study ${id} has one evidence layer, and so no pairs.*`;
}

/** Says that a step is left out because no layer is held favourable beforehand, high or low. */
export function withoutDirection({ id }: Pick<Study, "id">, step: string): string {
  return `*${step}: skipped, because the manifest of study ${id} holds no layer favourable beforehand.*`;
}

/** Says that a step is left out because too few occurrences are held by patches. */
export function withTooFewOccurrences({ id }: Pick<Study, "id">, step: string): string {
  return `*${step}: skipped, because too few patches of study ${id} hold an occurrence.*`;
}

/** Says that blocks of patches give no interval because there is one only; null where they do. */
export function oneBlockSentence(
  { places }: Pick<Patches, "places">,
  blocks: { readonly blockSize: number },
): string | null {
  if (blockCount(places, blocks) > 1) return null;
  const { blockSize } = blocks;
  return `All ${places.length} patches lie in one block of ${blockSize} by ${blockSize}, so nothing is known of how far a correlation depends on the ground that was looked at: intervals over blocks are −1 to 1.`;
}
