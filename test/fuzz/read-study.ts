import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deriveEvidence } from "../../lib/src/evidence/derive";
import { parseManifest } from "../../lib/src/manifest/manifest-schema";
import { loadStudy } from "../../lib/src/study/load";
import type { Study } from "../../lib/src/study/types";
import { rightStudy } from "../support/study-folder";
import { mutateBytes, mutateTiffEntry, oneOf, pick } from "./mutations";
import { unsoundStack } from "./read-geotiff";
import type { FuzzReader, Sample } from "./reader";
import { mutateJson, mutateTable } from "./text-mutations";
import { writeResults } from "./write-results";

const data = join(__dirname, "../../data");

/** Manifests alone, among them those of the shipped districts. */
export const manifest: FuzzReader = {
  samples: async () => [
    ...["golden-triangle", "murchison"].map((name) => ({
      ...{ name, bytes: readFileSync(join(data, name, "study.json")) },
    })),
    { name: "district", bytes: Buffer.from(district().manifest) },
  ],
  mutate: oneOf(mutateJson, mutateJson, mutateJson, mutateBytes),
  async read(bytes) {
    const { evidence, files, region } = parseManifest(bytes.toString("utf8"), "study.json");
    if (!Object.values(region).every(Number.isFinite)) return "a region without an edge";
    if (evidence.some(({ id }) => !/^\w+$/.test(id))) return "an id that is no word";
    return Object.keys(files).every((path) => !/^\/|\.\./.test(path)) ? null : "a file elsewhere";
  },
};

const TABLE = `id,x,y,what,Au,As\n${[1, 2, 3, 4, 5, 6, 7, 8]
  .map((at) => `S${at},${60 * at},${(137 * at) % 400},Au,${at},${10 + (at % 3)}`)
  .join("\n")}\n`;

/** A small district with an input of each kind. */
function district(): { readonly manifest: string; readonly files: Record<string, Buffer> } {
  const { manifest: plain, files: own } = rightStudy();
  const square = [
    [0, 0],
    [500, 0],
    [500, 300],
    [0, 300],
    [0, 0],
  ];
  const rocks = {
    type: "FeatureCollection",
    features: [
      {
        ...{ type: "Feature", properties: { class: "granite" } },
        geometry: { type: "Polygon", coordinates: [square] },
      },
    ],
  };
  const texts = { ...own, "samples.csv": TABLE, "rocks.geojson": JSON.stringify(rocks) };
  const files = Object.fromEntries(
    Object.entries(texts).map(([name, content]) => [name, Buffer.from(content as string)]),
  );
  const columns = { format: "csv", file: "samples.csv", easting: "x", northing: "y", name: "id" };
  const layer = (id: string, origin: object) => ({
    ...{ id, label: id.toUpperCase(), title: id, unit: "", favourable: null, origin },
  });
  const whole = {
    ...plain,
    files: sums(files),
    area: { from: "polygons", file: "rocks.geojson" },
    occurrences: {
      ...{ ...columns, commodity: "what" },
      groups: [{ id: "few", title: "a few", where: { id: ["S1", "S2"] } }],
    },
    samples: {
      ...columns,
      elements: [
        { element: "Au", column: "Au", unit: "ppb" },
        { element: "As", column: "As", unit: "ppm" },
      ],
    },
    vectors: [...(plain.vectors as object[]), { name: "rocks", file: "rocks.geojson" }],
    geology: [{ layer: "rocks", as: "rock", property: "class" }],
    zones: { from: "line", layer: "faults", left: "north", right: "south" },
    evidence: [
      ...plain.evidence,
      layer("gold", { from: "samples", method: "inverseDistance", element: "Au", neighbours: 3 }),
      layer("edge", { from: "vectors", method: "distanceToContact", layer: "rocks" }),
    ],
  };
  // Every format is a case of the readers of its own; points here are those of the table.
  const { "points.geojson": _, ...used } = files;
  return { manifest: JSON.stringify({ ...whole, files: sums(used) }), files: used };
}

function sums(files: Readonly<Record<string, Buffer>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => [
      name,
      createHash("sha256").update(bytes).digest("hex"),
    ]),
  );
}

/** Pixels up to which the evidence of a changed study is derived. */
const MOST_PIXELS = 100_000;

/** A whole study of which the manifest or one input is changed: loaded, derived, its results kept. */
export const study: FuzzReader = {
  samples: async () => {
    const { manifest: text, files } = district();
    const json = { name: "study.json", bytes: Buffer.from(text) };
    const inputs = Object.entries(files).map(([name, bytes]) => ({ name, bytes }));
    // The manifest as often as all inputs together.
    return [...inputs.map(() => json), ...inputs];
  },
  mutate: (bytes, other, random) => {
    const isTiff = bytes[0] === 0x49 && bytes[1] === 0x49;
    const isJson = bytes[0] === 0x7b;
    const own = isTiff ? mutateTiffEntry : isJson ? mutateJson : mutateTable;
    return pick(random, [own, own, own, mutateBytes])(bytes, other, random);
  },
  async read(bytes, { name }: Sample, { data: folder, results }) {
    const own = district();
    const files = name === "study.json" ? own.files : { ...own.files, [name]: bytes };
    const place = join(folder, "district");
    mkdirSync(place);
    for (const [file, content] of Object.entries(files)) writeFileSync(join(place, file), content);
    const written =
      name === "study.json"
        ? bytes
        : JSON.stringify({ ...JSON.parse(own.manifest), files: sums(files) });
    writeFileSync(join(place, "study.json"), written);
    const loaded = await loadStudy(place);
    const unsound = unsoundStudy(loaded);
    if (unsound !== null) return unsound;
    const { width, height } = loaded.geometry;
    const evidence = width * height <= MOST_PIXELS ? await deriveEvidence(loaded) : null;
    await writeResults(loaded, evidence, results);
    return evidence === null ? null : unsoundStack(evidence);
  },
};

function unsoundStudy({ geometry, occurrences, vectors, samples }: Study): string | null {
  if (!(geometry.width > 0 && geometry.height > 0)) return "a grid without pixels";
  const isPlace = occurrences.every(({ easting, northing }) =>
    [easting, northing].every(Number.isFinite),
  );
  if (!isPlace) return "an occurrence without a place";
  if (vectors.some(({ lines, polygons }) => lines.length + polygons.length === 0)) {
    return "a layer without a part";
  }
  return samples === null || samples.eastings.length > 0 ? null : "samples that are none";
}
