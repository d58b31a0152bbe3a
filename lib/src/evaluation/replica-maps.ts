import { InputError } from "../errors";

/** What replicas of a map say of each cell together. */
export interface ReplicaSummary {
  readonly mean: Float64Array;
  /** Standard deviation over replicas, of the sample, with their number less 1. */
  readonly spread: Float64Array;
}

/**
 * Mean and spread over replicas, cell by cell.
 *
 * @param maps one number a cell each, in the same order
 * @throws InputError for fewer than two maps, or maps of unlike length
 */
export function summariseReplicas(maps: readonly ArrayLike<number>[]): ReplicaSummary {
  const variance = replicaVariance(maps);
  return { mean: meanMap(maps), spread: variance.map(Math.sqrt) };
}

/**
 * Variance over replicas, cell by cell: of the sample, with their number less 1.
 *
 * @throws InputError as summariseReplicas
 */
export function replicaVariance(maps: readonly ArrayLike<number>[]): Float64Array {
  requireAlike(maps);
  const mean = meanMap(maps);
  return mean.map(
    (middle, cell) =>
      maps.reduce((sum, map) => sum + (map[cell] - middle) ** 2, 0) / (maps.length - 1),
  );
}

/** Mean over maps, cell by cell. */
export function meanMap(maps: readonly ArrayLike<number>[]): Float64Array {
  return Float64Array.from(
    maps[0],
    (_, cell) => maps.reduce((sum, map) => sum + map[cell], 0) / maps.length,
  );
}

/** Share of the replicas, 0 to 1, by which each cell is at or above a threshold. */
export function agreementMap(maps: readonly ArrayLike<number>[], threshold: number): Float64Array {
  return Float64Array.from(
    maps[0],
    (_, cell) => maps.filter((map) => map[cell] >= threshold).length / maps.length,
  );
}

function requireAlike(maps: readonly ArrayLike<number>[]): void {
  if (maps.length >= 2 && maps.every(({ length }) => length === maps[0].length)) return;
  throw new InputError({
    kind: "values",
    field: "replicas of a map",
    found: maps.length === 0 ? "none" : `${maps.map(({ length }) => length).join(", ")} cells`,
    expected: "at least two, of as many cells each",
  });
}
