import { plainNumber } from "../formats/numbers";
import { MISSING_WORDS } from "../samples/read-cell";

/** Rows of a table, or properties of features. */
export type Rows = readonly Readonly<Record<string, unknown>>[];

/** A cell with a number: one that was measured, or with < or > the limit that was not reached. */
export interface CellNumber {
  readonly sign: "" | "<" | ">";
  readonly value: number;
}

/** The number of a cell; null where it holds none. A comma is a decimal one where a point is none. */
export function cellNumber(cell: unknown): CellNumber | null {
  if (typeof cell === "number") return Number.isNaN(cell) ? null : { sign: "", value: cell };
  if (typeof cell !== "string") return null;
  const [, sign, digits] = /^([<>]?)(.*)$/s.exec(cell.trim()) as unknown as [string, "<", string];
  const value = [plainNumber(digits, false), plainNumber(digits, true)].find(
    (number) => !Number.isNaN(number),
  );
  return value === undefined ? null : { sign, value };
}

/** Whether a cell says that there is no value: by an empty cell, a word, or what stands for none. */
export function isEmptyCell(cell: unknown, missing: readonly (number | string)[]): boolean {
  if (cell === null || cell === undefined) return true;
  const text = String(cell).trim();
  if (MISSING_WORDS.includes(text.toLowerCase()) || missing.includes(text)) return true;
  const number = cellNumber(cell);
  return number !== null && number.sign === "" && missing.includes(number.value);
}

/** Numbers of a column without a sign, in the order of the rows; cells that stand for none left out. */
export function columnNumbers(
  rows: Rows,
  column: string,
  missing: readonly (number | string)[],
): number[] {
  return rows.flatMap((row) => {
    const cell = row[column];
    const number = isEmptyCell(cell, missing) ? null : cellNumber(cell);
    return number !== null && number.sign === "" ? [number.value] : [];
  });
}

/** A number as a sentence gives it, to four digits. */
export function figure(value: number): string {
  return String(Number(value.toPrecision(4)));
}
