import { mapCorrelation } from "../evaluation/block-bootstrap";
import type { Estimate } from "../evaluation/types";
import type { Grid } from "../grid/grid";
import { patchGrid } from "../patches/assemble";
import { sampleAtPatches } from "../patches/sample";
import type { Patches } from "../patches/types";
import type { AutoencoderTrial } from "../runs/autoencoder-trial";
import type { Row } from "../tables/table";
import type { Metrics } from "./measured";

/** Error maps of one size of patches, and how alike they are to those of the finest. */
export interface SizeErrors {
  readonly label: string;
  readonly size: number;
  readonly trial: AutoencoderTrial;
  readonly grid: Grid;
  /** Null of the finest itself, and of a size of which the district holds a single patch. */
  readonly withFinest: Estimate | null;
}

/**
 * Error maps by patch size, each coarser one read at the centres of the finest patches, which are
 * the last.
 */
export function errorsBySize(
  cut: readonly Patches[],
  trials: readonly AutoencoderTrial[],
  blocks: Parameters<typeof mapCorrelation>[3],
): SizeErrors[] {
  const finest = cut.length - 1;
  return cut.map((patches, at) => {
    const { size } = patches.layout;
    const label = `CAE b, ${size} px`;
    const grid = patchGrid(patches, label, trials[at].errors);
    const hasNone = at === finest || patches.places.length < 2;
    const read = hasNone ? null : sampleAtPatches(grid, cut[finest]);
    const { errors } = trials[finest];
    const withFinest = read && mapCorrelation(read, errors, cut[finest].places, blocks);
    return { label, size, trial: { ...trials[at], label }, grid, withFinest };
  });
}

/** How alike each coarser map is to the finest. */
export function sizeMetrics(sizes: readonly SizeErrors[]): Metrics {
  return Object.fromEntries(
    sizes.flatMap(({ size, withFinest }) =>
      withFinest === null ? [] : [[`cae.patchSize.${size}.correlation`, withFinest]],
    ),
  );
}

/** One row a coarser size: its correlation with the finest, 95 % interval. */
export function sizeRows(sizes: readonly SizeErrors[]): Row[] {
  return sizes.flatMap(({ label, withFinest }) => {
    if (withFinest === null) return [];
    const [from, to] = withFinest.interval;
    return [{ map: label, correlation: withFinest.value, from, to }];
  });
}

/** Which sizes cannot be compared; null where all can. */
export function singlePatchSentence(sizes: readonly SizeErrors[]): string | null {
  const lacking = sizes.slice(0, -1).filter(({ withFinest }) => withFinest === null);
  return lacking.length === 0
    ? null
    : `Sizes of which the district holds one patch only are left out: ${lacking.map(({ size }) => `${size} px`).join(", ")}.`;
}
