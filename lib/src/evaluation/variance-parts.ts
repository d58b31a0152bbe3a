import { InputError } from "../errors";
import { replicaVariance } from "./replica-maps";

/**
 * Variance by a source of few values, all of which were tried with the same seeds: that of the means by
 * value, less what chance makes of them, cell by cell. In a table of values by seeds without repeats
 * the mean square between values expects r K / (K - 1) times the variance sought more than the residual
 * mean square, with K values and r seeds; so
 *
 *   (K - 1) / (K r) (mean square between values - residual mean square),
 *
 * without bias, and below 0 where chance had it so. The variance is that of the K values taken as
 * equally likely, with K and not K - 1 below, since they are all there are.
 *
 * Source: the two-way layout of Scheffé (1959), chapter 4; the first-order effect of Sobol' (1993).
 *
 * @param maps [value][seed], one number a cell each
 * @throws InputError for fewer than two values or seeds, or a table with holes
 */
export function varianceByValue(maps: readonly (readonly ArrayLike<number>[])[]): Float64Array {
  const [count, seeds] = [maps.length, maps[0]?.length ?? 0];
  if (count < 2 || seeds < 2 || maps.some(({ length }) => length !== seeds)) {
    const found = `${count} values of ${maps.map(({ length }) => length).join(", ")} seeds`;
    throw badTable(found, "at least two values, each with the same two seeds or more");
  }
  const table = maps.map(() => new Float64Array(seeds));
  return Float64Array.from(maps[0][0], (_, cell) => {
    for (let value = 0; value < count; value++) {
      for (let seed = 0; seed < seeds; seed++) table[value][seed] = maps[value][seed][cell];
    }
    const { between, residual } = meanSquares(table);
    return ((count - 1) / (count * seeds)) * (between - residual);
  });
}

/** Mean squares of a table without repeats: between its rows, and what rows and columns leave. */
function meanSquares(table: readonly Float64Array[]) {
  const [rows, columns] = [table.length, table[0].length];
  const byRow = table.map((row) => row.reduce((sum, each) => sum + each, 0) / columns);
  const byColumn = Array.from(
    table[0],
    (_, column) => table.reduce((sum, row) => sum + row[column], 0) / rows,
  );
  const whole = byRow.reduce((sum, mean) => sum + mean, 0) / rows;
  const between = columns * byRow.reduce((sum, mean) => sum + (mean - whole) ** 2, 0);
  let left = 0;
  table.forEach((row, at) => {
    row.forEach((value, column) => {
      left += (value - byRow[at] - byColumn[column] + whole) ** 2;
    });
  });
  return { between: between / (rows - 1), residual: left / ((rows - 1) * (columns - 1)) };
}

/**
 * Variance by a source of endlessly many values, such as samples of the data, of which some were drawn,
 * each with a seed of its own: the variance over the draws less that over seeds alone, cell by cell. No
 * bias where chance is alike with and without the source; below 0 where chance had it so.
 *
 * @throws InputError as replicaVariance
 */
export function varianceBeyondChance(
  drawn: readonly ArrayLike<number>[],
  chance: Float64Array,
): Float64Array {
  return replicaVariance(drawn).map((variance, cell) => variance - chance[cell]);
}

function badTable(found: string, expected: string): InputError {
  return new InputError({ kind: "values", field: "maps by value and seed", found, expected });
}
