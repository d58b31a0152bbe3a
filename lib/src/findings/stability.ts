import { blockCount, mapCorrelation } from "../evaluation/block-bootstrap";
import { correlationMatrix } from "../evaluation/correlation";
import type { Estimate } from "../evaluation/types";
import type { CorrelationHeatmapOptions } from "../figures/correlation-heatmap";
import type { Patches } from "../patches/types";
import { besidePublished, publishedStudy } from "../published/published-study";
import type { AutoencoderTrial } from "../runs/autoencoder-trial";
import type { Study } from "../study/types";
import { type MapPair, mapPairRows, mapPairs } from "../tables/correlation";
import type { Row } from "../tables/table";
import type { Metrics } from "./measured";
import { estimateText } from "./words";

type Blocks = Parameters<typeof mapCorrelation>[3];

/** Table 2: how alike the errors of three networks are, and what the seed alone changes. */
export interface ErrorStability {
  /** Reduced layers, the network as it is, and the longer training. */
  readonly variants: readonly AutoencoderTrial[];
  readonly labels: readonly string[];
  readonly matrix: readonly (readonly number[])[];
  /** The pairs of the matrix: reduced and base, reduced and long, base and long. */
  readonly pairs: readonly MapPair[];
  /** The published matrix, where the study has its layers and epochs. */
  readonly beside: ReturnType<typeof besidePublished>;
  readonly base: AutoencoderTrial;
  readonly reseeded: AutoencoderTrial;
  /** Correlation of the errors of two seeds. */
  readonly seedOnly: Estimate;
  readonly patches: Patches;
  readonly blocks: Blocks;
}

/** Compares the errors of three networks, and of two seeds. */
export function errorStability(
  study: Study,
  patches: Patches,
  trials: Readonly<Record<"reduced" | "base" | "long" | "reseeded", AutoencoderTrial>>,
  blocks: Blocks,
): ErrorStability {
  const { reduced, base, long, reseeded } = trials;
  const variants = [reduced, base, long];
  const labels = variants.map(({ label }) => label);
  const { runs, matrix: published } = publishedStudy().table2CaeStability;
  return {
    ...{ variants, labels, base, reseeded, patches, blocks },
    matrix: correlationMatrix(variants.map(({ errors }) => errors)),
    pairs: mapPairs(variants, patches, blocks),
    beside: besidePublished(study, labels, { labels: runs, matrix: published }),
    seedOnly: mapCorrelation(base.errors, reseeded.errors, patches.places, blocks),
  };
}

/** The three entries of Table 2, and the correlation between seeds. */
export function stabilityMetrics({ pairs, seedOnly, patches }: ErrorStability): Metrics {
  const n = patches.places.length;
  const [reducedAndBase, reducedAndLong, baseAndLong] = pairs.map(({ estimate }) => estimate);
  return {
    "cae.stability.reducedAndBase": { ...reducedAndBase, n },
    "cae.stability.reducedAndLong": { ...reducedAndLong, n },
    "cae.stability.baseAndLong": { ...baseAndLong, n },
    "cae.stability.seed": { ...seedOnly, n },
  };
}

/** The heat map of Table 2, the published one beside it where it may stand there. */
export function besideTable2({
  labels,
  matrix,
  beside,
}: ErrorStability): Omit<CorrelationHeatmapOptions, "title"> {
  return { labels, matrix, ...beside };
}

/** One row a pair of Table 2, 95 % interval over blocks of patches. */
export function stabilityRows({ pairs, beside }: ErrorStability): Row[] {
  return mapPairRows(pairs, beside.published?.matrix);
}

/** How stable errors are, beside what the seed alone changes and what the paper prints. */
export function stabilitySentences(found: ErrorStability): string[] {
  const { pairs, seedOnly, beside, patches, blocks } = found;
  const [lowest] = pairs
    .map(({ estimate }) => estimate)
    .sort((one, other) => one.value - other.value);
  const published = Math.min(...publishedStudy().table2CaeStability.matrix.flat());
  const oneBlock = oneBlockSentence(patches, blocks);
  return [
    ...(oneBlock === null ? [] : [oneBlock]),
    `The least alike of the three correlate by **${estimateText(lowest)}**; two trainings that differ by nothing but the seed by **${estimateText(seedOnly)}**. The lowest published for Hezuo is ${published}.`,
    ...(beside.published
      ? []
      : ["Hezuo has other layers, or epochs: only the shape can be compared."]),
  ];
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

/** How far the errors of two networks agree, in a sentence. */
export function alikeSentence(what: string, alike: Estimate): string {
  return `${what} correlate by ${estimateText(alike)}.`;
}
