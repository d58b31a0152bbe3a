import { InputError } from "../errors";
import { figure } from "./assay-cells";

/** A value of a column of concentrations that seems to stand for none. */
export interface ColumnSuspect {
  readonly column: string;
  readonly value: number;
  /** Rows that have it, and all rows. */
  readonly count: number;
  readonly rows: number;
  /** Lowest and highest of the values that are none such; null where there are none. */
  readonly rest: readonly [number, number] | null;
}

/** Numbers that programs write where there is no value, beside nines: ends of whole numbers. */
const CODES = [-32768, -32767, -2147483648, 32767, 65535, 2147483647];
const NINES_BELOW = /^-9{2,}(\.9+)?$/;
const NINES_ABOVE = /^9{3,}(\.9+)?$/;
/** Largest number that is a concentration in any unit: beyond it a value is a code. */
const BEYOND_MEASURE = 1e19;
/** Share of rows, and number, from which a value sits in many. */
const MANY = { share: 0.001, count: 4 } as const;
/** How many times the largest other value one is that is far outside. */
const FAR = 10;
/** And one of the usual codes, in many rows. */
const FAR_FOR_A_CODE = 3;
/** Other values that a value which is no usual code must stand apart from. */
const FEWEST_OTHERS = 3;

/**
 * Values of a column that most likely stand for no value: nines below zero and ends of whole numbers
 * in any row, since no concentration is negative and no limit is -9999; far above all others, or far
 * below zero, what is equal in many rows. Negative numbers such as -0.5 or -5 are limits of
 * detection, and zeros are zeros: they have options of their own.
 *
 * @param values numbers of the column, those left out that were said to stand for none
 * @param rows of the whole table
 */
export function columnSuspects(
  column: string,
  values: readonly number[],
  rows: number,
): ColumnSuspect[] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const plain = [...counts.keys()].filter((value) => !isCode(value));
  const found = [...counts].flatMap(([value, count]) => {
    const isMany = count >= MANY.count && count >= MANY.share * rows;
    return isSuspect(value, isMany, plain) ? [{ value, count }] : [];
  });
  const suspected = new Set(found.map(({ value }) => value));
  const others = [...counts.keys()].filter((value) => !suspected.has(value));
  const rest = others.length === 0 ? null : ([lowest(others), highest(others)] as const);
  return found
    .sort((one, other) => one.value - other.value)
    .map((one) => ({ column, ...one, rows, rest }));
}

function isSuspect(value: number, isMany: boolean, plain: readonly number[]): boolean {
  if (Math.abs(value) > BEYOND_MEASURE) return true;
  const others = plain.filter((other) => other !== value);
  const measured = highest(others.filter((other) => other > 0));
  if (value < 0) {
    const farthest = highest(others.map(Math.abs));
    return isCode(value) || (isMany && measured > 0 && -value > FAR * farthest);
  }
  if (!(measured > 0)) return false;
  if (isCode(value)) return value > FAR * measured || (isMany && value > FAR_FOR_A_CODE * measured);
  return isMany && others.length >= FEWEST_OTHERS && value > FAR * measured;
}

/** Whether a number is one that programs write where there is no value. */
export function isCode(value: number): boolean {
  const text = String(value);
  return (
    CODES.includes(value) ||
    NINES_BELOW.test(text) ||
    NINES_ABOVE.test(text) ||
    Math.abs(value) > BEYOND_MEASURE
  );
}

function lowest(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
}

function highest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
}

/** What a suspected value is, for a researcher to judge. */
export function suspectSentence({ column, value, count, rows, rest }: ColumnSuspect): string {
  const share = figure(Number(((100 * count) / rows).toPrecision(2)));
  const others =
    rest === null ? "no others" : `all others ${figure(rest[0])} to ${figure(rest[1])}`;
  return `${column}: ${value} in ${count} of ${rows} rows (${share} %), ${others}`;
}

/** Refuses values that nobody has said anything of. */
export function unspokenValues(file: string, suspects: readonly ColumnSuspect[]): InputError {
  const values = [...new Set(suspects.map(({ value }) => value))];
  const above = values.filter((value) => value > 0);
  const kept = above.length === 0 ? "" : `; --data ${above.join(",")} keeps what was measured`;
  return new InputError({
    kind: "values",
    ...{ file, field: "values that seem to stand for none" },
    found: suspects.map(suspectSentence).join("; "),
    expected: "concentrations",
    remedy: `--missing ${values.join(",")} reads them as empty cells${kept}.`,
  });
}
