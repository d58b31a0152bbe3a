import { InputError } from "../errors";

/** Checks that a setting of a detector is a whole number in a range. */
export function requireWholeNumber(
  field: string,
  value: number,
  atLeast: number,
  atMost: number,
): void {
  if (Number.isInteger(value) && value >= atLeast && value <= atMost) return;
  throw new InputError({
    kind: "parameter",
    field,
    found: String(value),
    expected: `a whole number from ${atLeast} to ${atMost}`,
  });
}
