import { cellOutline } from "../grid/cell-outline";
import { type GridGeometry, gridOverRegion, regionOf } from "../grid/grid";
import type { Polygon } from "../grid/shapes";
import { areaMask, type StudyArea } from "../grid/study-area";
import type { Study } from "../study/types";
import type { MapOverlay } from "./map-overlay";

/** Cells along a map's longer edge that its outline is drawn by at most: finer than print. */
const FINEST = 700;

/** An outline serves every map of a study. */
const known = new WeakMap<StudyArea, readonly Polygon[]>();

/** The outline of the study area, to be drawn over maps; nothing where it is the whole region. */
export function areaOverlay({ area, geometry }: Pick<Study, "area" | "geometry">): MapOverlay {
  if (area === null) return {};
  if (area.from === "polygons") return { outline: area.polygons };
  const outline = known.get(area) ?? outlineOf(area, geometry);
  known.set(area, outline);
  return { outline };
}

function outlineOf(area: StudyArea, { width, height, transform, crs }: GridGeometry): Polygon[] {
  const coarsening = Math.ceil(Math.max(width, height) / FINEST);
  const region = regionOf({ width, height, transform, crs });
  const geometry = gridOverRegion(region, coarsening * transform[1], crs);
  const mask = areaMask(area, geometry);
  const cells = Array.from(mask, (inside, cell) => (inside === 1 ? cell : -1));
  return cellOutline(
    geometry,
    cells.filter((cell) => cell >= 0),
  );
}
