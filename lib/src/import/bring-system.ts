import Papa from "papaparse";
import { InputError } from "../errors";
import { parseTable, type Table } from "../formats/csv";
import { decimalNumbers } from "../formats/numbers";
import { decodedText } from "../formats/text";
import type { Crs } from "../grid/grid";
import { freeName } from "./names";
import { type PointsFile, pointsFile } from "./points-file";
import { type BroughtSource, recorded, remade } from "./source-file";
import { transformationWords, transformed } from "./transform";
import { type VectorFile, vectorFile } from "./vector-file";

/** Decimals of metres to which coordinates are written: finer than single precision of evidence shows. */
const DECIMALS = 9;

type Place = readonly [number, number];

/**
 * Brings files of points, lines and polygons into the study's system, each once however often it is
 * used. Those that lie in it, or name no system, stay as they are.
 *
 * @param files of the study
 */
export function systemBringer(files: readonly BroughtSource[], crs: Crs) {
  const brought = new Map<string, Promise<BroughtSource>>();
  const inStudy = (name: string, epsg: number | null, points: PointsFile | null) => {
    const own = files.find(({ file }) => file === name) as BroughtSource;
    const file = brought.get(name) ?? fileInSystem(own, epsg, crs, points);
    brought.set(name, file);
    return file;
  };
  return {
    async points(of: PointsFile): Promise<PointsFile> {
      const { source, epsg } = of;
      const file = await inStudy(source.file, epsg, of);
      if (!isElsewhere(epsg, crs)) return of;
      const added = coordinateNames(of.columns);
      const found = pointsFile(file, source.format === "csv" ? added : undefined);
      return { ...found, taken: [...found.taken, ...of.taken], notes: of.notes };
    },
    async shapes(of: VectorFile): Promise<VectorFile> {
      const file = await inStudy(of.source.file, of.epsg, null);
      return isElsewhere(of.epsg, crs) ? { ...vectorFile(file), note: of.note } : of;
    },
    /** All files of the study, those brought as they are now. */
    files: () => Promise.all(files.map((own) => brought.get(own.file) ?? own)),
  };
}

function isElsewhere(epsg: number | null, crs: Crs): epsg is number {
  return epsg !== null && epsg !== crs.epsg;
}

/** The text of a file with its places exchanged for others, by a way from the ones to the others. */
type Maker = (
  file: BroughtSource,
  to: (places: readonly Place[]) => Promise<readonly Place[]>,
  epsg: number,
) => Promise<string>;

/**
 * A file in a system, with how it came there; the same where it lies in it, or names none.
 *
 * @param epsg of its coordinates
 * @param points what was found in it, where it is one of points; a table needs it
 * @throws InputError when the system has no code, or a place is none of the file's own
 */
export async function fileInSystem(
  own: BroughtSource,
  epsg: number | null,
  crs: Crs,
  points: PointsFile | null,
): Promise<BroughtSource> {
  if (!isElsewhere(epsg, crs)) return own;
  const make = points?.source.format === "csv" ? tableMaker(points) : geojsonMaker;
  const { file, notes } = own;
  const target = crs.epsg;
  if (target === null) throw withoutCode(file, epsg, crs);
  const chains: string[] = [];
  let transformation = null;
  const text = await make(
    own,
    async (places) => {
      const found = await transformed(places, epsg, target);
      transformation = found.transformation;
      chains.push(transformationWords(found.transformation));
      requirePlaces(found.places, places, file);
      return found.places.map(([x, y]) => [rounded(x), rounded(y)] as const);
    },
    target,
  );
  return {
    ...remade(own, text),
    crs: target,
    brought: {
      ...recorded(own, chains),
      ...(transformation === null ? {} : { transformation }),
    },
    notes: [...notes, ...chains.map((chain) => `${file}: ${chain}`)],
  };
}

const rounded = (metres: number) => Number(metres.toFixed(DECIMALS));

/** Columns in which a table has its places in the study's system, beside those that it had. */
function coordinateNames(columns: readonly string[]): [string, string] {
  return [freeName("easting", columns), freeName("northing", columns)];
}

