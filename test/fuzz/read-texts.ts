import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readFeatures } from "../../lib/src/formats/features";
import { readPoints } from "../../lib/src/formats/points";
import type { SamplesInput } from "../../lib/src/manifest/manifest";
import { readSamples } from "../../lib/src/samples/read-samples";
import { vectorLayer } from "../../lib/src/study/vectors";
import { mutateBytes, oneOf } from "./mutations";
import type { FuzzReader, Sample } from "./reader";
import { mutateJson, mutateTable } from "./text-mutations";

const UTM = { epsg: 32648, name: "WGS 84 / UTM zone 48N" };
const REGION = { west: 400_000, east: 420_000, south: 3_860_000, north: 3_920_000 };

const TABLES = {
  "comma.csv": "id,x,y,Au,As\nA1,408848.4,3874092.9,0.5,<0.1\nB2,409000,3874500,12.25,17\n",
  "semicolon.csv": 'id;x;y;Au;As\n"A;1";408848,4;3874092,9;0,5;0,1\nB2;409000;3874500;12;17\n',
  "tabs.csv":
    "\uFEFFid\tx\ty\tAu\tAs\r\nA1\t408848\t3874092\t0.5\t1e2\r\n\r\nB2\t409000\t3874500\t\t9\r\n",
};

const samplesOf: SamplesInput = {
  ...{ format: "csv", file: "case.csv", easting: "x", northing: "y", name: "id" },
  elements: [
    { element: "Au", column: "Au", unit: "ppb" },
    { element: "As", column: "As", unit: "ppm" },
  ],
};

/** A table of samples as a study has it: points with their cells, and concentrations. */
export const csv: FuzzReader = {
  samples: async () =>
    Object.entries(TABLES).map(([name, text]) => ({ name, bytes: Buffer.from(text) })),
  mutate: oneOf(mutateTable, mutateTable, mutateBytes),
  async read(bytes) {
    const inputs = new Map([["case.csv", bytes]]);
    const { file, easting, northing } = { ...samplesOf, easting: "x", northing: "y" };
    const source = { format: "csv", file, easting, northing } as const;
    const { rows } = await readPoints(source, ["id", "Au", "As"], ["Au", "As"], inputs, UTM);
    const odd = rows.find((row) => ![row.easting, row.northing].every(Number.isFinite));
    if (odd !== undefined) return `no place in ${odd.place}`;
    const table = await readSamples(samplesOf, inputs, UTM, REGION);
    const count = table.eastings.length;
    const isWhole =
      table.names.length === count &&
      table.elements.length === 2 &&
      table.elements.every(({ values }) => values.length === count);
    if (!isWhole || count === 0) return `${count} places with columns of other lengths`;
    const isConcentration = (value: number) => Number.isNaN(value) || Number.isFinite(value);
    return table.elements.every(({ values }) => values.every(isConcentration))
      ? null
      : "an infinite concentration";
  },
};

const ring = [
  ...[
    [408000, 3873000],
    [410000, 3873000],
    [410000, 3875000],
  ],
  ...[
    [408000, 3875000],
    [408000, 3873000],
  ],
];

function collection(members: object, ...geometries: (readonly [string, unknown])[]): Buffer {
  const features = geometries.map(([type, coordinates], at) => ({
    ...{ type: "Feature", properties: { name: `part ${at}`, grade: at } },
    geometry: { type, coordinates },
  }));
  return Buffer.from(JSON.stringify({ type: "FeatureCollection", ...members, features }));
}

const inStudy = { crs: { type: "name", properties: { name: "urn:ogc:def:crs:EPSG::32648" } } };

function soundGeojson(): Sample[] {
  const line = [
    [408000, 3873000, 12],
    [409000, 3874000, 13],
  ];
  const reference = join(__dirname, "../reference/study/files/utm.geojson");
  return [
    { name: "points", bytes: readFileSync(reference) },
    { name: "lines", bytes: collection({}, ["LineString", line], ["MultiLineString", [line]]) },
    { name: "areas", bytes: collection({}, ["Polygon", [ring]], ["MultiPolygon", [[ring]]]) },
    { name: "crs", bytes: collection(inStudy, ["LineString", line]) },
  ];
}

/** Features in the study's system, and points, lines and polygons made of them. */
export const geojson: FuzzReader = {
  samples: async () => soundGeojson(),
  mutate: oneOf(mutateJson, mutateJson, mutateBytes),
  async read(bytes, { name }) {
    const inputs = new Map([["case.geojson", bytes]]);
    const source = { format: "geojson", file: "case.geojson" } as const;
    if (name === "points") {
      const { rows } = await readPoints(source, ["id"], [], inputs, UTM);
      const isPlace = rows.every((row) => [row.easting, row.northing].every(Number.isFinite));
      return isPlace ? null : "a point without a place";
    }
    const features = await readFeatures(source, inputs, UTM);
    const { lines, polygons, polygonProperties } = vectorLayer("case", features, "case.geojson");
    const parts = [...lines, ...polygons.flat()];
    if (parts.some((part) => part.length < 4 || part.length % 2 !== 0)) return "half a vertex";
    if (polygonProperties.length !== polygons.length) return "polygons without properties";
    return parts.every((part) => part.every(Number.isFinite)) ? null : "a vertex without a place";
  },
};
