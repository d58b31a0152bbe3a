import { deriveEvidence } from "../evidence/derive";
import { type BandRange, scaleEvidence } from "../evidence/scale";
import type { GridGeometry, GridStack } from "../grid/grid";
import type { StudyArea } from "../grid/study-area";
import type { SampleTable } from "../samples/types";
import type { Study, VectorLayer } from "../study/types";
import type { RunContext } from "./context";
import { contentHash, storedRun } from "./store";

/** Evidence as it is in nature, and as the networks take it. */
export interface EvidenceRun {
  /** Bands in their own units. */
  readonly layers: GridStack;
  /** The same bands scaled to [0, 1]. */
  readonly scaled: GridStack;
  /** The values that became 0 and 1; clippedShares says how much lies beyond. */
  readonly ranges: readonly BandRange[];
}

export interface EvidenceRunOptions {
  /** How many times wider the pixels are than the manifest says; 1 for the study as published. */
  readonly coarsening: number;
  /**
   * Two percentiles of each band that become 0 and 1, such as [2, 98]; minimum and maximum when
   * absent. What is trained on the bands is another by them; the layers themselves are not.
   */
  readonly percentiles?: readonly number[];
}

/** The evidence layers of a study, derived or read once and then taken from the run store. */
export async function evidenceRun(
  run: RunContext,
  study: Study,
  { coarsening, percentiles }: EvidenceRunOptions,
): Promise<EvidenceRun> {
  const pixelSize = study.pixelSize * coarsening;
  const line = run.progress(`Evidence layers on ${pixelSize} m pixels`);
  const inputs = { ...evidenceInputs(study), pixelSize };
  const started = Date.now();
  const { result, fromStore } = await storedRun(
    run.store,
    { step: "evidence", inputs },
    async () => {
      const stack = await deriveEvidence(study, {
        pixelSize,
        onProgress: ({ label, done, total }) => line.update(label, done / total),
      });
      return {
        geometry: stack.geometry,
        names: stack.bands.map((band) => band.name),
        values: stack.bands.map((band) => band.values),
      };
    },
  );
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  line.finish(fromStore ? "from the run store" : `${result.names.length} layers in ${seconds} s`);
  const geometry: GridGeometry = result.geometry;
  const bands = result.names.map((name, at) => ({ name, geometry, values: result.values[at] }));
  const layers = { geometry, bands };
  const { stack: scaled, ranges } = scaleEvidence(
    layers,
    percentiles === undefined ? {} : { percentiles },
  );
  return { layers, scaled, ranges };
}

/** What a study's evidence is made from, for use in a key. */
export function evidenceInputs(study: Study) {
  return {
    files: study.inputs.map(({ path, sha256 }) => ({ path, sha256 })),
    layers: study.evidence.map(({ label, origin }) => ({ label, origin: { ...origin } })),
    region: { ...study.region },
    area: areaHash(study.area),
    crs: study.crs.epsg,
    // Rules of the manifest decide what is read from a file: so what was read is part of the key.
    vectors: study.vectors.map(vectorHashes),
    samples: study.samples === null ? null : sampleHashes(study.samples),
    grids: study.grids,
  };
}

/** What tells one study area from another, for use in a key; null for the whole region. */
export function areaHash(area: StudyArea | null) {
  if (area === null) return null;
  if (area.from === "samples") return { radius: area.radius, places: contentHash(area.places) };
  return area.polygons.map((polygon) => polygon.map(contentHash));
}

function vectorHashes({ name, lines, polygons, polygonProperties }: VectorLayer) {
  const coordinates = [...lines, ...polygons.flat()].map(contentHash);
  return { name, coordinates: contentHash(Buffer.from(coordinates.join())), polygonProperties };
}

function sampleHashes({ eastings, northings, elements }: SampleTable) {
  return {
    places: [eastings, northings].map(contentHash),
    elements: elements.map(({ element, unit, values }) => ({
      element,
      unit,
      values: contentHash(values),
    })),
  };
}
