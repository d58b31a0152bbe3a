import { InputError } from "../errors";
import { requireMetric } from "../grid/epsg";
import type { Manifest } from "../manifest/manifest";
import { MANIFEST_FILE, readManifest } from "../manifest/read-manifest";
import { readSamples } from "../samples/read-samples";
import { readInput } from "./inputs";
import { readVectorLayer, zonesOf } from "./load";
import { readArea } from "./read-area";
import { readOccurrences } from "./read-occurrences";
import type { VectorLayer } from "./types";

/**
 * Everything wrong with a study's manifest and inputs, where loading stops at the first: of the
 * manifest one fault, or else one a file. Evidence is not derived.
 */
export async function studyFaults(folder: string): Promise<InputError[]> {
  const faults: InputError[] = [];
  const attempt = collecting(faults);
  const manifest = await attempt(() => readManifest(folder));
  if (manifest === null) return faults;
  const bytes = new Map<string, Buffer>();
  for (const [path, sha256] of Object.entries(manifest.files)) {
    await attempt(() => bytes.set(path, readInput(folder, path, sha256).bytes));
  }
  await attempt(() => requireMetric(manifest.crs, manifest.region, MANIFEST_FILE));
  // What follows from a wrong file or CRS would hide it.
  if (faults.length > 0) return faults;
  await readAll(manifest, bytes, attempt);
  return faults;
}

type Attempt = <T>(action: () => T | Promise<T>) => Promise<T | null>;

/** Makes attempts that keep bad input as a fault and give null; other errors are thrown. */
export function collecting(faults: InputError[]): Attempt {
  return async (action) => {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      faults.push(error);
      return null;
    }
  };
}

async function readAll(
  manifest: Manifest,
  bytes: ReadonlyMap<string, Buffer>,
  attempt: Attempt,
): Promise<void> {
  const { crs, region, occurrences, samples, vectors, mainCommodity, zones } = manifest;
  await attempt(() => readOccurrences(occurrences, bytes, crs, mainCommodity));
  const table =
    samples === null ? null : await attempt(() => readSamples(samples, bytes, crs, region));
  // Around samples that cannot be read nothing can be said of the area.
  if (manifest.area?.from !== "samples" || table !== null) {
    await attempt(() => readArea(manifest, bytes, table));
  }
  const layers: VectorLayer[] = [];
  for (const source of vectors) {
    const layer = await attempt(() => readVectorLayer(source, bytes, manifest));
    if (layer !== null) layers.push(layer);
  }
  const known = zones?.from !== "line" || layers.some(({ name }) => name === zones.layer);
  if (known) await attempt(() => zonesOf(manifest, layers, bytes));
}
