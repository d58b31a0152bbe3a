import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { parseGeojson } from "../../lib/src/formats/geojson";
import { readGeoTiff } from "../../lib/src/grid/geotiff-read";
import { bringFeatures } from "../../lib/src/import/bring-features";
import { bringRaster } from "../../lib/src/import/bring-raster";
import { mutateBytes, mutateTiffEntry, oneOf, pick } from "./mutations";
import { unsoundStack } from "./read-geotiff";
import type { FuzzReader, Sample } from "./reader";
import { mutateJson } from "./text-mutations";

const cases = join(__dirname, "../cases");
const files = join(__dirname, "../reference/study/files");

const KML = `<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>shafts</name><Folder><name>a</name>
<Placemark><name>North</name><Point><coordinates>104.1,35.2,0</coordinates></Point></Placemark>
<Placemark><name>South</name><LineString><coordinates>104.1,35.2 104.2,35.1</coordinates></LineString>
</Placemark></Folder></Document></kml>`;
const GPX = `<gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1">
<wpt lat="35.2" lon="104.1"><name>North</name></wpt><wpt lat="35.1" lon="104.2"/></gpx>`;
const MIF = `Version 300
Charset "WindowsLatin1"
Delimiter ","
CoordSys Earth Projection 1, 104
Columns 1
  Name Char(10)
Data

Point 104.1 35.2
Point 104.2 35.1
`;
const DXF = [
  "0",
  "SECTION",
  "2",
  "ENTITIES",
  "0",
  "POINT",
  "8",
  "0",
  "10",
  "400100",
  "20",
  "3900100",
]
  .concat(["0", "ENDSEC", "0", "EOF"])
  .join("\n");
const ASC = `ncols 4
nrows 3
xllcorner 400000
yllcorner 3900000
cellsize 50
NODATA_value -9999
1 2 3 4
5 6 -9999 8
9 10 11 12
`;
const VRT = `<OGRVRTDataSource><OGRVRTLayer name="t"><SrcDataSource>/etc/passwd</SrcDataSource>
<GeometryType>wkbPoint</GeometryType></OGRVRTLayer></OGRVRTDataSource>`;

/** Each file with those that belong to it, of which any may be the one that is changed. */
const FEATURES: Readonly<Record<string, () => Readonly<Record<string, Buffer>>>> = {
  "cpglies.shp": () => shapefile("cpglies"),
  "nullgeom.shp": () => shapefile("nullgeom"),
  "multi.shp": () => shapefile("multi"),
  "utm.gpkg": () => ({ "utm.gpkg": readFileSync(join(files, "utm.gpkg")) }),
  "shafts.kml": () => ({ "shafts.kml": Buffer.from(KML) }),
  "shafts.gpx#waypoints": () => ({ "shafts.gpx": Buffer.from(GPX) }),
  "shafts.mif": () => ({ "shafts.mif": Buffer.from(MIF), "shafts.mid": Buffer.from('"A"\n"B"\n') }),
  "shafts.dxf": () => ({ "shafts.dxf": Buffer.from(DXF) }),
  "utm.geojson": () => ({ "utm.geojson": readFileSync(join(files, "utm.geojson")) }),
};

/** Systems that a researcher says, of a file that names none. */
const SYSTEMS = new Map([["shafts.mif", 4326]]);

function shapefile(stem: string): Record<string, Buffer> {
  const names = readdirSync(cases).filter((name) => basename(name, extname(name)) === stem);
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(cases, name))]));
}

/** A sample a file of each set, named by the set and the file. */
function samplesOf(sets: typeof FEATURES): Sample[] {
  return Object.entries(sets).flatMap(([set, open]) =>
    Object.entries(open()).map(([name, bytes]) => ({ name: `${set} ${name}`, bytes })),
  );
}

/** Writes a set into a folder of its own, one file of it changed; the folder. */
function written(
  sets: typeof FEATURES,
  sample: Sample,
  bytes: Buffer,
  temporary: string,
): readonly [string, string] {
  const [set, changed] = sample.name.split(" ");
  const folder = join(temporary, "given");
  if (existsSync(folder)) rmSync(folder, { recursive: true });
  mkdirSync(folder);
  for (const [name, own] of Object.entries(sets[set]())) {
    writeFileSync(join(folder, name), name === changed ? bytes : own);
  }
  return [set, folder];
}

/** Files of features of other formats, as GDAL gives them, and what is made of them. */
export const gdalFeatures: FuzzReader = {
  samples: async () => samplesOf(FEATURES),
  mutate: (bytes, other, random) => {
    if (bytes[0] === 0x7b) return mutateJson(bytes, other, random);
    if (random.below(60) === 0) return Buffer.from(VRT);
    return mutateBytes(bytes, other, random);
  },
  async read(bytes, sample, { temporary }) {
    const [set, folder] = written(FEATURES, sample, bytes, temporary);
    const { bytes: brought, file } = await bringFeatures(set, folder, SYSTEMS);
    const content = brought.get(file);
    if (content === undefined) return "no file where one is named";
    const { features } = parseGeojson(content.toString("utf8"), file);
    return features.every(({ type }) => type.length > 0) ? null : "a geometry of no kind";
  },
};

const RASTERS: typeof FEATURES = {
  ...Object.fromEntries(
    ["deg.tif", "rot.tif", "feet.tif", "plain.tif", "nd9999.tif"].map((name) => [
      name,
      () => ({ [name]: readFileSync(join(cases, name)) }),
    ]),
  ),
  "grid.asc": () => ({
    "grid.asc": Buffer.from(ASC),
    "grid.prj": readFileSync(join(cases, "multi.prj")),
  }),
};

/** Rasters in degrees, feet or turned, and of other formats, as they are brought to a grid in metres. */
export const gdalRaster: FuzzReader = {
  samples: async () => samplesOf(RASTERS),
  mutate: (bytes, other, random) =>
    bytes[0] === 0x49
      ? oneOf(mutateBytes, mutateTiffEntry, mutateTiffEntry)(bytes, other, random)
      : pick(random, [mutateBytes])(bytes, other, random),
  async read(bytes, sample, { temporary }) {
    const [set, folder] = written(RASTERS, sample, bytes, temporary);
    const wishes = { missing: [-9999], data: [] };
    const raster = await bringRaster(set, folder, wishes);
    const stack = await readGeoTiff(raster.path);
    if (stack.bands.length !== raster.bands.length) return "other bands than were told";
    return unsoundStack(stack);
  },
};
