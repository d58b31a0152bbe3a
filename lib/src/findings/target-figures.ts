import { quantileOfSorted } from "../evaluation/describe";
import type { Figure } from "../figures/figure";
import type { MapOverlay } from "../figures/map-overlay";
import { type MapPanel, mapPanels } from "../figures/map-panels";
import { targetOverlay } from "../figures/target-overlay";
import type { Grid } from "../grid/grid";
import { croppedGrid, type PixelWindow } from "../grid/window";
import { patchGrid } from "../patches/assemble";
import type { Patches } from "../patches/types";
import { type Found, isSkipped } from "../skipped";
import { bandOf } from "./attribution";
import { signed } from "./target-card-rows";
import type { TargetCard, TargetCards } from "./target-cards";

/** Patches that are shown around a target at least, on each side, and at most across. */
const LEAST_MARGIN = 4;
const MOST_ACROSS = 60;

/** A square window of the patch grid with a target in its middle, held within the grid. */
export function windowAround(
  { layout }: Pick<Patches, "layout">,
  { target }: Pick<TargetCard, "target">,
  margin = LEAST_MARGIN,
): PixelWindow {
  const { rows, columns } = layout;
  const down = Array.from(target.cells, (cell) => Math.floor(cell / columns));
  const across = Array.from(target.cells, (cell) => cell % columns);
  const extent = (all: readonly number[]) => Math.max(...all) - Math.min(...all) + 1;
  const edge = Math.min(MOST_ACROSS, Math.max(extent(down), extent(across)) + 2 * margin);
  const startOf = (all: readonly number[], whole: number) => {
    const middle = (Math.min(...all) + Math.max(...all) + 1) / 2;
    return Math.max(0, Math.min(whole - edge, Math.round(middle - edge / 2)));
  };
  return {
    ...{ row: startOf(down, rows), column: startOf(across, columns) },
    ...{ width: Math.min(edge, columns), height: Math.min(edge, rows) },
  };
}

/** Colours of what speaks for and against: warm for, blue against, white at 0. */
export function bothWays(grids: readonly Grid[]) {
  const sizes = grids.flatMap(({ values }) =>
    Array.from(values, Math.abs).filter((value) => !Number.isNaN(value)),
  );
  const sorted = Float64Array.from(sizes).sort();
  const most = sorted.length === 0 ? 1 : quantileOfSorted(sorted, 0.99);
  const bound = most > 0 ? most : 1;
  return { scheme: "blueRed", domain: [-bound, bound] } as const;
}

/** The cards that the notebook draws; where there is no target, the one reason why. */
export function targetCardFigures(
  found: Found<TargetCards>,
  overlay: MapOverlay = {},
): readonly Found<Figure>[] {
  if (isSkipped(found)) return [found];
  return found.cards.slice(0, found.drawn).map((card) => targetCardFigure(found, card, overlay));
}

/** Map cut-out of a target: the score, and what the layers that drive it most say of the ground. */
export function targetCardFigure(
  all: TargetCards,
  card: TargetCard,
  overlay: MapOverlay = {},
): Figure {
  const { patches, byLayer, grid } = all;
  const { target, layers } = card;
  const window = windowAround(patches, card);
  const crop = (whole: Grid) => croppedGrid(whole, window);
  const drivers = layers.slice(0, 2).map(({ layer, attribution }) => {
    const band = patches.bands.indexOf(layer);
    const values = bandOf(byLayer, band, patches.bands.length);
    return { layer, attribution, grid: crop(patchGrid(patches, layer, values)) };
  });
  const colours = bothWays(drivers.map((driver) => driver.grid));
  const panels: MapPanel[] = [
    { heading: "Score", grid: crop(grid), legend: "Probability", colours: { domain: [0, 1] } },
    ...drivers.map(({ layer, attribution, grid: part }) => ({
      heading: `${layer} (${signed(attribution)})`,
      ...{ grid: part, legend: `${layer}, log odds`, colours },
    })),
  ];
  const { features } = targetOverlay(grid.geometry, [target], 0);
  const { points, outline } = overlay;
  const drawn = {
    ...(points && { points }),
    ...(outline && { outline }),
    ...(features && { features }),
  };
  return mapPanels({
    title: `Target ${target.rank}: what speaks for it`,
    ...{ panels, columns: 3, overlay: drawn, hasScaleBar: true },
  });
}
