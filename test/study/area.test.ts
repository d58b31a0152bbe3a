import { rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { InputErrorDetails } from "../../lib/src/errors";
import { deriveEvidence } from "../../lib/src/evidence/derive";
import { areaMask } from "../../lib/src/grid/study-area";
import { assignOccurrences } from "../../lib/src/patches/occurrences";
import { cutPatches } from "../../lib/src/patches/tile";
import { studyFaults } from "../../lib/src/study/faults";
import { loadStudy } from "../../lib/src/study/load";
import { locateOccurrences } from "../../lib/src/study/occurrences";
import { areaFacts, areaSentence } from "../../lib/src/tables/area";
import { refusalOf } from "../support/refusal";
import { rightStudy, writeStudy } from "../support/study-folder";

type Ring = [number, number][];

const box = (west: number, south: number, east: number, north: number): Ring => [
  ...([
    [west, south],
    [east, south],
    [east, north],
  ] as Ring),
  ...([
    [west, north],
    [west, south],
  ] as Ring),
];

function collection(...geometries: { type: string; coordinates: unknown }[]): string {
  const features = geometries.map((geometry) => ({ type: "Feature", properties: {}, geometry }));
  return JSON.stringify({ type: "FeatureCollection", features });
}

const polygon = (...rings: Ring[]) => ({ type: "Polygon", coordinates: rings });

/** The small study of 5 x 4 pixels of 100 m, its area that of a file. */
function withArea(text: string) {
  const study = rightStudy();
  study.manifest.area = { from: "polygons", file: "area.geojson" };
  return { ...study, files: { ...study.files, "area.geojson": text } };
}

async function loaded(text: string) {
  const folder = writeStudy(withArea(text));
  const study = await loadStudy(folder);
  return { study, evidence: await deriveEvidence(study), folder };
}

describe("a study area of polygons", () => {
  // The western 300 m, without the pixel at row 1, column 1.
  const hollow = collection(polygon(box(0, 0, 300, 400), box(100, 200, 200, 300)));

  it("is nodata outside, in holes too, in every band", async () => {
    const { study, evidence } = await loaded(hollow);
    const inside = [0, 1, 2, 3].flatMap((row) =>
      [0, 1, 2, 3, 4].map((column) => column < 3 && !(row === 1 && column === 1)),
    );
    for (const { values } of evidence.bands) {
      expect([...values].map((value) => !Number.isNaN(value))).toEqual(inside);
    }
    expect(study.area).toMatchObject({ extent: 110_000 });
    expect(areaFacts(study)).toMatchObject({ share: 0.55, survey: null, farShare: null });
    expect(areaSentence(study)).toBe(
      "The study area is what a polygon holds: 0.11 km², 55 % of the region. Outside it all is nodata.",
    );
  });

  it("may be several, and reach out of the region, whose part counts", async () => {
    const parts = { type: "MultiPolygon", coordinates: [[box(-500, 0, 100, 400)]] };
    const { study } = await loaded(collection(parts, polygon(box(400, 0, 900, 900))));
    expect(study.area?.extent).toBe(80_000);
    const mask = areaMask(study.area!, study.geometry);
    expect([...mask.subarray(0, 5)]).toEqual([1, 0, 0, 0, 1]);
  });

  it("tells an occurrence outside it from one on nodata", async () => {
    const { study, evidence } = await loaded(hollow);
    // The shaft at 150, 250 is in the hole, the pit at 450, 50 east of the area.
    const at = (name: string, easting: number, northing: number) => {
      return { ...study.occurrences[0], name, easting, northing };
    };
    const occurrences = [...study.occurrences, at("inside", 50, 50), at("edge", 299, 1)];
    const { inside, outside, onNodata } = locateOccurrences(occurrences, evidence, study.area);
    expect(inside.map(({ occurrence }) => occurrence.name)).toEqual(["inside", "edge"]);
    expect(outside.map(({ name }) => name)).toEqual(["north shaft", "south pit"]);
    expect(onNodata).toEqual([]);
    const patches = cutPatches(evidence, { size: 2 });
    expect(patches.places.map(({ row, column }) => [row, column])).toEqual([[1, 0]]);
    const far = [at("in", 250, 350), at("pit", 350, 50)];
    const { unassigned } = assignOccurrences(patches, far, study.area);
    expect(unassigned.map(({ reason }) => reason)).toEqual(["on nodata", "outside the study area"]);
  });

  it("leaves distances those to whole features, beyond its edge too", async () => {
    // An intrusion from 250 to 450 east, half outside the area, and one wholly outside, nearer to
    // no pixel inside.
    const small = withArea(collection(polygon(box(0, 0, 300, 400))));
    const intrusions = collection(polygon(box(320, 320, 450, 380)), polygon(box(250, 0, 450, 100)));
    small.manifest.vectors = [
      { name: "faults", file: "faults.geojson" },
      { name: "intrusions", file: "intrusions.geojson" },
    ];
    small.manifest.evidence[1].origin = {
      ...{ from: "vectors", method: "distanceToPolygon", layer: "intrusions" },
    };
    const folder = writeStudy({
      ...small,
      files: { ...small.files, "intrusions.geojson": intrusions },
    });
    const { bands } = await deriveEvidence(await loadStudy(folder));
    const [first, , third] = [...bands[1].values];
    // Row 0, at northing 350: from 50 and 250 east to the western edge at 320, outside the area.
    expect([first, third]).toEqual([270, 70]);
    // Row 3, column 2, at 250, 50: on the edge of the one at the south, half of it outside.
    expect(bands[1].values[17]).toBe(0);
    expect(bands[1].values[16]).toBe(100);
    expect(bands[1].values[18]).toBeNaN();
  });
});

describe("a study area is refused", () => {
  const wrong: [string, string, Partial<InputErrorDetails>][] = [
    [
      "that misses the region",
      collection(polygon(box(9_000, 0, 9_500, 400))),
      { kind: "georeference", field: "area" },
    ],
    [
      "that is not closed",
      collection(polygon(box(0, 0, 300, 400).slice(0, -1))),
      { found: "4 positions, not closed" },
    ],
    [
      "that crosses itself",
      // Diagonals cross in the middle.
      collection(
        polygon([
          [0, 0],
          [400, 400],
          [400, 0],
          [0, 400],
          [0, 0],
        ]),
      ),
      { kind: "values", found: "an outline that crosses itself at 200, 200" },
    ],
    [
      "of polygons that overlap",
      collection(polygon(box(0, 0, 300, 400)), polygon(box(200, 0, 500, 400))),
      { kind: "values", found: "polygons that overlap" },
    ],
    [
      "of lines",
      collection({ type: "LineString", coordinates: box(0, 0, 300, 400) }),
      { found: "LineString", expected: "a polygon" },
    ],
  ];

  it.each(wrong)("%s", async (_, text, details) => {
    const folder = writeStudy(withArea(text));
    const found = await refusalOf(() => loadStudy(folder));
    expect(found).toMatchObject({ file: "area.geojson", ...details });
    expect((await studyFaults(folder)).map((fault) => fault.details)).toEqual([found]);
    rmSync(folder, { recursive: true });
  });

  it("around samples that are not there, or too few spacings wide", async () => {
    const study = rightStudy();
    study.manifest.area = { from: "samples", spacings: 1.5 };
    expect(await refusalOf(() => loadStudy(writeStudy(study)))).toMatchObject({ field: "area" });
    study.manifest.area = { from: "samples", spacings: 0.5 };
    expect(await refusalOf(() => loadStudy(writeStudy(study)))).toMatchObject({
      field: "area.spacings",
      found: "0.5",
    });
  });
});
