import { InputError } from "../errors";
import type { ElementInput } from "../manifest/manifest";
import { isEmptyCell } from "./assay-cells";
import { isCode } from "./column-examination";
import { unitFactor } from "./column-units";
import { elementColumns, isNamedAfter } from "./element-columns";
import type { PointsFile } from "./points-file";
import type { Wishes } from "./wishes";

/** An element of a table, and its columns. */
export interface ElementChoice {
  readonly element: string;
  /** Columns that are merged into one: of different units, or of one name. Mostly one. */
  readonly columns: readonly ElementInput[];
  /** Further columns in a unit that one before has, such as of another method: they are not used. */
  readonly beside: readonly ElementInput[];
}

/**
 * Elements that are read, with their columns: those that options name, then those of columns named as
 * elements. What `--elements`, or without it `--only`, leaves out is not looked at.
 *
 * @throws InputError when no column is named as an element, one names no unit, or an option names an
 *   element that there is not
 */
export function elementChoices(
  { source: { file }, columns, taken }: PointsFile,
  name: string | undefined,
  wishes: Wishes,
): ElementChoice[] {
  const named = wishes.elements;
  const guessed = elementColumns(columns, name === undefined ? taken : [...taken, name])
    .filter(({ column }) => named.every((one) => one.column !== column))
    .filter(({ element }) => named.every((one) => one.element !== element))
    .map(({ unit, ...rest }) => ({ ...rest, unit: unit ?? wishes.unit ?? null }));
  const all = [...new Set([...named, ...guessed].map(({ element }) => element))];
  requireKnown("--only", wishes.only, all, file);
  requireKnown("--elements", wishes.readElements, all, file);
  const wanted = wishes.readElements ?? wishes.only;
  const elements = all.filter((element) => wanted?.includes(element) ?? true);
  const found = elements.map((element) =>
    withUnits([...named, ...guessed].filter((one) => one.element === element)),
  );
  const without = found.flat().filter(({ unit }) => unit === null);
  if (without.length > 0) throw withoutUnit(file, without);
  if (found.length > 0) return found.map((one) => choiceOf(one as ElementInput[]));
  throw new InputError({
    kind: "format",
    file,
    field: "elements",
    found: `the columns ${columns.join(", ")}`,
    expected: "columns named as elements, such as Au_ppb or As (ppm)",
    remedy: "--element As=COLUMN:ppm names one.",
  });
}

type Column = Omit<ElementInput, "unit"> & { readonly unit: ElementInput["unit"] | null };

/** Columns of one element that say their unit; where none does, the first and those of its name. */
function withUnits(columns: readonly Column[]): readonly Column[] {
  const said = columns.filter(({ unit }) => unit !== null);
  if (said.length > 0) return said;
  return columns.filter((one, at) => at === 0 || isNamedAfter(one.column, columns[0].column));
}

function choiceOf(columns: readonly ElementInput[]): ElementChoice {
  const merged = columns.filter((one, at) => {
    const same = columns.slice(0, at).filter(({ unit }) => unitFactor(unit, one.unit) === 1);
    return same.length === 0 || same.some(({ column }) => isNamedAfter(one.column, column));
  });
  const beside = columns.filter((one) => !merged.includes(one));
  return { element: columns[0].element, columns: merged, beside };
}

function requireKnown(
  field: string,
  names: readonly string[] | undefined,
  elements: readonly string[],
  file: string,
): void {
  const unknown = names?.find((name) => !elements.includes(name));
  if (unknown === undefined) return;
  throw new InputError({
    ...{ kind: "parameter", file, field, found: unknown },
    expected: `elements of the samples: ${elements.join(", ")}`,
  });
}

function withoutUnit(file: string, columns: readonly Column[]): InputError {
  const [{ element, column }] = columns;
  return new InputError({
    kind: "format",
    ...{ file, field: "units" },
    found: `no unit in the names of the columns ${columns.map((one) => one.column).join(", ")}`,
    expected: "names such as Au_ppb, or the unit given",
    remedy: `--unit ppm gives that of all; --element ${element}=${column}:ppb that of one; --elements names those that are read at all.`,
  });
}

/**
 * Elements of which no column has two values, and that no option asks for: they can be no evidence,
 * and must not stop that of others.
 */
export function isUnusable(
  rows: PointsFile["rows"],
  { element, columns }: ElementChoice,
  { only, readElements, elements: named, missing }: Wishes,
): boolean {
  const asked = [...(only ?? readElements ?? []), ...named.map((one) => one.element)];
  if (asked.includes(element)) return false;
  return columns.every(({ column }) => {
    const cells = rows.map((row) => row[column]).filter((cell) => !isEmptyCell(cell, missing));
    const said = new Set(cells.map((cell) => String(cell).trim()));
    return [...said].filter((text) => !(Number(text) < 0 && isCode(Number(text)))).length < 2;
  });
}
