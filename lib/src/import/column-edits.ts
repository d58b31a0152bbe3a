import { InputError } from "../errors";
import type { ElementInput } from "../manifest/manifest";
import { medianOf } from "../samples/sheets";
import {
  type CellNumber,
  cellNumber,
  columnNumbers,
  figure,
  isEmptyCell,
  type Rows,
} from "./assay-cells";
import { type TwoPopulations, unitFactor } from "./column-units";
import type { ElementChoice } from "./element-choice";

/** Cells that are written anew: by column, then by row from 0, numbers with a decimal point. */
export type Edits = ReadonlyMap<string, ReadonlyMap<number, string>>;

/** What is written into a column, and the sentence that says so. */
export interface ColumnEdit {
  readonly column: string;
  readonly cells: ReadonlyMap<number, string>;
  readonly step: string;
}

/** Rows with what is written anew. */
export function editedRows(rows: Rows, edits: readonly ColumnEdit[]): Rows {
  if (edits.length === 0) return rows;
  return rows.map((row, at) => {
    const changed = edits.flatMap(({ column, cells }) => {
      const text = cells.get(at);
      return text === undefined ? [] : [[column, text]];
    });
    return changed.length === 0 ? row : { ...row, ...Object.fromEntries(changed) };
  });
}

/** A column in two units brought to that of its name: the group that has the other is converted. */
export function mixedEdit(
  rows: Rows,
  { column, unit }: ElementInput,
  { threshold, other, below, above }: TwoPopulations,
  missing: readonly (number | string)[],
): ColumnEdit {
  const factor = unitFactor(other, unit);
  const isOther = ({ value }: CellNumber) => {
    const size = Math.abs(value);
    return size > 0 && (factor < 1 ? size > threshold : size < threshold);
  };
  const cells = convertedCells(rows, column, factor, (cell, number) => {
    return !isEmptyCell(cell, missing) && isOther(number);
  });
  const side =
    factor < 1 ? `${figure(above.lowest)} and more` : `${figure(below.highest)} and less`;
  const step = `${column}: ${cells.size} values of ${side} taken as ${other} and converted to ${unit}`;
  return { column, cells, step };
}

/** Cells of a column with a number that is to be converted, by row, as they are written. */
function convertedCells(
  rows: Rows,
  column: string,
  factor: number,
  isWanted: (cell: unknown, number: CellNumber, at: number) => boolean,
): Map<number, string> {
  return new Map(
    rows.flatMap((row, at): [number, string][] => {
      const number = cellNumber(row[column]);
      if (number === null || !isWanted(row[column], number, at)) return [];
      return [[at, `${number.sign}${Number((number.value * factor).toPrecision(12))}`]];
    }),
  );
}

/** How many times two columns of one element may differ and be the same measurement. */
const SAME_WITHIN = 2;
/** And their medians, where no row has both. */
const ALIKE_WITHIN = 300;

/** One column of an element, and what is written into it. */
export interface MergedColumns {
  readonly input: ElementInput;
  /** Columns that it was filled from. */
  readonly from: readonly string[];
  readonly edits: readonly ColumnEdit[];
}

/**
 * Columns of one element in different units, or of one name, brought into one: the column with most
 * values keeps its own, and its gaps are filled from the others, converted.
 *
 * @throws InputError when they do not agree once they are in one unit
 */
export function mergedColumns(
  rows: Rows,
  { columns, beside }: ElementChoice,
  missing: readonly (number | string)[],
  file: string,
): MergedColumns {
  const counted = columns.map((input) => {
    const count = rows.filter((row) => !isEmptyCell(row[input.column], missing)).length;
    return { input, count };
  });
  const input = counted.reduce((best, one) => (one.count > best.count ? one : best)).input;
  const others = counted.flatMap((one) =>
    one.input === input || one.count === 0 ? [] : [one.input],
  );
  for (const other of others) requireAgreeing(rows, input, other, missing, file);
  // Of another method perhaps, and not used: only a factor as between units must not pass unseen.
  for (const other of beside) requireAgreeing(rows, input, other, missing, file, ALIKE_WITHIN);
  const filled = new Set<number>();
  const edits = others.flatMap((other) => {
    const cells = convertedCells(
      rows,
      other.column,
      unitFactor(other.unit, input.unit),
      (cell, _, at) =>
        !filled.has(at) &&
        isEmptyCell(rows[at][input.column], missing) &&
        !isEmptyCell(cell, missing),
    );
    if (cells.size === 0) return [];
    for (const at of cells.keys()) filled.add(at);
    const both = rows.filter((row) =>
      [input, other].every(({ column }) => !isEmptyCell(row[column], missing)),
    ).length;
    const how = other.unit === input.unit ? "" : `, converted from ${other.unit} to ${input.unit}`;
    const step = `${input.column}: ${cells.size} empty cells filled from ${other.column}${how}; ${both === 0 ? "no row has both" : `${both} rows have both and keep that of ${input.column}`}`;
    return { from: other.column, column: input.column, cells, step };
  });
  return { input, from: edits.map(({ from }) => from), edits };
}

/** @throws InputError when two columns of one element differ more than so many times in one unit */
function requireAgreeing(
  rows: Rows,
  one: ElementInput,
  other: ElementInput,
  missing: readonly (number | string)[],
  file: string,
  within = SAME_WITHIN,
): void {
  const median = (column: string) =>
    medianOf(columnNumbers(rows, column, missing).filter((value) => value > 0));
  const ratios = ratiosOf(rows, one.column, other.column, missing);
  const areMet = ratios.length > 0;
  const ratio = areMet ? medianOf(ratios) : median(one.column) / median(other.column);
  const apart = Math.exp(Math.abs(Math.log(ratio / unitFactor(other.unit, one.unit))));
  // Without a measured value in one of them there is nothing to compare.
  if (!(apart > (areMet ? within : ALIKE_WITHIN))) return;
  const said = ({ column, unit }: ElementInput) =>
    `${column} with a median of ${figure(median(column))} ${unit}`;
  const where = areMet ? `in ${ratios.length} rows that have both` : "by their medians";
  const [first, second] = [one, other].map(
    ({ element, column, unit }) => `--element "${element}=${column}:${unit}"`,
  );
  throw new InputError({
    kind: "values",
    ...{ file, field: `columns of ${one.element}` },
    found: `${said(one)} and ${said(other)}, ${figure(apart)} times apart ${where} once they are in one unit`,
    expected: "columns that agree, to be made one",
    remedy: `${first} reads the one only, ${second} the other; another unit after the colon corrects what the name says.`,
  });
}

/** Values of one column by those of another, in rows that have both measured. */
function ratiosOf(
  rows: Rows,
  one: string,
  other: string,
  missing: readonly (number | string)[],
): number[] {
  return rows.flatMap((row) => {
    if ([one, other].some((column) => isEmptyCell(row[column], missing))) return [];
    const [a, b] = [cellNumber(row[one]), cellNumber(row[other])];
    const areMeasured = a?.sign === "" && b?.sign === "" && a.value > 0 && b.value > 0;
    return areMeasured ? [a.value / b.value] : [];
  });
}