/** A table with two columns more; in UTF-8, whatever it was written in. */
function tableMaker({ source, columns }: PointsFile): Maker {
  return async (file, to) => {
    if (source.format !== "csv") throw new Error("a table was to be brought");
    const { easting, northing, encoding } = source;
    const text = decodedText(file.bytes.get(source.file) as Buffer, source.file, encoding);
    const table = parseTable(text, source.file, [easting, northing]);
    const { read } = decimalNumbers(table, [easting, northing], source.file);
    const places = table.rows.map(
      ({ cells }) => [read(cells[easting]), read(cells[northing])] as const,
    );
    const comma = hasDecimalComma(table, [easting, northing]);
    const written = (value: number) => (comma ? String(value).replace(".", ",") : String(value));
    const brought = await to(places);
    const rows = table.rows.map(({ cells }, at) => [
      ...columns.map((column) => cells[column]),
      ...brought[at].map(written),
    ]);
    const header = [...columns, ...coordinateNames(columns)];
    return `${Papa.unparse([header, ...rows], { delimiter: table.delimiter, newline: "\n" })}\n`;
  };
}

/** Whether the numbers of a table have commas: those of its coordinates, else any. */
function hasDecimalComma({ delimiter, rows }: Table, coordinates: readonly string[]): boolean {
  if (delimiter !== ";") return false;
  const own = rows.flatMap(({ cells }) => coordinates.map((column) => cells[column]));
  if (own.some((text) => text.includes("."))) return false;
  return rows.some(({ cells }) =>
    Object.values(cells).some((text) => /^\s*[<>]?\s*[-+]?\d*,\d+\s*$/.test(text)),
  );
}

/** GeoJSON with other coordinates, which names the study's system. */
const geojsonMaker: Maker = async (file, to, epsg) => {
  const written = JSON.parse(
    (file.bytes.get(file.file) as Buffer).toString("utf8").replace(/^\uFEFF/, ""),
  ) as {
    readonly features: readonly { readonly geometry: { readonly coordinates: unknown } }[];
  };
  const geometries = written.features.map(({ geometry }) => geometry);
  const places = geometries.flatMap(({ coordinates }) => positionsIn(coordinates));
  const brought = await to(places);
  let next = 0;
  const exchanged = (value: unknown): unknown => {
    if (!Array.isArray(value)) return value;
    return isPosition(value) ? brought[next++] : value.map(exchanged);
  };
  const features = written.features.map(({ geometry, ...feature }) =>
    JSON.stringify({
      ...feature,
      geometry: { ...geometry, coordinates: exchanged(geometry.coordinates) },
    }),
  );
  const crs = { type: "name", properties: { name: `urn:ogc:def:crs:EPSG::${epsg}` } };
  const head = `"type":"FeatureCollection","crs":${JSON.stringify(crs)}`;
  return `{${head},"features":[\n${features.join(",\n")}\n]}\n`;
};

function positionsIn(value: unknown): Place[] {
  if (!Array.isArray(value)) return [];
  return isPosition(value) ? [[value[0], value[1]]] : value.flatMap(positionsIn);
}

function isPosition(value: readonly unknown[]): value is [number, number] {
  return typeof value[0] === "number" && typeof value[1] === "number";
}

function requirePlaces(found: readonly Place[], given: readonly Place[], file: string): void {
  const at = found.findIndex((place) => !place.every(Number.isFinite));
  if (at < 0) return;
  throw new InputError({
    kind: "georeference",
    ...{ file, field: `place ${at + 1}` },
    found: `${given[at].join(", ")}, which the file's CRS has not`,
    expected: "coordinates in the file's CRS; of degrees longitude first, latitude -90 to 90",
    remedy: "--crs-of FILE=CODE says another CRS, --columns-of FILE=X,Y which column is which.",
  });
}

function withoutCode(file: string, epsg: number, { name }: Crs): InputError {
  return new InputError({
    kind: "georeference",
    ...{ file, field: "CRS", found: `EPSG:${epsg}` },
    expected: `no CRS but the study's own (${name}), which has no EPSG code`,
    remedy: "Give the study an EPSG code by --epsg, or the file in the study's coordinates.",
  });
}
