import { InputError } from "../errors";
import { parseTable, type Table } from "../formats/csv";
import { position } from "../formats/geojson";
import { decimalNumbers } from "../formats/numbers";
import { decodedText } from "../formats/text";
import type { Region } from "../grid/grid";
import type { FeatureSource, TableSource } from "../manifest/sources";
import { areDegrees, coordinateColumns } from "./columns";
import { type SourceFile, sourceFeatures } from "./source-file";

/** A file of points as a manifest describes it, and what was found in it. */
export interface PointsFile {
  readonly source: FeatureSource | TableSource;
  /** The name of the researcher's file, by which options speak of it. */
  readonly given: string;
  readonly columns: readonly string[];
  /** Columns with coordinates; none in files of features. */
  readonly taken: readonly string[];
  /** In the file's CRS. */
  readonly places: readonly (readonly [number, number])[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** EPSG code of the places, when the file or the researcher says it, or they are degrees. */
  readonly epsg: number | null;
  /** What was taken for granted. */
  readonly notes: readonly string[];
}

/**
 * Looks into a file of points: which columns hold the coordinates, and whether they are degrees.
 *
 * @param coordinates columns that the researcher names
 * @param known systems of rasters: a file that names none and lies in one of them is of its system
 * @throws InputError when it cannot be read, or no columns are named as coordinates
 */
export function pointsFile(
  from: SourceFile,
  coordinates: readonly [string, string] | undefined,
  known: readonly KnownPlace[] = [],
): PointsFile {
  const found = foundPoints(from, coordinates);
  const { source, epsg, places, notes } = found;
  const place = epsg === null ? known.find((one) => places.every(isWithin(one))) : undefined;
  if (place === undefined) return found;
  const note = `${source.file}: coordinates are taken as EPSG:${place.epsg}, as those of a raster in which all lie`;
  return {
    ...found,
    ...{ epsg: place.epsg, notes: [...notes, note] },
  };
}

/** A region in a system that another file names. */
export interface KnownPlace {
  readonly epsg: number;
  readonly region: Region;
}

function isWithin({ region: { west, east, south, north } }: KnownPlace) {
  return ([x, y]: readonly [number, number]) => x >= west && x <= east && y >= south && y <= north;
}

function foundPoints(
  from: SourceFile,
  coordinates: readonly [string, string] | undefined,
): PointsFile {
  if (from.format === "csv") return tableFile(from, coordinates);
  const { file } = from;
  const { features, epsg } = sourceFeatures(from);
  const places = features.map(({ type, coordinates: at, place }) => {
    if (type !== "Point") {
      throw new InputError({
        ...{ kind: "format", file, field: `${place}.geometry`, found: type, expected: "Point" },
      });
    }
    return position(at, file, `${place}.geometry.coordinates`);
  });
  const rows = features.map(({ properties }) => properties);
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const degrees = epsg === null && areDegrees(places);
  return {
    source: { format: "geojson", file },
    given: from.given,
    ...{ columns, taken: [], places, rows },
    epsg: degrees ? 4326 : epsg,
    notes: degrees ? [`${file}: coordinates are taken as degrees on WGS 84 (EPSG:4326)`] : [],
  };
}

function tableFile(
  { file, given, bytes, crs }: SourceFile,
  coordinates: readonly [string, string] | undefined,
): PointsFile {
  const { text, encoding } = textOf(bytes.get(file)!, file);
  const table = parseTable(text, file, []);
  const columns = Object.keys(table.rows[0]?.cells ?? {});
  const found =
    coordinates === undefined
      ? coordinateColumns(columns)
      : { easting: coordinates[0], northing: coordinates[1] };
  const absent = [found?.easting, found?.northing].find(
    (name) => name === undefined || !columns.includes(name),
  );
  if (found === null || absent !== undefined) {
    throw new InputError({
      kind: "format",
      file,
      field: "coordinates",
      found: columns.length === 0 ? "no rows" : `the columns ${columns.join(", ")}`,
      expected: "columns named X and Y, Easting and Northing, or Longitude and Latitude",
      remedy: `Name them: --columns-of ${file}=X,Y.`,
    });
  }
  const places = placesOf(table, found.easting, found.northing, file);
  const degrees = crs === undefined && areDegrees(places);
  const code = degrees ? 4326 : crs;
  const notes = [
    `${file}: ${table.rows.length} rows; easting from "${found.easting}", northing from "${found.northing}"`,
    ...(degrees ? [`${file}: coordinates are taken as degrees on WGS 84 (EPSG:4326)`] : []),
    ...(encoding === undefined ? [] : [`${file}: no UTF-8, read as Windows-1252 (Latin 1)`]),
  ];
  return {
    source: {
      ...{ format: "csv", file, ...found },
      ...(encoding === undefined ? {} : { encoding }),
    },
    given,
    columns,
    taken: [found.easting, found.northing],
    places,
    rows: table.rows.map(({ cells }) => cells),
    epsg: code ?? null,
    notes,
  };
}

/** The text of a table; in Windows-1252 when it is no UTF-8, in which any bytes are text. */
function textOf(bytes: Buffer, file: string): { text: string; encoding?: "windows-1252" } {
  try {
    return { text: decodedText(bytes, file) };
  } catch (error) {
    const utf16 = bytes[0] === 0xff || bytes[0] === 0xfe;
    if (!(error instanceof InputError) || utf16) throw error;
    return { text: decodedText(bytes, file, "windows-1252"), encoding: "windows-1252" };
  }
}

/** Places whose two cells are numbers; the others are refused when the study is checked. */
function placesOf(table: Table, easting: string, northing: string, file: string) {
  const { read } = decimalNumbers(table, [easting, northing], file);
  return table.rows
    .map(({ cells }) => [read(cells[easting]), read(cells[northing])] as const)
    .filter((place) => place.every(Number.isFinite));
}
