import { InputError } from "../errors";
import type { Crs } from "../grid/grid";
import { parseTable } from "./csv";
import { formatError, parseGeojson, position } from "./geojson";
import type { OccurrenceInput, TableSource } from "./manifest";
import type { Occurrence } from "./types";

/** One occurrence before its name and commodity are settled. */
interface Row {
  readonly place: string;
  readonly easting: number;
  readonly northing: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * Occurrences from the text of a GeoJSON or CSV file, in file order.
 *
 * @param input the manifest's mapping of properties or columns
 * @param mainCommodity commodity of occurrences whose mapping names none
 * @throws InputError when a place is no number, a name or commodity is missing, or a name occurs
 * twice
 */
export function parseOccurrences(
  input: OccurrenceInput,
  text: string,
  crs: Crs,
  mainCommodity: string,
): Occurrence[] {
  const rows = input.format === "csv" ? csvRows(input, text) : pointRows(input, text, crs);
  const seen = new Map<string, string>();
  return rows.map(({ place, easting, northing, fields }, index) => {
    const given =
      input.name === undefined ? index + 1 : word(fields, input.name, place, input.file);
    const name = `${input.namePrefix ?? ""}${given}`;
    const commodity =
      input.commodity === undefined
        ? mainCommodity
        : word(fields, input.commodity, place, input.file);
    const earlier = seen.get(name);
    if (earlier !== undefined) {
      throw new InputError({
        kind: "occurrences",
        file: input.file,
        field: place,
        found: `the name "${name}", as in ${earlier}`,
        expected: "a name of its own for each occurrence",
      });
    }
    seen.set(name, place);
    return { name, commodity, easting, northing };
  });
}

function pointRows(input: OccurrenceInput, text: string, crs: Crs): Row[] {
  return parseGeojson(text, input.file, crs).map(({ place, type, coordinates, properties }) => {
    if (type !== "Point") throw formatError(input.file, `${place}.geometry.type`, type, "Point");
    const field = `${place}.geometry.coordinates`;
    const [easting, northing] = position(coordinates, input.file, field);
    return { place, easting, northing, fields: properties };
  });
}

function csvRows(input: OccurrenceInput & TableSource, text: string): Row[] {
  const columns = [input.easting, input.northing, input.name, input.commodity];
  return parseTable(
    text,
    input.file,
    columns.filter((column) => column !== undefined),
  ).map(({ line, cells }) => {
    const place = `line ${line}`;
    return {
      place,
      easting: numberIn(cells, input.easting, place, input.file),
      northing: numberIn(cells, input.northing, place, input.file),
      fields: cells,
    };
  });
}

function numberIn(
  cells: Readonly<Record<string, string>>,
  column: string,
  place: string,
  file: string,
): number {
  const text = cells[column].trim();
  const value = text === "" ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new InputError({
    kind: "values",
    file,
    field: `${place}, ${column}`,
    found: text === "" ? "nothing" : `"${text}"`,
    expected: "a finite number with a decimal point",
  });
}

function word(
  fields: Readonly<Record<string, unknown>>,
  key: string,
  place: string,
  file: string,
): string {
  const value = fields[key];
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text === "string" && text.trim() !== "") return text.trim();
  throw new InputError({
    kind: "occurrences",
    file,
    field: `${place}, ${key}`,
    found: value === undefined ? "nothing" : JSON.stringify(value),
    expected: "a word or a number",
    remedy: "The manifest's occurrences name the properties or columns to read.",
  });
}
