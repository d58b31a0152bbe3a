import { escapeHtml } from "./escape-html";

/** One row: a value a column. */
export type Row = { readonly [column: string]: string | number | boolean | null };

export interface TableOptions {
  /**
   * Digits after the point, by column or for every column that is not of whole numbers alone; four
   * significant digits where none is given.
   */
  readonly digits?: number | { readonly [column: string]: number };
  readonly caption?: string;
}

/** A table as HTML: columns of numbers to the right, the caption above. */
export function tableHtml(
  rows: readonly Row[],
  { digits: wanted = {}, caption }: TableOptions = {},
): string {
  const columns = columnsOf(rows);
  const digits = digitsOf(rows, columns, wanted);
  const sides = Object.fromEntries(columns.map((column) => [column, sideOf(rows, column)]));
  const align = (column: string) => `text-align:${sides[column]}`;
  const head = columns
    .map((column) => `<th style="${align(column)}">${escapeHtml(column)}</th>`)
    .join("");
  const body = rows.map((row) => {
    const cells = columns.map((column) => {
      const value = row[column] ?? null;
      return `<td style="${align(column)}">${escapeHtml(formatValue(value, digits[column]))}</td>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  const title = caption === undefined ? "" : `<caption>${escapeHtml(caption)}</caption>`;
  return `<table>${title}<thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`;
}

/** A table as text with aligned columns, for front ends and terminals without HTML. */
export function tableText(
  rows: readonly Row[],
  { digits: wanted = {} }: TableOptions = {},
): string {
  const columns = columnsOf(rows);
  const digits = digitsOf(rows, columns, wanted);
  const lines = [
    columns,
    ...rows.map((row) => columns.map((column) => formatValue(row[column] ?? null, digits[column]))),
  ];
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => line[at].length)));
  return lines
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at]))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** A table as CSV (RFC 4180) with all the digits of its numbers. */
export function tableCsv(rows: readonly Row[]): string {
  const columns = columnsOf(rows);
  const field = (value: Row[string] | undefined) => {
    const text = value === null || value === undefined ? "" : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = rows.map((row) => columns.map((column) => field(row[column])).join(","));
  return `${[columns.map(field).join(","), ...lines].join("\r\n")}\r\n`;
}

/** Where a column's cells stand: to the right where all that there are are numbers. */
function sideOf(rows: readonly Row[], column: string): "left" | "right" {
  const there = rows.map(({ [column]: value }) => value ?? null).filter((value) => value !== null);
  return there.length > 0 && there.every((value) => typeof value === "number") ? "right" : "left";
}

function columnsOf(rows: readonly Row[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

function digitsOf(
  rows: readonly Row[],
  columns: readonly string[],
  wanted: NonNullable<TableOptions["digits"]>,
): { readonly [column: string]: number } {
  if (typeof wanted !== "number") return wanted;
  const isBroken = (column: string) =>
    rows.some(({ [column]: value }) => typeof value === "number" && !Number.isInteger(value));
  return Object.fromEntries(columns.filter(isBroken).map((column) => [column, wanted]));
}

function formatValue(value: Row[string], digits: number | undefined): string {
  if (value === null) return "–";
  if (typeof value !== "number") return String(value);
  if (!Number.isFinite(value)) return String(value);
  // A minus before nothing but zeros says nothing.
  if (digits !== undefined) return value.toFixed(digits).replace(/^-(?=[0.]+$)/, "");
  if (Number.isInteger(value)) return value.toLocaleString("en");
  return Number(value.toPrecision(4)).toString();
}
