/// <reference path="./papaparse.d.ts" />
import Papa from "papaparse";
import { formatError } from "./geojson";

/** A row of a table, and its line in the file counted from 1, the header being line 1. */
export interface TableRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

export interface Table {
  readonly delimiter: string;
  readonly rows: readonly TableRow[];
}

const DELIMITERS = [",", ";", "\t", "|"];

/**
 * The rows of a CSV text with a header. The delimiter (comma, semicolon, tab or pipe) is the one
 * by which the header holds the most of the wanted columns, and then the most columns.
 *
 * @param columns those that must be there
 * @throws InputError when a column is missing, occurs twice, or a row has another number of cells
 */
export function parseTable(text: string, file: string, columns: readonly string[]): Table {
  const plain = text.replace(/^\uFEFF/, "");
  const { delimiter, header } = headerOf(plain, columns);
  const { data, errors } = Papa.parse(plain, { skipEmptyLines: false, delimiter });
  const fault = errors[0];
  if (fault !== undefined) {
    throw formatError(file, `line ${(fault.row ?? 0) + 1}`, fault.message, "a CSV table");
  }
  for (const column of columns) {
    const count = header.filter((name) => name === column).length;
    if (count !== 1) {
      const found =
        count === 0 ? `the columns ${header.join(", ")}` : `${count} columns of that name`;
      const remedy = "Name a column of the file in study.json, or rename the column in the file.";
      throw formatError(file, column, found, "one column of that name", remedy);
    }
  }
  const rows = data.slice(1).flatMap((cells, index) => {
    if (cells.length === 1 && cells[0].trim() === "") return [];
    const line = index + 2;
    if (cells.length !== header.length) {
      const remedy = "Mend the line; text that holds the delimiter goes between double quotes.";
      const [found, expected] = [`${cells.length} cells`, `${header.length} cells`];
      throw formatError(file, `line ${line}`, found, expected, remedy);
    }
    return [{ line, cells: Object.fromEntries(header.map((name, at) => [name, cells[at]])) }];
  });
  return { delimiter, rows };
}

function headerOf(text: string, columns: readonly string[]) {
  const candidates = DELIMITERS.map((delimiter) => {
    const { data } = Papa.parse(text, { skipEmptyLines: false, delimiter, preview: 1 });
    const header = (data[0] ?? []).map((name) => name.trim());
    return { delimiter, header, wanted: columns.filter((name) => header.includes(name)).length };
  });
  const [best] = candidates.sort(
    (one, other) => other.wanted - one.wanted || other.header.length - one.header.length,
  );
  return best;
}
