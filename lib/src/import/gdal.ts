import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { InputError } from "../errors";

/** A file that GDAL has opened. */
export interface GdalDataset {
  readonly path: string;
  readonly type: "raster" | "vector";
}

/** Where GDAL put what it made. */
export interface GdalOutput {
  readonly local: string;
}

/** What is used of GDAL, which gdal3.js compiles to WebAssembly with PROJ inside. */
export interface Gdal {
  open(
    paths: string | readonly string[],
    openOptions?: readonly string[],
  ): Promise<{
    readonly datasets: readonly GdalDataset[];
    readonly errors: readonly { readonly message?: string }[];
  }>;
  close(dataset: GdalDataset): Promise<void>;
  gdalinfo(dataset: GdalDataset, options?: readonly string[]): Promise<GdalInfo>;
  ogrinfo(dataset: GdalDataset, options?: readonly string[]): Promise<OgrInfo>;
  gdalwarp(dataset: GdalDataset, options: readonly string[], name?: string): Promise<GdalOutput>;
  gdal_translate(dataset: GdalDataset, options: readonly string[]): Promise<GdalOutput>;
  ogr2ogr(dataset: GdalDataset, options: readonly string[], name?: string): Promise<GdalOutput>;
  gdaltransform(
    places: readonly (readonly number[])[],
    options: readonly string[],
  ): Promise<readonly (readonly number[])[]>;
  getFileBytes(output: GdalOutput): Promise<Uint8Array>;
}

/** What gdalinfo says of a raster, as far as it is used. */
export interface GdalInfo {
  readonly driverShortName: string;
  readonly size: readonly [number, number];
  readonly geoTransform?: readonly number[];
  readonly coordinateSystem?: { readonly wkt?: string };
  readonly stac?: { readonly "proj:epsg"?: number | null };
  readonly wgs84Extent?: { readonly coordinates?: readonly (readonly (readonly number[])[])[] };
  readonly bands: readonly {
    readonly description?: string;
    readonly type: string;
    readonly noDataValue?: number | string;
  }[];
}

/** And ogrinfo of a file of points, lines or polygons. */
export interface OgrInfo {
  readonly driverShortName: string;
  readonly layers: readonly {
    readonly name: string;
    readonly featureCount: number;
    readonly geometryFields: readonly { readonly coordinateSystem?: { readonly wkt?: string } }[];
  }[];
}

/** What an error says of GDAL when it takes a file for none that it knows. */
const OPENING = "GDAL, open";

let opened: Promise<Gdal> | null = null;
const said: string[] = [];

/**
 * GDAL, loaded when it is first asked for: 41 MB that nobody needs who brings no files of other
 * formats or systems.
 *
 * @throws InputError when the package is not there
 */
export function gdal(): Promise<Gdal> {
  opened ??= load();
  return opened;
}

/** A file opened as a raster or as features; null where GDAL can read none in it. */
export async function openedAs(
  type: GdalDataset["type"],
  paths: string | readonly string[],
  openOptions: readonly string[] = [],
): Promise<GdalDataset | null> {
  const tool = await gdal();
  try {
    const { datasets } = await tool.open(paths, openOptions);
    return datasets.find((one) => one.type === type) ?? null;
  } catch (error) {
    if (error instanceof InputError && error.details.field === OPENING) return null;
    throw error;
  }
}

/** What GDAL and PROJ said since it was last asked: warnings, and which operations PROJ chose. */
export function gdalSaid(): string[] {
  return said.splice(0);
}

/** The folder of GDAL's own files, PROJ's database among them. */
export function gdalFolder(): string {
  return join(dirname(gdalEntry()), "dist", "package");
}

/** What makes PROJ choose operations itself, as its cs2cs does, and say which, with what numbers. */
const ENVIRONMENT = { OGR_CT_OP_SELECTION: "PROJ", PROJ_DEBUG: "3", CPL_DEBUG: "PROJ,PROJ_TRACE" };

async function load(): Promise<Gdal> {
  const entry = gdalEntry();
  const open = createRequire(__filename)(entry) as (options: object) => Promise<Gdal>;
  // It puts "./" before its path, whatever that is.
  const path = relative(process.cwd(), gdalFolder());
  const keep = (text: string) => {
    said.push(text);
  };
  const handlers = { logHandler: keep, errorHandler: keep };
  return refusing(await open({ path, useWorker: false, env: ENVIRONMENT, ...handlers }));
}

function gdalEntry(): string {
  try {
    return createRequire(__filename).resolve("gdal3.js/node.js");
  } catch {
    throw new InputError({
      kind: "missing-file",
      ...{ file: "gdal3.js", found: "the package is not installed" },
      expected: "GDAL, which reads files of other formats and coordinate systems",
      remedy: "npm install gdal3.js@2.8.1 brings it (41 MB).",
    });
  }
}

/** GDAL whose complaints, which are lists of plain objects, are errors as all others are. */
function refusing(tool: Gdal): Gdal {
  const refused = (name: string, of: unknown, error: unknown) => {
    // What has broken off in the midst of its work is not asked again.
    if (error instanceof Error) opened = null;
    const file = fileIn(of);
    return new InputError({
      kind: "format",
      ...(file !== undefined && { file }),
      ...{
        field: `GDAL, ${name}`,
        found: complaintOf(error),
        expected: "a file that GDAL can read",
      },
      remedy: "Check that it was copied whole; of a shapefile .shp, .dbf and .shx belong together.",
    });
  };
  return new Proxy(tool, {
    get(target, name) {
      const own: unknown = Reflect.get(target, name);
      if (typeof own !== "function" || typeof name === "symbol") return own;
      return async (...given: unknown[]) => {
        try {
          return await own.apply(target, given);
        } catch (error) {
          throw refused(name, given[0], error);
        }
      };
    },
  });
}

/** The name of the file that a function of GDAL was given: paths, or a file that is open. */
function fileIn(given: unknown): string | undefined {
  const first: unknown = Array.isArray(given) ? given[0] : given;
  const path = typeof first === "string" ? first : (first as Partial<GdalDataset> | null)?.path;
  return typeof path === "string" ? basename(path) : undefined;
}

function complaintOf(error: unknown): string {
  const all = (Array.isArray(error) ? error : [error]) as readonly unknown[];
  const messages = all.map((one) => (one as { message?: unknown } | null)?.message ?? one);
  return messages.map(String).join("; ") || "nothing that it can read";
}
