import { gridOverRegion } from "../grid/grid";
import { areaMask, withinMask } from "../grid/study-area";
import { cutPatches } from "../patches/tile";
import type { Study } from "../study/types";

/** Patches that a coarsened district has at least, so that a share of them still holds several. */
const FEWEST_PATCHES = 100;

/** Edge of the patches that are counted, in pixels: the paper's, so that all notebooks agree. */
const PATCH_SIZE = 12;

/** The parameters of a notebook that decide its pixels. */
interface PixelParameters {
  readonly profile: string;
  readonly coarsening?: unknown;
  readonly interpolationCoarsening?: unknown;
}

/** Parameters as they apply to a district, and what was changed in them. */
export interface FittedParameters<P> {
  readonly parameters: P;
  /** What a reader must know of it; null when nothing was changed. */
  readonly change: string | null;
}

/**
 * The smoke profile makes pixels several times as wide. A district that would be left with fewer
 * than a hundred patches is coarsened less, by the largest whole number that leaves as many, or not
 * at all; nodata is not looked at but for ground outside the study area. Other profiles keep what their parameters say.
 */
export function fitCoarsening<P extends PixelParameters>(
  study: Pick<Study, "region" | "pixelSize" | "crs" | "area">,
  parameters: P,
): FittedParameters<P> {
  const { profile, coarsening, interpolationCoarsening } = parameters;
  if (profile !== "smoke" || typeof coarsening !== "number") return { parameters, change: null };
  const isEnough = (times: number) => patchCount(study, times) >= FEWEST_PATCHES;
  let fitted = coarsening;
  while (fitted > 1 && !isEnough(fitted)) fitted = Math.max(1, Math.ceil(fitted) - 1);
  if (fitted === coarsening) return { parameters, change: null };
  const change = `pixels ${fitted} instead of ${coarsening} times as wide as in the manifest, since the district is small`;
  const pixels = { ...parameters, coarsening: fitted };
  if (typeof interpolationCoarsening !== "number") return { parameters: pixels, change };
  const maps = Math.max(1, Math.round((interpolationCoarsening * fitted) / coarsening));
  return { parameters: { ...pixels, interpolationCoarsening: maps }, change };
}

/** Whole patches that the study area holds, nodata in it or not. */
function patchCount(
  { region, pixelSize, crs, area }: Pick<Study, "region" | "pixelSize" | "crs" | "area">,
  coarsening: number,
): number {
  const geometry = gridOverRegion(region, pixelSize * coarsening, crs);
  const { width, height } = geometry;
  const whole = Math.floor(width / PATCH_SIZE) * Math.floor(height / PATCH_SIZE);
  if (area === null || whole === 0) return whole;
  const values = withinMask(new Float32Array(width * height), areaMask(area, geometry));
  const bands = [{ name: "study area", geometry, values }];
  return cutPatches({ geometry, bands }, { size: PATCH_SIZE }).places.length;
}
