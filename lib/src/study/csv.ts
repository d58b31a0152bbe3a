/// <reference path="./papaparse.d.ts" />
import Papa from "papaparse";
import { formatError } from "./geojson";

/** A row of a table, and its line in the file counted from 1, the header being line 1. */
export interface TableRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/**
 * The rows of a CSV text with a header. Delimiter (comma, semicolon or tab) and quoting are
 * recognised.
 *
 * @param columns those that must be there
 * @throws InputError when a column is missing, occurs twice, or a row has another number of cells
 */
export function parseTable(text: string, file: string, columns: readonly string[]): TableRow[] {
  const { data, errors } = Papa.parse(text.replace(/^\uFEFF/, ""), { skipEmptyLines: false });
  // A single column leaves nothing to recognise a delimiter by, which is no fault.
  const fault = errors.find(({ code }) => code !== "UndetectableDelimiter");
  if (fault !== undefined) {
    throw formatError(file, `line ${(fault.row ?? 0) + 1}`, fault.message, "a CSV table");
  }
  const header = (data[0] ?? []).map((name) => name.trim());
  for (const column of columns) {
    const count = header.filter((name) => name === column).length;
    if (count !== 1) {
      const found =
        count === 0 ? `the columns ${header.join(", ")}` : `${count} columns of that name`;
      throw formatError(file, column, found, "one column of that name");
    }
  }
  return data.slice(1).flatMap((cells, index) => {
    if (cells.length === 1 && cells[0].trim() === "") return [];
    const line = index + 2;
    if (cells.length !== header.length) {
      throw formatError(file, `line ${line}`, `${cells.length} cells`, `${header.length} cells`);
    }
    return [{ line, cells: Object.fromEntries(header.map((name, at) => [name, cells[at]])) }];
  });
}
