import { InputError } from "../errors";

/**
 * P-values of several tests adjusted so that the chance of even one false finding is kept
 * (Holm 1979): the smallest is multiplied by the number of tests, the next by one fewer, and so on,
 * never falling and never above 1.
 *
 * @returns in the order given
 * @throws InputError when a value is not between 0 and 1
 */
export function holmAdjusted(values: readonly number[]): number[] {
  const wrong = values.find((value) => !(value >= 0 && value <= 1));
  if (wrong !== undefined) {
    throw new InputError({
      kind: "values",
      field: "p-values",
      found: String(wrong),
      expected: "numbers of 0 to 1",
    });
  }
  const order = values.map((_, index) => index).sort((one, other) => values[one] - values[other]);
  const adjusted = values.map(() => 0);
  let highest = 0;
  order.forEach((index, rank) => {
    highest = Math.max(highest, Math.min(1, (values.length - rank) * values[index]));
    adjusted[index] = highest;
  });
  return adjusted;
}
