import { InputError } from "../errors";
import { meanMap } from "./replica-maps";

/**
 * First-order effect of a source of few values, Var(E[y | value]), cell by cell, from replicas in which
 * all else was drawn at random: the variance of the means by value, less what the spread within values
 * makes of it. With K values of n_k replicas each, means m_k about m and a pooled variance s^2 within,
 *
 *   1/K sum (m_k - m)^2 - (K - 1) / K^2 s^2 sum 1 / n_k,
 *
 * without bias where the spread within is alike, and below 0 where chance had it so. Values are taken as
 * equally likely and as all there are, so that K and not K - 1 stands below.
 *
 * Source: the one-way layout of Scheffé (1959), chapter 3; the first-order effect of Sobol' (1993).
 *
 * @param maps one number a cell each
 * @param values of the source, one a map, by any numbers
 * @returns NaN where fewer than two values were met, or none more than once: nothing can be told
 * @throws InputError when there is not one value a map
 */
export function varianceByValue(
  maps: readonly ArrayLike<number>[],
  values: readonly number[],
): Float64Array {
  const groups = [...new Set(values)].map((value) => maps.filter((_, at) => values[at] === value));
  const [count, free] = [groups.length, maps.length - groups.length];
  if (values.length !== maps.length) {
    throw badMaps(`${maps.length} with ${values.length} values`, "one value a map");
  }
  if (count < 2 || free < 1) return new Float64Array(maps[0].length).fill(Number.NaN);
  const means = groups.map(meanMap);
  const whole = meanMap(means);
  const weight =
    ((count - 1) / count ** 2) * groups.reduce((sum, { length }) => sum + 1 / length, 0);
  return whole.map((middle, cell) => {
    const between = means.reduce((sum, mean) => sum + (mean[cell] - middle) ** 2, 0) / count;
    let within = 0;
    groups.forEach((group, at) => {
      for (const map of group) within += (map[cell] - means[at][cell]) ** 2;
    });
    return between - (weight * within) / free;
  });
}

/**
 * First-order effect of a source, cell by cell, from pairs of replicas that share its value and nothing
 * else: their covariance (Sobol' 1993), without bias.
 *
 * @param first one map a pair
 * @param second the other of each pair
 * @throws InputError for fewer than two pairs, or not as many of each
 */
export function varianceOfShared(
  first: readonly ArrayLike<number>[],
  second: readonly ArrayLike<number>[],
): Float64Array {
  requirePairs(first, second, 2);
  const [one, other] = [meanMap(first), meanMap(second)];
  return one.map((middle, cell) => {
    const products = first.reduce(
      (sum, map, at) => sum + (map[cell] - middle) * (second[at][cell] - other[cell]),
      0,
    );
    return products / (first.length - 1);
  });
}

/**
 * Total effect of a source, cell by cell, from pairs of replicas that share everything else: half of
 * their mean squared difference (Jansen 1999), without bias. It is all that goes when the source is
 * known, what it does together with others included.
 *
 * @throws InputError for no pair, or not as many of each
 */
export function varianceOfUnshared(
  first: readonly ArrayLike<number>[],
  second: readonly ArrayLike<number>[],
): Float64Array {
  requirePairs(first, second, 1);
  return Float64Array.from(first[0], (_, cell) => {
    const squares = first.reduce((sum, map, at) => sum + (map[cell] - second[at][cell]) ** 2, 0);
    return squares / (2 * first.length);
  });
}

/**
 * Variance of replicas, cell by cell, from two lots that were drawn independently of each other: half
 * the mean squared difference of all pairs of one from each. So it has no bias where the draws within a
 * lot are not independent, such as values of which none is dealt oftener than another.
 *
 * @throws InputError where a lot is empty
 */
export function varianceBetween(
  first: readonly ArrayLike<number>[],
  second: readonly ArrayLike<number>[],
): Float64Array {
  if (first.length === 0 || second.length === 0) {
    throw badMaps(`${first.length} and ${second.length}`, "at least one of each");
  }
  const [one, other] = [meanMap(first), meanMap(second)];
  const about = (maps: readonly ArrayLike<number>[], mean: Float64Array, cell: number) =>
    maps.reduce((sum, map) => sum + (map[cell] - mean[cell]) ** 2, 0) / maps.length;
  return one.map((mean, cell) => {
    const within = about(first, one, cell) + about(second, other, cell);
    return (within + (mean - other[cell]) ** 2) / 2;
  });
}

function requirePairs(
  first: readonly ArrayLike<number>[],
  second: readonly ArrayLike<number>[],
  least: number,
): void {
  if (first.length === second.length && first.length >= least) return;
  throw badMaps(`${first.length} and ${second.length}`, `as many of each, and at least ${least}`);
}

function badMaps(found: string, expected: string): InputError {
  return new InputError({ kind: "values", field: "maps to compare", found, expected });
}
