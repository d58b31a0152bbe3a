import {
  type ElementMaps,
  type ElementSamples,
  elementMaps,
  elementSamples,
  shownElement,
} from "../evidence/element-maps";
import { gridOverRegion } from "../grid/grid";
import type { Study } from "../study/types";
import type { RunContext } from "./context";
import { areaHash } from "./evidence-run";
import { contentHash, storedRun } from "./store";

/** One element of a study's samples, with its maps. */
export type ElementRun = ElementSamples & ElementMaps;

export interface ElementRunOptions {
  /** How many times wider the pixels of the evidence are than the manifest says. */
  readonly coarsening: number;
  /** And those of the interpolated maps. */
  readonly interpolationCoarsening: number;
}

/**
 * The main commodity in a study's samples: interpolated by inverse distance and by kriging, and its
 * singularity; computed once and then taken from the run store. Null for a study without samples.
 */
export async function elementRun(
  run: RunContext,
  study: Study,
  { coarsening, interpolationCoarsening }: ElementRunOptions,
): Promise<ElementRun | null> {
  const { samples, region, area, crs, pixelSize } = study;
  const element = shownElement(samples, study.mainCommodity);
  if (samples === null || element === null) return null;
  const line = run.progress(`Maps of ${element.element}`);
  const origin = singularityOrigin(study, element.element);
  const options = {
    region,
    area,
    geometry: gridOverRegion(region, pixelSize * coarsening, crs),
    interpolationPixel: pixelSize * interpolationCoarsening,
    ...(origin && { origin }),
  };
  const inputs = {
    places: [samples.eastings, samples.northings, element.values].map(contentHash),
    outside: samples.outside,
    ...options,
    area: areaHash(area),
  };
  const known = elementSamples(samples, element);
  const started = Date.now();
  const { result, fromStore } = await storedRun(
    run.store,
    { step: "element", inputs },
    async () => {
      line.update("interpolation and singularity");
      return { maps: elementMaps(samples, known, options) };
    },
  );
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  line.finish(fromStore ? "from the run store" : `done in ${seconds} s`);
  return { ...known, ...result.maps };
}

/** How the study makes the element's singularity, if that is among its evidence. */
function singularityOrigin({ evidence }: Study, element: string) {
  for (const { origin } of evidence) {
    if (origin.from !== "samples" || origin.method !== "singularity") continue;
    if (origin.element === element) return origin;
  }
  return null;
}
