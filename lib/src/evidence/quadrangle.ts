/** Column and row. */
export type Corner = readonly [number, number];

/** Area of a convex quadrangle within the unit square from a column and row, 0 to 1. */
export function unitSquareShare(corners: readonly Corner[], column: number, row: number): number {
  // Sutherland and Hodgman (1974): cut at one edge of the square after the other.
  let shape = cut(corners, 0, column, 1);
  shape = cut(shape, 0, column + 1, -1);
  shape = cut(shape, 1, row, 1);
  shape = cut(shape, 1, row + 1, -1);
  return area(shape);
}

/** What lies on the side of an edge that the sign tells, along one axis. */
function cut(shape: readonly Corner[], axis: 0 | 1, edge: number, sign: 1 | -1): readonly Corner[] {
  const inside = (corner: Corner) => sign * (corner[axis] - edge) >= 0;
  if (shape.every(inside)) return shape;
  const kept: Corner[] = [];
  for (let at = 0; at < shape.length; at++) {
    const from = shape[(at + shape.length - 1) % shape.length];
    const to = shape[at];
    if (inside(from) !== inside(to)) {
      const share = (edge - from[axis]) / (to[axis] - from[axis]);
      kept.push([from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])]);
    }
    if (inside(to)) kept.push(to);
  }
  return kept;
}

function area(shape: readonly Corner[]): number {
  let twice = 0;
  for (let at = 0; at < shape.length; at++) {
    const [column, row] = shape[at];
    const [nextColumn, nextRow] = shape[(at + 1) % shape.length];
    twice += column * nextRow - nextColumn * row;
  }
  return Math.abs(twice) / 2;
}
