import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { InputError } from "../errors";
import { companion } from "../manifest/manifest-files";
import type { FeatureSource } from "../manifest/sources";
import { prjCode } from "./prj-code";

/** A file as a manifest would name it, and its parts with their bytes. */
export interface SourceFile {
  readonly format: FeatureSource["format"] | "csv";
  /** Its name in the study folder. */
  readonly file: string;
  readonly layer?: string;
  /** EPSG code that the researcher gave for it, or that a shapefile's .prj describes. */
  readonly crs?: number;
  /** Bytes by name in the study folder. */
  readonly bytes: ReadonlyMap<string, Buffer>;
  /** Where each part is copied from, by name in the study folder. */
  readonly from: ReadonlyMap<string, string>;
}

const FORMATS: Readonly<Record<string, SourceFile["format"]>> = {
  ".csv": "csv",
  ".txt": "csv",
  ".tsv": "csv",
  ".geojson": "geojson",
  ".json": "geojson",
  ".shp": "shapefile",
  ".gpkg": "geopackage",
};

/**
 * Finds a file of points, lines or polygons and reads its bytes.
 *
 * @param path as given, against the folder; a layer of a GeoPackage after "#"
 * @throws InputError when it is not there, of no known format, or a shapefile with parts missing
 */
export function sourceFile(
  path: string,
  folder: string,
  crsOf: ReadonlyMap<string, number>,
): SourceFile {
  const [, plain, layer] = /^(.*?\.gpkg)(?:#(.+))?$/i.exec(path) ?? [path, path, undefined];
  const whole = resolve(folder, plain);
  const file = basename(whole);
  const format = FORMATS[extname(file).toLowerCase()];
  if (format === undefined) {
    throw new InputError({
      kind: "format",
      file: plain,
      found: `the ending "${extname(file)}"`,
      expected: `one of ${Object.keys(FORMATS).join(", ")}`,
    });
  }
  const from = new Map([[file, whole]]);
  if (format === "shapefile") {
    for (const part of ["dbf", "shx", "prj", "cpg"]) {
      const name = companion(file, part);
      const at = join(dirname(whole), name);
      if (existsSync(at) || part === "dbf" || part === "shx") from.set(name, at);
    }
  }
  const bytes = new Map([...from].map(([name, at]) => [name, bytesOf(at)]));
  const crs = crsOf.get(file) ?? (format === "shapefile" ? prjEpsg(file, bytes) : undefined);
  return {
    ...{ format, file, bytes, from },
    ...(layer === undefined ? {} : { layer }),
    ...(crs === undefined ? {} : { crs }),
  };
}

function prjEpsg(file: string, bytes: ReadonlyMap<string, Buffer>): number | undefined {
  const prj = bytes.get(companion(file, "prj"))?.toString("latin1");
  const code = prj === undefined ? null : prjCode(prj);
  if (code !== null) return code;
  throw new InputError({
    kind: "georeference",
    file: companion(file, "prj"),
    field: "CRS",
    found: prj === undefined ? "no .prj" : (/"([^"]*)"/.exec(prj)?.[1] ?? prj.slice(0, 60)),
    expected: "a system whose EPSG code can be told",
    remedy: `Give it: --crs-of ${file}=CODE.`,
  });
}

/** @throws InputError when a file cannot be read */
export function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new InputError({
      kind: "missing-file",
      file: path,
      found: error instanceof Error ? error.message : String(error),
      expected: "a file that can be read",
      remedy: "Paths are taken from the folder in which the command is run.",
    });
  }
}
