import { basename, extname, resolve } from "node:path";
import { InputError } from "../errors";
import { fileHash } from "./brought";
import { type Gdal, gdal, type OgrInfo, openedAs } from "./gdal";
import { asterisksIn, encodingOf, withCompanions } from "./shapefile-parts";
import {
  type BroughtSource,
  bytesOf,
  kindOf,
  recorded,
  remade,
  type SourceFile,
  sourceFile,
} from "./source-file";

/** A feature as GDAL writes it in GeoJSON. */
interface WrittenFeature {
  readonly type: "Feature";
  readonly properties: Readonly<Record<string, unknown>> | null;
  readonly geometry: { readonly type: string; readonly coordinates: unknown } | null;
}

interface WrittenFeatures {
  readonly features: readonly WrittenFeature[];
  readonly [member: string]: unknown;
}

/**
 * Brings a file of points, lines or polygons of any format that GDAL reads into GeoJSON, in the
 * system that it is in. Features without a geometry are left out by name, and a MultiPoint becomes as
 * many points as it has. GeoJSON needs no GDAL, and is taken as it is where it has neither.
 *
 * @param path as given, against the folder; a layer after "#"
 * @param crsOf EPSG codes that the researcher gave, by file name
 * @throws InputError when GDAL cannot read it, it has several layers and none is named, or its system
 *   cannot be told
 */
export async function bringFeatures(
  path: string,
  folder: string,
  crsOf: ReadonlyMap<string, number>,
): Promise<BroughtSource> {
  if (kindOf(path) === "geojson") return ownGeojson(sourceFile(path, folder, crsOf), path);
  const [, plain, layer] = /^(.*?\.\w+)(?:#(.+))?$/.exec(path) ?? [path, path, undefined];
  const whole = resolve(folder, plain);
  bytesOf(whole);
  const tool = await gdal();
  const { dataset, info } = await opened(tool, whole, plain);
  const chosen = layerOf(info, layer, plain);
  const given = crsOf.get(basename(whole));
  const wkt = chosen.geometryFields[0]?.coordinateSystem?.wkt;
  const epsg = given ?? codeOf(wkt);
  if (epsg === null && isNeeded(info.driverShortName)) throw unknownSystem(plain, wkt);
  const options = ["-f", "GeoJSON", "-lco", "RFC7946=NO", "-lco", "COORDINATE_PRECISION=9"];
  const output = await tool.ogr2ogr(dataset, [...options, chosen.name], "features");
  const written = JSON.parse(
    Buffer.from(await tool.getFileBytes(output)).toString("utf8"),
  ) as WrittenFeatures;
  const kept = wholeFeatures(written.features, plain);
  const { features } = kept;
  const notes = [...kept.notes, ...asterisksIn(whole)];
  const stem = layer?.replace(/[^\w.-]+/g, "-") ?? basename(whole, extname(whole));
  const file = `${stem}.geojson`;
  const crs = epsg === null ? {} : { crs: { type: "name", properties: { name: `EPSG:${epsg}` } } };
  const steps = [`layer ${chosen.name} written as GeoJSON`, ...notes];
  const text = JSON.stringify({ type: "FeatureCollection", ...crs, features });
  const empty: SourceFile = {
    ...{ format: "geojson", file, given: basename(whole), bytes: new Map(), from: new Map() },
  };
  return {
    ...remade(empty, `${text}\n`),
    brought: { file, source: path, sha256: fileHash(whole), driver: info.driverShortName, steps },
    notes: notes.map((note) => `${plain}: ${note}`),
  };
}

/** GeoJSON that the researcher has; what is no such is told of where it is read. */
function ownGeojson(file: SourceFile, path: string): BroughtSource {
  const written = geojsonOrNull(file.bytes.get(file.file) as Buffer);
  const own = { ...file, brought: null, notes: [] };
  if (written === null || !written.features.some(isBroken)) return own;
  const { features, notes } = wholeFeatures(written.features, path);
  return {
    ...remade(own, `${JSON.stringify({ ...written, features })}\n`),
    brought: recorded(own, notes),
    notes: notes.map((text) => `${path}: ${text}`),
  };
}

function isBroken(feature: unknown): boolean {
  const { geometry } = feature as Partial<WrittenFeature>;
  return geometry === null || geometry?.type === "MultiPoint";
}

function geojsonOrNull(bytes: Buffer): WrittenFeatures | null {
  try {
    const written = JSON.parse(bytes.toString("utf8").replace(/^\uFEFF/, "")) as WrittenFeatures;
    const isList = Array.isArray(written?.features);
    return isList && written.features.every((one) => typeof one === "object" && one !== null)
      ? written
      : null;
  } catch {
    return null;
  }
}

async function opened(tool: Gdal, whole: string, path: string) {
  const parts = withCompanions(whole);
  const encoding = encodingOf(whole);
  const options = encoding === null ? [] : [`ENCODING=${encoding}`];
  const dataset = await openedAs("vector", parts, options);
  if (dataset !== null) {
    const info = await tool.ogrinfo(dataset, ["-json", "-so", "-al"]);
    if (info.layers.length > 0) return { dataset, info };
  }
  throw new InputError({
    kind: "format",
    ...{ file: path, found: "no layer of points, lines or polygons that GDAL can read" },
    expected: "a shapefile, GeoPackage, KML, MapInfo, DXF or another file of features",
    remedy: "Give all parts of it: of a shapefile .shp, .dbf and .shx.",
  });
}

function layerOf({ layers }: OgrInfo, wanted: string | undefined, file: string) {
  const named = layers.find(({ name }) => name === wanted);
  const only = wanted === undefined && layers.length === 1 ? layers[0] : undefined;
  const found = named ?? only;
  if (found !== undefined) return found;
  throw new InputError({
    kind: "format",
    ...{ file, field: "layer", found: wanted ?? `${layers.length} layers` },
    expected: `one of ${layers.map(({ name }) => name).join(", ")}`,
    remedy: `${file}#NAME names one.`,
  });
}

/** The code at the end of a system's description, which PROJ finds where there is one. */
function codeOf(wkt: string | undefined): number | null {
  const code = /(?:ID|AUTHORITY)\["EPSG",\s*"?(\d+)"?\]\s*\]\s*$/.exec(wkt ?? "")?.[1];
  return code === undefined ? null : Number(code);
}

