import { InputError } from "../errors";
import type { ElementInput } from "../manifest/manifest";
import { columnNumbers, figure, isEmptyCell, type Rows } from "./assay-cells";
import { type ColumnEdit, type Edits, editedRows, mergedColumns, mixedEdit } from "./column-edits";
import { type ColumnSuspect, columnSuspects, unspokenValues } from "./column-examination";
import { type TwoPopulations, twoPopulations, unitFactor, wholeIn } from "./column-units";
import { elementChoices, isUnusable } from "./element-choice";
import type { PointsFile } from "./points-file";
import type { Wishes } from "./wishes";

/** Columns of samples as they are read, and what is written into them. */
export interface SampleColumns {
  readonly elements: readonly ElementInput[];
  /** Columns that are empty or have one value, and are left out. */
  readonly unusable: readonly string[];
  /** Columns that another of their element was filled from. */
  readonly merged: readonly string[];
  readonly edits: Edits;
  /** What is not as it stands in the file: cells read as empty, converted or filled. */
  readonly steps: readonly string[];
}

type Examined = Pick<Wishes, "missing" | "data" | "negative">;

/** Values of the columns that are read which seem to stand for none, and nobody has spoken for. */
export function suspectValues(
  points: PointsFile,
  name: string | undefined,
  wishes: Wishes,
): ColumnSuspect[] {
  const { rows } = points;
  return elementChoices(points, name, wishes)
    .filter((choice) => !isUnusable(rows, choice, wishes))
    .flatMap(({ columns }) => columns.flatMap(({ column }) => suspectsOf(rows, column, wishes)));
}

function suspectsOf(rows: Rows, column: string, { missing, data, negative }: Examined) {
  const isOpen = ({ value }: ColumnSuspect) =>
    !data.includes(value) && !(value < 0 && negative === "missing");
  const values = columnNumbers(rows, column, missing);
  return columnSuspects(column, values, rows.length).filter(isOpen);
}

/**
 * Examines the columns of the elements that are read. What seems to stand for no value, what is more
 * than the whole of a sample, and what is in two units is refused until it is spoken for; columns of one
 * element in different units become one.
 *
 * @param name column with the samples' names
 * @throws InputError naming columns and values
 */
export function sampleColumns(
  points: PointsFile,
  name: string | undefined,
  wishes: Wishes,
): SampleColumns {
  const { file } = points.source;
  const { rows } = points;
  const { missing } = wishes;
  const all = elementChoices(points, name, wishes);
  const choices = all.filter((choice) => !isUnusable(rows, choice, wishes));
  const suspects = suspectValues(points, name, wishes);
  if (suspects.length > 0) throw unspokenValues(file, suspects);
  const read = choices.flatMap(({ columns }) => columns);
  requireColumns(wishes, read, file);
  const others = (one: ElementInput) =>
    choices.map(({ element }) => element).filter((element) => element !== one.element);
  const converted = read.flatMap((input) => ofOneUnit(rows, input, wishes, file, others(input)));
  const plain = editedRows(rows, converted);
  const merges = choices.map((choice) => mergedColumns(plain, choice, missing, file));
  for (const input of read) requireLessThanAll(plain, input, wishes, file, others(input));
  const edits = [...converted, ...merges.flatMap((merge) => merge.edits)];
  const inputs = merges.map(({ input }) => input);
  const names = (list: readonly ElementInput[]) => list.map(({ column }) => column);
  return {
    elements: inputs,
    unusable: names(all.filter((one) => !choices.includes(one)).flatMap(({ columns }) => columns)),
    merged: merges.flatMap(({ from }) => from),
    edits: joined(edits),
    steps: [...emptySteps(rows, read, missing), ...edits.map(({ step }) => step)],
  };
}

function joined(edits: readonly ColumnEdit[]): Edits {
  const all = new Map<string, Map<number, string>>();
  for (const { column, cells } of edits) {
    if (cells.size > 0) all.set(column, new Map([...(all.get(column) ?? []), ...cells]));
  }
  return all;
}

/** What cells are read as empty since the researcher said so, by value and column. */
function emptySteps(
  rows: Rows,
  columns: readonly ElementInput[],
  missing: readonly (number | string)[],
): string[] {
  return missing.flatMap((value) => {
    const met = columns.flatMap(({ column }) => {
      const count = rows.filter(
        (row) => isEmptyCell(row[column], [value]) && !isEmptyCell(row[column], []),
      ).length;
      return count === 0 ? [] : [`${column} (${count} of ${rows.length} rows)`];
    });
    return met.length === 0 ? [] : [`${value} read as an empty cell in ${met.join(", ")}`];
  });
}

