import { spearman } from "../evaluation/correlation";
import { rankShares } from "../evaluation/ranks";
import type { MapPanel, MapPanelsOptions } from "../figures/map-panels";
import type { Grid } from "../grid/grid";
import { patchGrid } from "../patches/assemble";
import { sampleAtPatches } from "../patches/sample";
import { type ComparedVariant, type Comparison, hasSamePatches, sides } from "./compared-variant";
import type { MapKind } from "./variant-tests";

/** Variants that are drawn beside each other at most, in maps and in curves. */
export const MOST_DRAWN = 12;

/** The map of a variant by rank, 0 to 100 %. */
function rankGrid(variant: ComparedVariant, kind: MapKind): Grid {
  const shares = rankShares(variant[kind]);
  return patchGrid(
    variant.patches,
    variant.name,
    shares.map((share) => 100 * share),
  );
}

/** The variants that are drawn: the first ones. */
export function drawnVariants({ variants }: Comparison): readonly ComparedVariant[] {
  return variants.slice(0, MOST_DRAWN);
}

/** Which variants are left out of maps and curves; null where none is. */
export function leftOutSentence({ variants }: Comparison): string | null {
  if (variants.length <= MOST_DRAWN) return null;
  return `Drawn are the first ${MOST_DRAWN} of ${variants.length} variants; tables hold all of them.`;
}

const NAMES: Readonly<Record<MapKind, string>> = {
  errors: "Reconstruction error",
  probabilities: "Prospectivity",
};

/** One map a variant, each patch by its rank in its own map. */
export function rankMaps(comparison: Comparison, kind: MapKind): MapPanelsOptions {
  const panels = drawnVariants(comparison).map((variant) => ({
    heading: variant.name,
    grid: rankGrid(variant, kind),
  }));
  const shared = { legend: "Rank among all patches (%)", colours: { domain: [0, 100] } } as const;
  return { title: `${NAMES[kind]} by rank`, panels, shared };
}

/**
 * One map for each variant but the reference: its rank less that of the reference, orange where it
 * is higher, blue where it is lower; as wide as a column where there is one.
 */
export function differenceMaps(comparison: Comparison, kind: MapKind): MapPanelsOptions {
  const panels = differencePanels(comparison, kind);
  const reach = differenceReach(panels);
  // Vega runs this scheme from blue to orange.
  const colours = { scheme: "blueOrange", domain: [-reach, reach] } as const;
  const shared = { legend: "Difference in rank (points of 100)", colours };
  const title = `${NAMES[kind]}: difference in rank`;
  return { title, panels, shared, widthMm: panels.length === 1 ? 84 : 174 };
}

/**
 * The rank of each variant but the reference less that of the reference, in points of 100; where
 * patches differ, the reference's is read at the centres of the variant's.
 */
export function differencePanels(comparison: Comparison, kind: MapKind): MapPanel[] {
  const { reference } = sides(comparison);
  const theirs = rankGrid(reference, kind);
  return drawnVariants(comparison)
    .slice(1)
    .map((variant) => {
      const read = sampleAtPatches(theirs, variant.patches);
      const own = rankShares(variant[kind]);
      const heading = `${variant.name} less ${reference.name}`;
      const points = own.map((share, patch) => 100 * share - read[patch]);
      return { heading, grid: patchGrid(variant.patches, heading, points) };
    });
}

/** The least round number of points that no difference exceeds, for a colour scale about 0. */
function differenceReach(panels: readonly MapPanel[]): number {
  let largest = 0;
  for (const { grid } of panels) {
    for (const value of grid.values) largest = Math.max(largest, Math.abs(value) || 0);
  }
  return Math.max(10, Math.ceil(largest / 10) * 10);
}

/** How alike the maps of two variants are. */
export interface VariantAgreement {
  readonly labels: readonly string[];
  /** Spearman's rank correlations; NaN where maps cannot be held against each other. */
  readonly matrix: readonly (readonly number[])[];
}

/**
 * Rank correlation of every pair of maps; of other patches, the second is read at the centres of the
 * first's, whichever has the smaller ones first.
 */
export function variantAgreement(comparison: Comparison, kind: MapKind): VariantAgreement {
  const drawn = drawnVariants(comparison);
  const matrix = drawn.map(() => drawn.map(() => 1));
  drawn.forEach((one, row) => {
    for (let column = row + 1; column < drawn.length; column++) {
      const value = rankCorrelation(one, drawn[column], kind);
      matrix[row][column] = value;
      matrix[column][row] = value;
    }
  });
  return { labels: drawn.map(({ name }) => name), matrix };
}

/**
 * Spearman's rank correlation of two variants' maps; NaN where one is the same all over, such as a
 * classifier that says 0 everywhere.
 */
export function rankCorrelation(
  one: ComparedVariant,
  other: ComparedVariant,
  kind: MapKind,
): number {
  if (hasSamePatches(one, other)) return spearman(one[kind], other[kind]) ?? Number.NaN;
  const [finer, coarser] = [one, other].sort(
    (a, b) => b.patches.places.length - a.patches.places.length,
  );
  const grid = patchGrid(coarser.patches, coarser.name, coarser[kind]);
  const read = sampleAtPatches(grid, finer.patches);
  const both = read.map((_, at) => at).filter((at) => !Number.isNaN(read[at]));
  const at = (values: Float64Array) => both.map((patch) => values[patch]);
  return spearman(at(finer[kind]), at(read)) ?? Number.NaN;
}
