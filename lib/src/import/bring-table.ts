import Papa from "papaparse";
import { InputError } from "../errors";
import { parseTable, type TableRow } from "../formats/csv";
import { decimalNumbers } from "../formats/numbers";
import { coordinateColumns } from "./columns";
import { type BroughtSource, recorded, remade, type SourceFile } from "./source-file";

/** How many rows that cannot be used are left out; none without it. */
export interface TableWishes {
  readonly skipRows: number;
  /** Columns of the coordinates, where the researcher names them. */
  readonly coordinates?: readonly [string, string] | undefined;
}

/** What a refusal for rows that `skipRows` would leave out is of. */
export const UNUSABLE_ROWS = "rows without coordinates";
/** Rows that are named in a refusal. */
const MOST_NAMED = 8;

/**
 * Takes a table for a study: UTF-16 becomes UTF-8; coordinates with separators between thousands, and
 * those in degrees, minutes and seconds, become plain numbers. Rows without coordinates are refused by
 * line, or left out where so many were allowed.
 *
 * @throws InputError naming the rows that cannot be used
 */
export function bringTable(
  file: SourceFile,
  { skipRows, coordinates }: TableWishes,
): BroughtSource {
  const name = file.file;
  const own = file.bytes.get(name) as Buffer;
  const utf16 = textOfUtf16(own);
  const text = utf16 ?? textOrNull(own);
  // Other encodings are told of where the table is read.
  const plain: BroughtSource = { ...file, brought: null, notes: [] };
  if (text === null) return plain;
  const table = parseTable(text, name, []);
  const columns = Object.keys(table.rows[0]?.cells ?? {});
  const found =
    coordinates === undefined
      ? coordinateColumns(columns)
      : { easting: coordinates[0], northing: coordinates[1] };
  const isThere =
    found !== null && [found.easting, found.northing].every((one) => columns.includes(one));
  const wanted = isThere ? [found.easting, found.northing] : [];
  const { decimalComma, read } = isThere
    ? decimalNumbers(table, wanted, name)
    : { decimalComma: false, read: Number };
  const ways = new Map(
    wanted.map((column) => [column, wayOf(table.rows, column, read, decimalComma)]),
  );
  const numberIn = ({ cells }: TableRow, column: string) =>
    ways.get(column)?.read(cells[column]) ?? NaN;
  const unusable = table.rows.filter((row) =>
    wanted.some((column) => !Number.isFinite(numberIn(row, column))),
  );
  if (unusable.length > skipRows) throw unusableRows(name, unusable, wanted, numberIn);
  const steps = [
    ...(utf16 === null ? [] : ["UTF-16 written as UTF-8"]),
    ...[...ways].flatMap(([column, { said }]) => (said === null ? [] : [`${column}: ${said}`])),
    ...(unusable.length === 0
      ? []
      : [`left out, without coordinates: line ${unusable.map(({ line }) => line).join(", ")}`]),
  ];
  if (steps.length === 0) return plain;
  const kept = table.rows.filter((row) => !unusable.includes(row));
  const rows = kept.map((row) => columns.map((column) => cellOf(row, column, ways, numberIn)));
  return {
    ...remade(plain, `${Papa.unparse([columns, ...rows], { delimiter: table.delimiter })}\n`),
    brought: recorded(plain, steps),
    notes: steps.map((step) => `${name}: ${step}`),
  };
}

/** How the cells of a column are read as numbers. */
interface Way {
  /** What must be said of it; null for plain numbers. */
  readonly said: string | null;
  read(text: string): number;
}

/** Plain numbers where any are; else with separators between thousands, or as angles. */
function wayOf(
  rows: readonly TableRow[],
  column: string,
  read: (text: string) => number,
  decimalComma: boolean,
): Way {
  const cells = rows.map((row) => row.cells[column].trim()).filter((text) => text !== "");
  const most = (way: Way) => cells.filter((text) => Number.isFinite(way.read(text))).length;
  const ways: Way[] = [
    { said: null, read },
    {
      said: "separators between thousands taken out",
      read: (text) => withoutThousands(text, decimalComma),
    },
    { said: "degrees, minutes and seconds made degrees", read: angle },
  ];
  return ways.reduce((best, way) => (most(way) > most(best) ? way : best));
}

/** A number such as 402,025.5 or 402 025,5; NaN when it is none. */
function withoutThousands(text: string, decimalComma: boolean): number {
  const separators = decimalComma ? "[. '\\u00a0\\u202f’]" : "[, '\\u00a0\\u202f’]";
  const decimal = decimalComma ? "," : "\\.";
  const shape = new RegExp(`^[-+]?\\d{1,3}(${separators}\\d{3})*(${decimal}\\d+)?$`);
  const plain = text.trim();
  if (!shape.test(plain)) return Number.NaN;
  return Number(plain.replace(new RegExp(separators, "g"), "").replace(",", "."));
}

const ANGLE =
  /^([NSEW])?\s*([-+]?\d{1,3})(?:°|º|d|:|\s)\s*(\d{1,2})(?:['’′m:]|\s)\s*(\d{1,2}(?:[.,]\d+)?)\s*(?:["”″s]|''|’’)?\s*([NSEW])?$/i;

/** An angle in degrees, minutes and seconds as degrees, south and west below zero; NaN when it is none. */
export function angle(text: string): number {
  const found = ANGLE.exec(text.trim());
  if (found === null) return Number.NaN;
  const [, before, degrees, minutes, seconds, after] = found;
  const [m, s] = [Number(minutes), Number(seconds.replace(",", "."))];
  if (m >= 60 || s >= 60) return Number.NaN;
  const size = Math.abs(Number(degrees)) + m / 60 + s / 3600;
  const isBelow = degrees.startsWith("-") || /[SW]/i.test(`${before ?? ""}${after ?? ""}`);
  return isBelow ? -size : size;
}

function cellOf(
  row: TableRow,
  column: string,
  ways: ReadonlyMap<string, Way>,
  numberIn: (row: TableRow, column: string) => number,
): string {
  const isChanged = (ways.get(column)?.said ?? null) !== null;
  return isChanged ? String(numberIn(row, column)) : row.cells[column];
}

function unusableRows(
  file: string,
  rows: readonly TableRow[],
  columns: readonly string[],
  numberIn: (row: TableRow, column: string) => number,
): InputError {
  const reasons = rows.slice(0, MOST_NAMED).map((row) => {
    const column = columns.find((one) => !Number.isFinite(numberIn(row, one))) as string;
    const text = row.cells[column].trim();
    return `line ${row.line}, ${column}: ${text === "" ? "nothing" : `"${text}"`}`;
  });
  const more = rows.length > MOST_NAMED ? ` and ${rows.length - MOST_NAMED} more` : "";
  return new InputError({
    kind: "values",
    ...{ file, field: UNUSABLE_ROWS, found: `${reasons.join("; ")}${more}` },
    expected: "a number in every row",
    remedy: `Mend them, or --skip-rows ${rows.length} leaves them out.`,
  });
}

/** The text of UTF-16 with a mark of its order; null of any other. */
export function textOfUtf16(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return null;
}

function textOrNull(bytes: Buffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
