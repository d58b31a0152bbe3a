import { distanceToPolygons, distanceToSegments } from "../grid/distance";
import type { GridGeometry } from "../grid/grid";
import { rasterisePolygons } from "../grid/rasterise";
import { lineSegments } from "../grid/segments";
import type { Line, Polygon } from "../grid/shapes";
import type { RockClass } from "./constants";
import type { Intrusions } from "./intrusions";
import type { RockUnit, Strata } from "./strata";

/** What lies at the surface of each cell, row-major. */
export interface Ground {
  readonly rock: readonly RockClass[];
  readonly zone: readonly RockUnit["zone"][];
  /** Metres to the nearest fault, the thrust among them. */
  readonly toFault: Float32Array;
  /** Metres to the nearest mapped intrusion, 0 within. */
  readonly toIntrusion: Float32Array;
}

/** Rock and zone of each cell, intrusions over the strata, and how far structures are. */
export function makeGround(
  geometry: GridGeometry,
  { thrust, units }: Strata,
  faults: readonly Line[],
  { mapped }: Intrusions,
): Ground {
  const plutons = mapped.map(({ polygon }) => polygon);
  return {
    ...surface(geometry, units, plutons),
    toFault: distanceToSegments(geometry, lineSegments([thrust, ...faults])),
    toIntrusion: distanceToPolygons(geometry, plutons),
  };
}

function surface(
  geometry: GridGeometry,
  units: readonly RockUnit[],
  plutons: readonly Polygon[],
): Pick<Ground, "rock" | "zone"> {
  const count = geometry.width * geometry.height;
  const rock = new Array<RockClass>(count).fill("turbidite");
  const zone = new Array<RockUnit["zone"]>(count).fill("West");
  for (const unit of units) {
    rasterisePolygons(geometry, unit.polygons).forEach((inside, cell) => {
      if (inside === 0) return;
      rock[cell] = unit.rock;
      zone[cell] = unit.zone;
    });
  }
  rasterisePolygons(geometry, plutons).forEach((inside, cell) => {
    if (inside === 1) rock[cell] = "granitoid";
  });
  return { rock, zone };
}