/** GeoJSON and the like may name no system; then it is told from the coordinates, or the study's. */
function isNeeded(driver: string): boolean {
  return !["GeoJSON", "CSV", "DXF"].includes(driver);
}

function unknownSystem(file: string, wkt: string | undefined): InputError {
  const title = /"([^"]*)"/.exec(wkt ?? "")?.[1] ?? "none";
  return new InputError({
    kind: "georeference",
    ...{ file, field: "CRS", found: title, expected: "a system whose EPSG code can be told" },
    remedy: `Give it: --crs-of ${basename(file)}=CODE.`,
  });
}

/** Features with a geometry, MultiPoints by their points. */
function wholeFeatures(all: readonly WrittenFeature[], file: string) {
  const left = all.flatMap(({ geometry, properties }, at) =>
    geometry === null ? [`feature ${at + 1}${nameIn(properties)}`] : [],
  );
  if (left.length === all.length) {
    throw new InputError({
      kind: "format",
      ...{
        file,
        found: `${all.length} features without a geometry`,
        expected: "features on a map",
      },
    });
  }
  const kept = all.filter(({ geometry }) => geometry !== null);
  const many = kept.filter(({ geometry }) => geometry?.type === "MultiPoint");
  const features = kept.flatMap((feature) => {
    const { geometry } = feature;
    if (geometry?.type !== "MultiPoint") return [feature];
    return (geometry.coordinates as unknown[]).map((coordinates) => ({
      ...feature,
      geometry: { type: "Point", coordinates },
    }));
  });
  return {
    features,
    notes: [
      ...(left.length === 0 ? [] : [`left out, without a geometry: ${left.join(", ")}`]),
      ...(many.length === 0
        ? []
        : [
            `${many.length} features of several points each are taken as ${features.length - kept.length + many.length} points, since each is a place`,
          ]),
    ],
  };
}

function nameIn(properties: WrittenFeature["properties"]): string {
  const name = Object.entries(properties ?? {}).find(([key]) => /^(name|id|title)$/i.test(key));
  return name === undefined ? "" : ` (${String(name[1])})`;
}
