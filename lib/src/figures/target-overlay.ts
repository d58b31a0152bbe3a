import type { Target } from "../evaluation/targets";
import { cellOutline } from "../grid/cell-outline";
import { type GridGeometry, pixelCentre } from "../grid/grid";
import type { CellNotes } from "./map-hover";
import type { MapOverlay } from "./map-overlay";

/**
 * Outlines of targets, the first so many with their rank on the cell nearest to their centre; under
 * the pointer every cell of a target tells its rank.
 *
 * @param geometry of the grid that the targets were delineated on
 */
export function targetOverlay(
  geometry: GridGeometry,
  targets: readonly Target[],
  ranked = 10,
): MapOverlay & { readonly notes: CellNotes } {
  const outlines = {
    name: "Delineated target",
    lines: [],
    polygons: targets.flatMap(({ cells }) => cellOutline(geometry, cells)),
  };
  const labels = targets.slice(0, ranked).map((target) => ({
    text: String(target.rank),
    ...middleCell(geometry, target),
  }));
  const byCell = new Map(
    targets.flatMap(({ cells, rank }) =>
      Array.from(cells, (cell) => [cell, String(rank)] as const),
    ),
  );
  return { features: [outlines], labels, notes: { title: "Target", byCell } };
}

/** A bent area may not hold its centre. */
function middleCell(geometry: GridGeometry, { cells, centroid }: Target) {
  const centres = Array.from(cells, (cell) =>
    pixelCentre(geometry, Math.floor(cell / geometry.width), cell % geometry.width),
  );
  const gap = ({ easting, northing }: (typeof centres)[number]) =>
    Math.hypot(easting - centroid.easting, northing - centroid.northing);
  return centres.reduce((nearest, centre) => (gap(centre) < gap(nearest) ? centre : nearest));
}
