import type { FeatureTable } from "../comparators/types";
import {
  fullRank,
  type MinimumCovarianceOptions,
  minimumCovariance,
  squaredDistances,
  supportOf,
} from "./minimum-covariance";
import { type FittedDetector, fitDetector, standardiser } from "./rows";

/**
 * Robust Mahalanobis distance of each row from the bulk of the training rows, by the minimum
 * covariance determinant: outlying rows do not widen the spread that they are measured by. Its square
 * is chi-square of as many degrees as there are features where rows are normal.
 *
 * @throws InputError as fitDetector and minimumCovariance: where half of the rows lie in a plane
 */
export function robustDistances(
  training: FeatureTable,
  options: MinimumCovarianceOptions,
): FittedDetector {
  return fitDetector(training, (rows) => {
    const scale = standardiser(rows);
    const turn = fullRank(scale(rows));
    const fitted = minimumCovariance(turn(scale(rows)), options);
    return (asked) => squaredDistances(turn(scale(asked)), fitted).map(Math.sqrt);
  });
}

/**
 * Features that are the same in so many rows that a robust distance has no spread to measure them
 * by, such as a density that is 0 in most of the area.
 */
export function bulkConstants({ names, values }: FeatureTable): string[] {
  const width = names.length;
  const count = values.length / width;
  return names.filter((_, feature) => {
    const counts = new Map<number, number>();
    for (let at = feature; at < values.length; at += width) {
      counts.set(values[at], (counts.get(values[at]) ?? 0) + 1);
    }
    return Math.max(...counts.values()) >= supportOf(count, width);
  });
}
