import type { FeatureTable } from "../comparators/types";
import { type FittedDetector, fitDetector, type Rows, standardiser } from "./rows";
import { requireWholeNumber } from "./settings";

export interface NeighbourDistanceOptions {
  /** 5 when absent. */
  readonly neighbours?: number;
  /**
   * The distance of the farthest of them (Ramaswamy et al. 2000), or the mean of all (Angiulli and
   * Pizzuti 2002); the farthest when absent.
   */
  readonly of?: "farthest" | "mean";
}

/**
 * How far each row lies from its nearest neighbours among the training rows, in features brought to
 * mean 0 and deviation 1; a training row is no neighbour of itself. Exact: every pair is looked at,
 * so time grows with the product of the two numbers of rows.
 *
 * @throws InputError as fitDetector, and when there are no more rows than neighbours
 */
export function neighbourDistances(
  training: FeatureTable,
  { neighbours = 5, of = "farthest" }: NeighbourDistanceOptions = {},
): FittedDetector {
  return fitDetector(training, (rows) => {
    requireWholeNumber("neighbours", neighbours, 1, rows.count - 1);
    const scale = standardiser(rows);
    const known = scale(rows);
    return (asked, own) => {
      const places = scale(asked);
      return Float64Array.from({ length: asked.count }, (_, row) => {
        const squares = nearestSquares(known, places, row, neighbours, own ? row : -1);
        if (of === "farthest") return Math.sqrt(squares[neighbours - 1]);
        return squares.reduce((sum, square) => sum + Math.sqrt(square), 0) / neighbours;
      });
    };
  });
}

/** Squared distances of the nearest rows, rising. */
function nearestSquares(
  known: Rows,
  places: Rows,
  row: number,
  neighbours: number,
  leftOut: number,
): Float64Array {
  const { width, values } = known;
  const nearest = new Float64Array(neighbours).fill(Number.POSITIVE_INFINITY);
  const last = neighbours - 1;
  for (let other = 0; other < known.count; other++) {
    if (other === leftOut) continue;
    let square = 0;
    for (let at = 0; at < width && square < nearest[last]; at++) {
      square += (values[other * width + at] - places.values[row * width + at]) ** 2;
    }
    if (square >= nearest[last]) continue;
    let to = last;
    for (; to > 0 && nearest[to - 1] > square; to--) nearest[to] = nearest[to - 1];
    nearest[to] = square;
  }
  return nearest;
}
