import { InputError } from "../errors";
import { formatError } from "../formats/geojson";
import type { InputBytes } from "../formats/input-bytes";
import { type PointRow, readPoints } from "../formats/points";
import type { Crs, Region } from "../grid/grid";
import type { SamplesInput } from "../manifest/manifest";
import { isWithin, placeMeans, requireInRegion, rowsByPlace } from "./places";
import { readElement } from "./read-element";
import { levelledBySheet } from "./sheets";
import type { SampleTable } from "./types";

/** Share of its detection limit that a value below it is given, when the manifest gives none. */
const REPLACEMENT = 0.65;

/**
 * The samples of a study, one a place: rows at one place are averaged element by element.
 *
 * @throws InputError when a column is missing, a cell cannot be read by the manifest's rules, an
 * element has no value, or no sample lies in the region
 */
export function readSamples(
  input: SamplesInput,
  inputs: InputBytes,
  crs: Crs,
  region: Region,
): SampleTable {
  const { file, elements, replacement = REPLACEMENT } = input;
  const columns = elements.map(({ column }) => column);
  const named = [input.name, input.sheet, ...columns].filter((column) => column !== undefined);
  const { rows, decimalComma } = readPoints(input, named, columns, inputs, crs);
  if (rows.length === 0) {
    throw formatError(file, "rows", "none", "samples", "Name a file that holds samples.");
  }
  requireColumns(rows, named, file);
  requireInRegion(rows, region, file);
  const places = rowsByPlace(rows);
  const first = places.map(([row]) => rows[row]);
  const { sheet, levelling } = input;
  const sheets = sheet === undefined ? null : first.map((row) => sheetOf(row, sheet, file));
  return {
    ...(sheets !== null && { sheets, levelled: levelling === "median" }),
    eastings: Float64Array.from(first, ({ easting }) => easting),
    northings: Float64Array.from(first, ({ northing }) => northing),
    names: places.map(([row]) => nameOf(rows[row], row, input.name)),
    elements: elements.map((element) => {
      const read = readElement(rows, element, { ...input, decimalComma }, replacement, file);
      const values = placeMeans(read.values, places);
      if (values.every(Number.isNaN)) {
        throw new InputError({
          kind: "values",
          file,
          field: element.column,
          found: "no value in any row",
          expected: "values",
          remedy: `Take ${element.element} out of samples in study.json.`,
        });
      }
      const whole = { ...read, values };
      return sheets !== null && levelling === "median" ? levelledBySheet(whole, sheets) : whole;
    }),
    rows: rows.length,
    averagedPlaces: places.filter((group) => group.length > 1).length,
    outside: first.filter((row) => !isWithin(region, row)).length,
  };
}

function sheetOf({ place, fields }: PointRow, column: string, file: string): string {
  const text = String(fields[column] ?? "").trim();
  if (text !== "") return text;
  throw new InputError({
    ...{ kind: "values", file, field: `${place}, ${column}`, found: "nothing" },
    expected: "the map sheet of the sample",
  });
}

/** Features may leave out a property here and there, but not everywhere. */
function requireColumns(rows: readonly PointRow[], columns: readonly string[], file: string): void {
  const absent = columns.find((column) => rows.every(({ fields }) => !(column in fields)));
  if (absent === undefined) return;
  const there = [...new Set(rows.flatMap(({ fields }) => Object.keys(fields)))];
  const remedy = "Name a property of the features as the column in samples of study.json.";
  const found = `the properties ${there.join(", ")}`;
  throw formatError(file, absent, found, "one of that name", remedy);
}

function nameOf({ fields }: PointRow, row: number, column: string | undefined): string {
  const given = column === undefined ? undefined : fields[column];
  return given === undefined || given === null ? String(row + 1) : String(given).trim();
}
