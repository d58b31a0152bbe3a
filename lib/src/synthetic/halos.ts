import { type GridGeometry, pixelAt, pixelCentre } from "../grid/grid";
import { ELEMENTS } from "./elements";
import type { Centre, MineralSystem } from "./mineral-centres";

/** How many halo lengths a halo is followed: beyond it less than 0.3 % is left. */
const REACH = 6;

/**
 * What centres add to each cell, in backgrounds of each element: the sum over centres of strength x
 * signature x exp(-distance / halo length).
 *
 * @returns [element][cell], elements as in ELEMENTS, cells row-major
 */
export function halosOnGrid(
  geometry: GridGeometry,
  { centres, barren }: MineralSystem,
): Float64Array[] {
  const cells = geometry.width * geometry.height;
  const halos = ELEMENTS.map(() => new Float64Array(cells));
  for (const centre of [...centres, ...barren]) {
    for (const { cell, share } of cellsAround(geometry, centre)) {
      centre.signature.forEach((backgrounds, element) => {
        halos[element][cell] += centre.strength * share * backgrounds;
      });
    }
  }
  return halos;
}

function cellsAround(geometry: GridGeometry, { easting, northing, haloLength }: Centre) {
  const { width, height, transform } = geometry;
  const reach = Math.ceil((REACH * haloLength) / transform[1]);
  const at = pixelAt(geometry, easting, northing);
  const found: { readonly cell: number; readonly share: number }[] = [];
  if (at === null) return found;
  const [top, bottom] = [Math.max(0, at.row - reach), Math.min(height - 1, at.row + reach)];
  const [left, right] = [Math.max(0, at.column - reach), Math.min(width - 1, at.column + reach)];
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const middle = pixelCentre(geometry, row, column);
      const distance = Math.hypot(middle.easting - easting, middle.northing - northing);
      found.push({ cell: row * width + column, share: Math.exp(-distance / haloLength) });
    }
  }
  return found;
}