/** A column that an option speaks of and that is not read is a slip. */
function requireColumns(
  { mixed, dataColumns }: Wishes,
  read: readonly ElementInput[],
  file: string,
): void {
  const given = [
    ...[...mixed.keys()].map((column) => ["--mixed", column] as const),
    ...dataColumns.map((column) => ["--data", column] as const),
  ];
  const unknown = given.find(([, column]) => read.every((one) => one.column !== column));
  if (unknown === undefined) return;
  throw new InputError({
    ...{ kind: "parameter", file, field: unknown[0], found: unknown[1] },
    expected: `${unknown[0] === "--data" ? "numbers, or " : ""}one of the columns ${read.map(({ column }) => column).join(", ")}`,
  });
}

/** What a column needs to be in the one unit that its name says: nothing, mostly. */
function ofOneUnit(
  rows: Rows,
  input: ElementInput,
  wishes: Wishes,
  file: string,
  others: readonly string[],
): ColumnEdit[] {
  const { column, unit } = input;
  const { mixed, missing } = wishes;
  const found = twoPopulations(openNumbers(rows, column, wishes), unit);
  const said = mixed.get(column);
  if (said !== undefined) {
    if (found?.other === said) return [mixedEdit(rows, input, found, missing)];
    throw new InputError({
      ...{ kind: "parameter", file, field: "--mixed", found: `${column}=${said}` },
      expected: `a column with values in ${unit} and in ${said} that a gap tells apart${found === null ? "" : `; those of ${column} would be in ${found.other}`}`,
      remedy: "Where they cannot be told apart, convert them in the file, by batch or laboratory.",
    });
  }
  if (found !== null) throw twoUnits(file, input, found, others);
  return [];
}

/** Numbers of a column that nobody has said to be measurements. */
function openNumbers(rows: Rows, column: string, { missing, data, dataColumns }: Wishes): number[] {
  if (dataColumns.includes(column)) return [];
  return columnNumbers(rows, column, missing).filter((value) => !data.includes(value));
}

/** @throws InputError when values are more than the whole of a sample */
function requireLessThanAll(
  rows: Rows,
  input: ElementInput,
  wishes: Wishes,
  file: string,
  others: readonly string[],
): void {
  const values = openNumbers(rows, input.column, wishes);
  const beyond = values.filter((value) => value > wholeIn(input.unit));
  if (beyond.length > 0) throw moreThanAll(file, input, beyond, values.length, others);
}

/** How a column is kept, and how its element is left out. */
function eitherWay({ column, element }: ElementInput, others: readonly string[]): string {
  const without =
    others.length === 0 ? "" : `; --elements ${others.join(",")} leaves ${element} out`;
  return `--data "${column}" keeps it as it is${without}.`;
}

function twoUnits(
  file: string,
  input: ElementInput,
  { below, above, other }: TwoPopulations,
  others: readonly string[],
): InputError {
  const { column, unit } = input;
  const group = ({ count, lowest, highest, median }: TwoPopulations["below"]) =>
    `${count} values of ${figure(lowest)} to ${figure(highest)} (median ${figure(median)})`;
  const times = figure(above.median / below.median);
  const side = unitFactor(other, unit) < 1 ? "higher" : "lower";
  return new InputError({
    kind: "values",
    ...{ file, field: column },
    found: `two units, it seems: ${group(below)} and ${group(above)}, the medians ${times} times apart and nearly nothing between, as for ${unit} and ${other}`,
    expected: `values in ${unit}`,
    remedy: `--mixed "${column}=${other}" converts the ${side} ones from ${other} to ${unit}; ${eitherWay(input, others)}`,
  });
}

/** Values of which there are so few that they are named. */
const MOST_NAMED = 3;

function moreThanAll(
  file: string,
  input: ElementInput,
  beyond: readonly number[],
  count: number,
  others: readonly string[],
): InputError {
  const { column, unit, element } = input;
  const most = beyond.reduce((all, value) => Math.max(all, value));
  const which = [...new Set(beyond)];
  const isFew = which.length <= MOST_NAMED;
  const said = isFew ? which.join(", ") : `the highest ${figure(most)}`;
  const remedy = isFew
    ? `Mend them in the file; --missing ${which.join(",")} reads them as empty cells`
    : `Convert them in the file where only some rows are in another unit; --element "${element}=${column}:ppm" says that of all`;
  return new InputError({
    kind: "values",
    ...{ file, field: column },
    found: `${beyond.length} of ${count} values above ${wholeIn(unit)} ${unit}, the whole of a sample: ${said}`,
    expected: `values in ${unit}`,
    remedy: `${remedy}; ${eitherWay(input, others)}`,
  });
}
