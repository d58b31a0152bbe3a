import { InputError } from "../errors";
import type { Crs } from "../grid/grid";
import type { FeatureSource, TableSource } from "../manifest/sources";
import { parseTable } from "./csv";
import { readFeatures } from "./features";
import { formatError, position } from "./geojson";
import type { InputBytes } from "./input-bytes";
import { decimalNumbers } from "./numbers";
import { decodedText } from "./text";

/** One point of a file, its place in the study's CRS. */
export interface PointRow {
  /** Where in the file, such as "line 12". */
  readonly place: string;
  readonly easting: number;
  readonly northing: number;
  /** Cells of a table as text, properties of a feature as they are. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Points of a file, and how its numbers are written. */
export interface PointFile {
  readonly rows: readonly PointRow[];
  /** Numbers in the file's text have decimal commas. */
  readonly decimalComma: boolean;
}

/**
 * The points of a table or a file of features, in file order.
 *
 * @param columns of a table that must be there, besides the coordinates
 * @param numeric those of them that hold numbers
 * @throws InputError when the file is none of its format, or a place is no two numbers
 */
export function readPoints(
  source: FeatureSource | TableSource,
  columns: readonly string[],
  numeric: readonly string[],
  inputs: InputBytes,
  crs: Crs,
): PointFile {
  if (source.format === "csv") return tablePoints(source, columns, numeric, inputs);
  const { file } = source;
  const features = readFeatures(source, inputs, crs);
  const rows = features.map(({ place, type, coordinates, properties }) => {
    if (type !== "Point") throw notAPoint(file, place, type);
    const [easting, northing] = position(coordinates, file, `${place}.geometry.coordinates`);
    return { place, easting, northing, fields: properties };
  });
  return { rows, decimalComma: false };
}

function notAPoint(file: string, place: string, type: string) {
  const remedy =
    "Make points of the features in a GIS (a MultiPoint by parts), or name another file.";
  return formatError(file, `${place}.geometry.type`, type, "Point", remedy);
}

function tablePoints(
  source: TableSource,
  columns: readonly string[],
  numeric: readonly string[],
  inputs: InputBytes,
): PointFile {
  const { file, easting, northing, encoding } = source;
  const text = decodedText(inputs.get(file)!, file, encoding);
  const table = parseTable(text, file, [easting, northing, ...columns]);
  const numbers = decimalNumbers(table, [easting, northing, ...numeric], file);
  const rows = table.rows.map(({ line, cells }) => {
    const place = `line ${line}`;
    const coordinate = (column: string) => {
      const value = numbers.read(cells[column]);
      if (Number.isFinite(value)) return value;
      throw new InputError({
        kind: "values",
        file,
        field: `${place}, ${column}`,
        found: cells[column].trim() === "" ? "nothing" : `"${cells[column].trim()}"`,
        expected: `a finite number with a decimal ${numbers.decimalComma ? "comma" : "point"}`,
        remedy: `Mend the cell or take its row out of the file, or name another column than ${column} in study.json.`,
      });
    };
    return { place, easting: coordinate(easting), northing: coordinate(northing), fields: cells };
  });
  return { rows, decimalComma: numbers.decimalComma };
}
