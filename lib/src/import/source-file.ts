import { readFileSync, writeFileSync } from "node:fs";
import { basename, extname, resolve } from "node:path";
import { InputError } from "../errors";
import { type GeojsonFeature, parseGeojson } from "../formats/geojson";
import { type BroughtFile, fileHash, temporaryPlace } from "./brought";

/** A file as a manifest would name it, and its bytes. */
export interface SourceFile {
  readonly format: "geojson" | "csv";
  /** Its name in the study folder. */
  readonly file: string;
  /** The name of the researcher's file, by which options speak of it. */
  readonly given: string;
  /** EPSG code that the researcher gave for it. */
  readonly crs?: number;
  /** Bytes by name in the study folder. */
  readonly bytes: ReadonlyMap<string, Buffer>;
  /** Where each part is copied from, by name in the study folder. */
  readonly from: ReadonlyMap<string, string>;
}

/** A table or features as the study takes them: the researcher's file, or one made of it. */
export interface BroughtSource extends SourceFile {
  /** Null where it is the researcher's own to the byte. */
  readonly brought: BroughtFile | null;
  readonly notes: readonly string[];
}

const TABLES = [".csv", ".txt", ".tsv"];
const OWN_FEATURES = [".geojson", ".json"];

/** Whether a file is a table, features that are read as they are, or one of another format. */
export function kindOf(path: string): "csv" | "geojson" | "other" {
  const end = extname(path).toLowerCase();
  if (TABLES.includes(end)) return "csv";
  return OWN_FEATURES.includes(end) ? "geojson" : "other";
}

/**
 * A table or a GeoJSON file with its bytes.
 *
 * @param path as given, against the folder
 * @throws InputError when it is not there
 */
export function sourceFile(
  path: string,
  folder: string,
  crsOf: ReadonlyMap<string, number>,
): SourceFile {
  const whole = resolve(folder, path);
  const file = basename(whole);
  const crs = crsOf.get(file);
  return {
    ...{ format: kindOf(path) === "csv" ? "csv" : "geojson", file, given: file },
    bytes: new Map([[file, bytesOf(whole)]]),
    from: new Map([[file, whole]]),
    ...(crs === undefined ? {} : { crs }),
  };
}

/**
 * The features of a GeoJSON file, and the EPSG code of their coordinates; null where neither the file
 * nor the researcher says it.
 *
 * @throws InputError when it is no GeoJSON, or the two say different codes
 */
export function sourceFeatures({ file, given, bytes, crs }: SourceFile): {
  readonly features: readonly GeojsonFeature[];
  readonly epsg: number | null;
} {
  const { features, epsg } = parseGeojson((bytes.get(file) as Buffer).toString("utf8"), file);
  if (crs !== undefined && epsg !== null && crs !== epsg) {
    throw new InputError({
      kind: "georeference",
      ...{ file, field: "CRS", found: `EPSG:${epsg} in the file, ${crs} as given` },
      expected: "the same",
      remedy: `Leave out --crs-of ${given}, or mend the file.`,
    });
  }
  return { features, epsg: crs ?? epsg };
}

/** A file with other bytes, which lie in a temporary place until the study is built. */
export function remade<T extends SourceFile>(source: T, content: string | Buffer): T {
  const { file } = source;
  const made = temporaryPlace(file);
  const bytes = Buffer.from(content);
  writeFileSync(made, bytes);
  return { ...source, bytes: new Map([[file, bytes]]), from: new Map([[file, made]]) };
}

/** The record of a file after further steps, begun by them where it is the researcher's own. */
export function recorded(
  { brought, file, given, from, format }: BroughtSource,
  steps: readonly string[],
): BroughtFile {
  if (brought !== null) return { ...brought, steps: [...brought.steps, ...steps] };
  const driver = format === "csv" ? "CSV" : "GeoJSON";
  return { file, source: given, sha256: fileHash(from.get(file) as string), driver, steps };
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
