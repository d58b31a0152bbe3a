import { type Grid, type GridGeometry, gridOverRegion, type Region } from "../grid/grid";
import { areaMask, type StudyArea, withinMask } from "../grid/study-area";
import type { SampleOrigin } from "../manifest/origins";
import { surveyOf } from "../samples/survey";
import type { SampleElement, SampleTable } from "../samples/types";
import { inverseDistanceGrids, inverseDistanceLeaveOneOut } from "./inverse-distance";
import { krigingGrid, krigingLeaveOneOut } from "./kriging";
import type { SampleVariable } from "./sample-values";
import { singularity } from "./singularity";
import { type EmpiricalVariogram, empiricalVariogram, type VariogramKind } from "./variogram";
import { fitVariogram, type VariogramFit } from "./variogram-fit";

/** What samples say of one element, as natural logarithms of its concentration. */
export interface ElementSamples {
  readonly element: SampleElement;
  /** ln of the concentration at the samples. */
  readonly logarithms: SampleVariable;
  readonly empirical: EmpiricalVariogram;
  /** One a kind of variogram, the best first. */
  readonly fits: readonly VariogramFit[];
}

/** How one element is mapped. */
export interface ElementMapOptions {
  readonly region: Region;
  /** Outside it the maps are nodata. */
  readonly area: StudyArea | null;
  /** Grid of the singularity map. */
  readonly geometry: GridGeometry;
  /** Pixel size of the interpolated maps, in CRS units; kriging takes time by pixels. */
  readonly interpolationPixel: number;
  /** How the element's singularity is made where it is evidence; as published when absent. */
  readonly origin?: Pick<SingularityOrigin, "spacings" | "power" | "neighbours" | "regression">;
}

type SingularityOrigin = Extract<SampleOrigin, { readonly method: "singularity" }>;

/** Maps of one element. */
export interface ElementMaps {
  /** ln of the concentration by inverse distance weighting. */
  readonly inverseDistance: Grid;
  /** ln of the concentration by ordinary kriging. */
  readonly kriged: Grid;
  /** Square root of the kriging variance, in units of ln. */
  readonly krigingError: Grid;
  /** Singularity index of the concentration. */
  readonly alpha: Grid;
  readonly standardError: Grid;
  readonly rSquared: Grid;
  /** Sides of the windows of the singularity, in pixels. */
  readonly windowPixels: readonly number[];
}

/** What kriging and inverse distance weighting make of each sample from the others. */
export interface LeaveOneOut {
  readonly known: ArrayLike<number>;
  readonly inverseDistance: Float64Array;
  readonly kriged: Float64Array;
  readonly krigingVariances: Float64Array;
}

/**
 * The element that a study's samples are shown by: its main commodity if they have it, else the
 * first that was detected at all. Null without samples.
 */
export function shownElement(
  samples: SampleTable | null,
  mainCommodity: string,
): SampleElement | null {
  if (samples === null) return null;
  const detected = samples.elements.filter(
    ({ quality }) => quality.missing + quality.censoredLow < quality.rows,
  );
  return detected.find(({ element }) => element === mainCommodity) ?? detected[0] ?? null;
}

/** An element's logarithms, their variogram and the models laid through it. */
export function elementSamples(table: SampleTable, element: SampleElement): ElementSamples {
  const { eastings, northings } = table;
  const values = element.values.map((value) => Math.log(value));
  const logarithms = { eastings, northings, values };
  const empirical = empiricalVariogram(logarithms);
  const kinds: readonly VariogramKind[] = ["spherical", "exponential", "gaussian"];
  const fits = kinds.map((kind) => fitVariogram(empirical, kind));
  fits.sort((one, other) => one.residual - other.residual);
  return { element, logarithms, empirical, fits };
}

/** An element interpolated in two ways, and its local singularity with how sure it is. */
export function elementMaps(
  table: SampleTable,
  { element, logarithms, fits }: ElementSamples,
  { region, area, geometry, interpolationPixel, origin }: ElementMapOptions,
): ElementMaps {
  const { eastings, northings, values } = logarithms;
  const coarse = gridOverRegion(region, interpolationPixel, geometry.crs);
  const masks = new Map(
    [geometry, coarse].map((on) => [on, area === null ? null : areaMask(area, on)]),
  );
  const named = (name: string, values: Float32Array, on = geometry): Grid => ({
    name,
    geometry: on,
    values: withinMask(values, masks.get(on) ?? null),
  });
  const [inverse] = inverseDistanceGrids({ eastings, northings, columns: [values] }, coarse);
  const kriged = krigingGrid(logarithms, coarse, fits[0].model);
  const { power, neighbours, regression, spacings = [1, 3, 5, 7, 9, 11] } = origin ?? {};
  const [concentration] = inverseDistanceGrids(
    { eastings, northings, columns: [element.values] },
    geometry,
    { ...(power && { power }), ...(neighbours && { neighbours }) },
  );
  const windows = windowsOf(surveyOf(table, region, area).spacing, geometry, spacings);
  const found = singularity(named(element.element, concentration), {
    windows,
    ...(regression && { regression }),
  });
  const { alpha, standardError, rSquared, windowPixels } = found;
  return {
    inverseDistance: named("inverse distance", inverse, coarse),
    kriged: named("kriging", kriged.predictions, coarse),
    krigingError: named("kriging error", kriged.variances.map(Math.sqrt), coarse),
    alpha: named("alpha", alpha),
    standardError: named("standard error", standardError),
    rSquared: named("R2", rSquared),
    windowPixels,
  };
}

/** Each sample predicted from the others by inverse distance weighting and by kriging. */
export function leaveOneOut(
  { logarithms, fits }: Pick<ElementSamples, "logarithms" | "fits">,
  options: { readonly power?: number; readonly neighbours?: number } = {},
): LeaveOneOut {
  const { eastings, northings, values } = logarithms;
  const columns = { eastings, northings, columns: [values] };
  const [inverseDistance] = inverseDistanceLeaveOneOut(columns, options);
  const kriged = krigingLeaveOneOut(logarithms, fits[0].model);
  return {
    known: values,
    inverseDistance,
    kriged: kriged.predictions,
    krigingVariances: kriged.variances,
  };
}

/** Windows in sample spacings; in pixels where these are wider, so that windows still differ. */
function windowsOf(
  spacing: number,
  { transform }: GridGeometry,
  spacings: readonly number[],
): number[] {
  const unit = Math.max(spacing, transform[1]);
  return spacings.map((multiple) => multiple * unit);
}
