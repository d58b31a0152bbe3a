import { cellOutline } from "../../lib/src/grid/cell-outline";
import type { GridGeometry } from "../../lib/src/grid/grid";
import type { VectorFeature } from "../../lib/src/grid/vector-feature";

const geometry: GridGeometry = {
  width: 8,
  height: 6,
  transform: [400000.5, 600, 0, 6800000.25, 0, -600],
  crs: { epsg: 32750, name: "WGS 84 / UTM zone 50S" },
};

/** The areas of test/reference/grid/areas.gpkg and .geojson: one with a hole, one in two parts. */
export const WRITTEN_AREAS: readonly VectorFeature[] = [
  {
    polygons: cellOutline(geometry, [0, 1, 2, 8, 10, 16, 17, 18]),
    properties: { rank: 1, name: 'κ "north" & west', score: 0.91, note: null },
  },
  {
    polygons: cellOutline(geometry, [36, 45]),
    properties: { rank: 2, name: "two corners", score: 1, note: "meet at a corner" },
  },
];

export const WRITTEN_AREAS_CRS = geometry.crs;
