/** Places of samples, in CRS units; both of one length. */
export interface SamplePlaces {
  readonly eastings: ArrayLike<number>;
  readonly northings: ArrayLike<number>;
}

/** The nearest places to a point; overwritten by the next search. */
export interface Neighbours {
  /** Indices of places, nearest first; equal distances in the order of the places. */
  readonly indices: Int32Array;
  /** Squared distances in squared CRS units. */
  readonly squares: Float64Array;
  /** How many of them are filled. */
  count: number;
}

/** Finds the nearest places to a point, leaving out one of them if told. */
export type NeighbourSearch = (
  easting: number,
  northing: number,
  leftOut?: number,
) => Readonly<Neighbours>;

/** Places in a cell on average: few enough to skip most, enough to fill most cells. */
const PLACES_PER_CELL = 3;

/**
 * A search for the given number of nearest places. It sorts the places into square cells and looks
 * through rings of cells around the point until no nearer place can follow, so it is exact. A
 * point whose coordinates are not finite has no neighbours.
 *
 * @param wanted how many neighbours; all where there are fewer
 */
export function neighbourSearch(places: SamplePlaces, wanted: number): NeighbourSearch {
  const total = places.eastings.length;
  const { west, south, size, across, up } = cellsOver(places);
  const cellOf = (value: number, origin: number, cells: number) =>
    Math.min(cells - 1, Math.max(0, Math.floor((value - origin) / size)));
  const { starts, order } = placesByCell(places, across * up, (place) => {
    const column = cellOf(places.eastings[place], west, across);
    return cellOf(places.northings[place], south, up) * across + column;
  });
  const eastings = Float64Array.from(order, (place) => places.eastings[place]);
  const northings = Float64Array.from(order, (place) => places.northings[place]);
  const capacity = Math.min(wanted, total);
  const found: Neighbours = {
    indices: new Int32Array(capacity),
    squares: new Float64Array(capacity),
    count: 0,
  };

  const scan = (row: number, from: number, to: number, x: number, y: number, leftOut: number) => {
    if (row < 0 || row >= up) return;
    const first = row * across + Math.max(0, from);
    const last = row * across + Math.min(across - 1, to);
    if (first > last) return;
    for (let at = starts[first]; at < starts[last + 1]; at++) {
      if (order[at] === leftOut) continue;
      const square = (eastings[at] - x) ** 2 + (northings[at] - y) ** 2;
      insert(found, order[at], square);
    }
  };

  return (easting, northing, leftOut = -1) => {
    found.count = 0;
    if (!Number.isFinite(easting) || !Number.isFinite(northing)) return found;
    const column = cellOf(easting, west, across);
    const row = cellOf(northing, south, up);
    for (let ring = 0; ; ring++) {
      const [left, right, bottom, top] = [column - ring, column + ring, row - ring, row + ring];
      scan(bottom, left, right, easting, northing, leftOut);
      if (ring > 0) {
        scan(top, left, right, easting, northing, leftOut);
        for (let between = bottom + 1; between < top; between++) {
          if (left >= 0) scan(between, left, left, easting, northing, leftOut);
          if (right < across) scan(between, right, right, easting, northing, leftOut);
        }
      }
      // No place outside the rings is nearer than the nearest side that has cells beyond it.
      const reach = Math.min(
        left > 0 ? easting - (west + left * size) : Number.POSITIVE_INFINITY,
        right < across - 1 ? west + (right + 1) * size - easting : Number.POSITIVE_INFINITY,
        bottom > 0 ? northing - (south + bottom * size) : Number.POSITIVE_INFINITY,
        top < up - 1 ? south + (top + 1) * size - northing : Number.POSITIVE_INFINITY,
      );
      if (reach === Number.POSITIVE_INFINITY) return found;
      // A hair less, for the rounding of cell edges.
      const sure = Math.max(0, reach - 1e-9 * size) ** 2;
      if (found.count === capacity && found.squares[capacity - 1] < sure) return found;
    }
  };
}

/** Keeps the nearest in rising order of distance, then of index. */
function insert(found: Neighbours, place: number, square: number): void {
  const { indices, squares } = found;
  const last = squares.length - 1;
  if (found.count > last && !precedes(place, square, found, last)) return;
  let at = found.count > last ? last : found.count++;
  for (; at > 0 && precedes(place, square, found, at - 1); at--) {
    squares[at] = squares[at - 1];
    indices[at] = indices[at - 1];
  }
  squares[at] = square;
  indices[at] = place;
}

function precedes(place: number, square: number, found: Neighbours, at: number): boolean {
  const other = found.squares[at];
  return square < other || (square === other && place < found.indices[at]);
}

function cellsOver({ eastings, northings }: SamplePlaces) {
  const [west, east] = rangeOf(eastings);
  const [south, north] = rangeOf(northings);
  const [width, height] = [east - west, north - south];
  const cells = Math.max(1, eastings.length / PLACES_PER_CELL);
  // Long thin sets of places get a row of cells, not a square of empty ones.
  const size = Math.max(Math.sqrt((width * height) / cells), Math.max(width, height) / cells) || 1;
  return {
    west,
    south,
    size,
    across: Math.floor(width / size) + 1,
    up: Math.floor(height / size) + 1,
  };
}

function rangeOf(values: ArrayLike<number>): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < values.length; at++) {
    low = Math.min(low, values[at]);
    high = Math.max(high, values[at]);
  }
  return [low, high];
}

/** Places in the order of their cells, within a cell in their own; where each cell starts. */
function placesByCell(places: SamplePlaces, cells: number, cellOf: (place: number) => number) {
  const total = places.eastings.length;
  const starts = new Int32Array(cells + 1);
  const cellOfPlace = Int32Array.from({ length: total }, (_, place) => cellOf(place));
  for (const cell of cellOfPlace) starts[cell + 1]++;
  for (let cell = 0; cell < cells; cell++) starts[cell + 1] += starts[cell];
  const next = starts.slice();
  const order = new Int32Array(total);
  cellOfPlace.forEach((cell, place) => {
    order[next[cell]++] = place;
  });
  return { starts, order };
}
