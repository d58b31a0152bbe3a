import { InputError } from "../errors";
import type { Table } from "./csv";

/** How the numbers of a table are read. */
export interface DecimalNumbers {
  readonly decimalComma: boolean;
  /** A number; NaN when the text is none. */
  read(text: string): number;
}

// No part of these matches what the part before it does: a cell of a megabyte takes no longer for it.
const WITH_COMMA = /^\s*(?:[<>]\s*)?[-+]?\d*,\d+(e[-+]?\d+)?\s*$/i;
const WITH_POINT = /^\s*(?:[<>]\s*)?[-+]?\d*\.\d+(e[-+]?\d+)?\s*$/i;

/**
 * Finds out whether the numbers of a table have decimal commas, which only a table divided by
 * semicolons may have.
 *
 * @throws InputError when some have commas and some points
 */
export function decimalNumbers(
  { delimiter, rows }: Table,
  columns: readonly string[],
  file: string,
): DecimalNumbers {
  const find = (pattern: RegExp) => {
    for (const { line, cells } of rows) {
      const column = columns.find((name) => pattern.test(cells[name]));
      if (column !== undefined) return { line, column, text: cells[column].trim() };
    }
    return null;
  };
  const comma = delimiter === ";" ? find(WITH_COMMA) : null;
  const point = comma === null ? null : find(WITH_POINT);
  if (comma !== null && point !== null) {
    throw new InputError({
      kind: "values",
      file,
      field: `line ${point.line}, ${point.column}`,
      found: `"${point.text}" with a point, and "${comma.text}" with a comma in line ${comma.line}, ${comma.column}`,
      expected: "one decimal sign throughout",
      remedy: "Write all numbers of the file with a point, or all with a comma.",
    });
  }
  const decimalComma = comma !== null;
  return { decimalComma, read: (text) => plainNumber(text, decimalComma) };
}

/** A decimal number; NaN when the text is none. Hexadecimal and the like are none. */
export function plainNumber(text: string, decimalComma: boolean): number {
  const plain = decimalComma ? text.trim().replace(",", ".") : text.trim();
  return /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN;
}
