import { existsSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { InputError } from "../errors";
import { writeWhole } from "../files";
import { epsgDefinition } from "../grid/epsg";
import { bringFeatures } from "./bring-features";
import { fileInSystem } from "./bring-system";
import { bringTable } from "./bring-table";
import { BROUGHT_FILE, type BroughtFile } from "./brought";
import { sha256 } from "./checksums";
import { pointsFile } from "./points-file";
import { kindOf, sourceFeatures, sourceFile } from "./source-file";

/** What is wished of one file that is brought into a study that is there. */
export interface FileWishes {
  /** EPSG code of the study. */
  readonly to: number;
  /** EPSG code of the file, where it does not say it. */
  readonly from?: number | undefined;
  /** Columns of the coordinates of a table. */
  readonly columns?: readonly [string, string] | undefined;
  /** Folder of the study. */
  readonly into: string;
}

/**
 * Brings one file of points, lines or polygons into a study's system and folder, and its record into
 * brought.json there.
 *
 * @param path against the folder
 * @returns what was done, and the file's line for `files` in study.json
 * @throws InputError when it cannot be read or brought, or would take the researcher's own place
 */
export async function bringFile(path: string, folder: string, wishes: FileWishes) {
  const { to, from, columns } = wishes;
  const into = resolve(folder, wishes.into);
  const crs = { epsg: to, name: epsgDefinition(to, { field: "--to" }).name };
  const crsOf = new Map(from === undefined ? [] : [[basename(path.split("#")[0]), from] as const]);
  const isTable = kindOf(path) === "csv";
  const opened = isTable
    ? bringTable(sourceFile(path, folder, crsOf), { skipRows: 0, coordinates: columns })
    : await bringFeatures(path, folder, crsOf);
  const points = isTable ? pointsFile(opened, columns) : null;
  const epsg = points === null ? sourceFeatures(opened).epsg : points.epsg;
  const { file, bytes, brought, notes } = await fileInSystem(opened, epsg, crs, points);
  const place = join(into, file);
  if (resolve(folder, path) === place) throw ownPlace(place);
  const content = bytes.get(file) as Buffer;
  writeWhole(place, content);
  if (brought !== null) keepRecord(join(into, BROUGHT_FILE), brought);
  return { notes, line: `"${file}": "${sha256(content)}"` };
}

/** Writes a file's record among those of the others. */
function keepRecord(path: string, record: BroughtFile): void {
  const before = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as BroughtFile[]) : [];
  const others = before.filter(({ file }) => file !== record.file);
  writeWhole(path, `${JSON.stringify([...others, record], null, 2)}\n`);
}

function ownPlace(place: string): InputError {
  return new InputError({
    kind: "parameter",
    ...{ file: place, field: "--into", found: "the folder of the file itself" },
    expected: "another folder: the file would be lost",
    remedy: "Keep the original elsewhere, and bring it from there.",
  });
}
