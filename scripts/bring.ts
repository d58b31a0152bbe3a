import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { InputError } from "../lib/src/errors";
import { epsgDefinition } from "../lib/src/grid/epsg";
import { bringFeatures } from "../lib/src/import/bring-features";
import { fileInSystem } from "../lib/src/import/bring-system";
import { bringTable } from "../lib/src/import/bring-table";
import { BROUGHT_FILE, type BroughtFile } from "../lib/src/import/brought";
import { sha256 } from "../lib/src/import/checksums";
import { pointsFile } from "../lib/src/import/points-file";
import { kindOf, sourceFeatures, sourceFile } from "../lib/src/import/source-file";

const USAGE = `npm run bring -- FILE --to EPSG [--from EPSG] [--columns X,Y] --into FOLDER

Brings one file of points, lines or polygons (CSV, GeoJSON, shapefile, GeoPackage as file.gpkg#layer ...)
into CSV or GeoJSON in a system in metres, puts it into a study's folder, and how it came about into
brought.json there. Prints the SHA-256 for study.json.

  --to       EPSG code of the study
  --from     EPSG code of the file, where it does not say it
  --columns  columns of the coordinates of a table`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...{ to: { type: "string" }, from: { type: "string" }, columns: { type: "string" } },
      ...{ into: { type: "string" }, help: { type: "boolean" } },
    },
  });
  const [path] = positionals;
  if (values.help || path === undefined || !values.to || !values.into) {
    console.log(USAGE);
    return;
  }
  const to = Number(values.to);
  const crs = { epsg: to, name: epsgDefinition(to, { field: "--to" }).name };
  const crsOf = new Map(values.from ? [[basename(path.split("#")[0]), Number(values.from)]] : []);
  const [x, y] = values.columns?.split(",") ?? [];
  const columns = x !== undefined && y !== undefined ? ([x, y] as const) : undefined;
  const isTable = kindOf(path) === "csv";
  const opened = isTable
    ? bringTable(sourceFile(path, ".", crsOf), { skipRows: 0, coordinates: columns })
    : await bringFeatures(path, ".", crsOf);
  const points = isTable ? pointsFile(opened, columns) : null;
  const epsg = points === null ? sourceFeatures(opened).epsg : points.epsg;
  const { file, from, brought, notes } = await fileInSystem(opened, epsg, crs, points);
  const made = from.get(file) as string;
  const sum = sha256(readFileSync(made));
  copyFileSync(made, join(values.into, file));
  if (brought !== null) keep(join(values.into, BROUGHT_FILE), brought);
  console.log([...notes, `${file}: "${sum}"`].join("\n"));
}

/** Writes a file's record among those of the others. */
function keep(path: string, record: BroughtFile): void {
  const before = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as BroughtFile[]) : [];
  const others = before.filter(({ file }) => file !== record.file);
  writeFileSync(path, `${JSON.stringify([...others, record], null, 2)}\n`);
}

main().catch((error: unknown) => {
  if (!(error instanceof InputError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
});
