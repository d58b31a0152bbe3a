import { parseArgs } from "node:util";
import { InputError } from "../lib/src/errors";
import { bringFile } from "../lib/src/import/bring-file";

const USAGE = `npm run bring -- FILE --to EPSG [--from EPSG] [--columns X,Y] --into FOLDER

Brings one file of points, lines or polygons (CSV, GeoJSON, shapefile, GeoPackage as file.gpkg#layer ...)
into CSV or GeoJSON in a system in metres, puts it into a study's folder, and how it came about into
brought.json there. Prints its line for "files" in study.json.

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
  const [x, y] = values.columns?.split(",") ?? [];
  const { notes, line } = await bringFile(path, process.env.INIT_CWD ?? process.cwd(), {
    to: Number(values.to),
    from: values.from === undefined ? undefined : Number(values.from),
    columns: x !== undefined && y !== undefined ? [x, y] : undefined,
    into: values.into,
  });
  console.log([...notes, line].join("\n"));
}

main().catch((error: unknown) => {
  if (!(error instanceof InputError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
});
