import { InputError } from "../errors";
import type { GridGeometry } from "../grid/grid";
import { areaMask, withinMask } from "../grid/study-area";
import type { SampleOrigin } from "../manifest/origins";
import { surveyOf } from "../samples/survey";
import type { SampleElement, SampleTable } from "../samples/types";
import type { Study } from "../study/types";
import { inverseDistanceGrids } from "./inverse-distance";
import { krigingGrid } from "./kriging";
import { type PrincipalComponents, principalComponents } from "./principal-components";
import { type Singularity, singularity } from "./singularity";
import { type EmpiricalVariogram, empiricalVariogram } from "./variogram";
import { bestVariogram, type VariogramFit } from "./variogram-fit";

/** How much of a unit of concentration a part per million is. */
const PPM: Readonly<Record<string, number>> = {
  "%": 10_000,
  ppm: 1,
  ppb: 0.001,
  "g/t": 1,
  "mg/kg": 1,
  "ug/kg": 0.001,
};

/** The evidence layers made from samples: what one layer works out serves the next. */
export type SampleLayers = (origin: SampleOrigin) => Float32Array;

/**
 * What makes the layers that come from samples. Elements and components that are interpolated
 * with the same power and neighbours are, together, when the first of them is asked for.
 *
 * @param origins of all layers that will be asked for
 * @param ground what the samples speak for: the study's region, and its area if it has one,
 *   outside which the maps are nodata
 */
export function sampleLayers(
  table: SampleTable,
  origins: readonly SampleOrigin[],
  geometry: GridGeometry,
  ground: Ground,
): SampleLayers {
  const mask = ground.area === null ? null : areaMask(ground.area, geometry);
  const grids = once((settings: string) => interpolated(table, origins, geometry, settings));
  return (origin) => {
    if (origin.method === "kriging") return withinMask(kriged(table, origin, geometry), mask);
    const grid = withinMask(grids(settingsOf(origin)).get(columnOf(origin))!, mask);
    if (origin.method !== "singularity") return grid;
    const { alpha, enrichment } = singular(grid, table, origin, geometry, ground);
    return origin.statistic === "index" ? alpha : enrichment;
  };
}

/**
 * The whole singularity of which a layer keeps one statistic: alpha, its standard error and R², to
 * show how well the power law holds. A few seconds at the paper's scale; not kept in the run store.
 *
 * @param layer the layer's id
 * @param geometry such as that of evidence on coarser pixels; the study's when absent
 * @throws InputError when the layer is no singularity of samples
 */
export function singularityOf(
  study: Pick<Study, "samples" | "evidence" | "region" | "area" | "geometry">,
  layer: string,
  geometry: GridGeometry = study.geometry,
): Singularity {
  const { samples, evidence, area } = study;
  const origin = evidence.find(({ id }) => id === layer)?.origin;
  if (samples === null || origin?.from !== "samples" || origin.method !== "singularity") {
    const known = evidence.filter(
      ({ origin }) => origin.from === "samples" && origin.method === "singularity",
    );
    throw new InputError({
      kind: "parameter",
      field: "layer",
      found: `"${layer}"`,
      expected: `a singularity of samples: ${known.map(({ id }) => id).join(", ") || "none here"}`,
    });
  }
  const grids = interpolated(samples, [origin], geometry, settingsOf(origin));
  const mask = area === null ? null : areaMask(area, geometry);
  const grid = withinMask(grids.get(columnOf(origin))!, mask);
  return singular(grid, samples, origin, geometry, study);
}

/** The principal components of elements' isometric log-ratios; all elements when none is named. */
export function sampleComponents(
  table: SampleTable,
  elements?: readonly string[],
): PrincipalComponents {
  const chosen =
    elements === undefined ? table.elements : elements.map((name) => elementOf(table, name));
  for (const element of chosen) requireDetected(element);
  return principalComponents({
    parts: chosen.map(({ element }) => element),
    columns: chosen.map(({ values, unit }) => values.map((value) => value * PPM[unit])),
  });
}

/** An element's variogram, of natural logarithms if asked, and the model that fits it best. */
export function elementVariogram(
  table: SampleTable,
  { element, transform }: { readonly element: string; readonly transform?: "log" },
): { readonly empirical: EmpiricalVariogram; readonly fit: VariogramFit } {
  const values = valuesOf(table, element, transform);
  const empirical = empiricalVariogram({ ...placesOf(table), values });
  return { empirical, fit: bestVariogram(empirical) };
}

type Ground = Pick<Study, "region" | "area">;

type SingularityOrigin = Extract<SampleOrigin, { readonly method: "singularity" }>;

type Interpolated = Exclude<SampleOrigin, { readonly method: "kriging" }>;

function settingsOf({ power = 2, neighbours = 12 }: Interpolated): string {
  return `${power} ${neighbours}`;
}

/** Which column of values at the samples a layer interpolates. */
function columnOf(origin: Interpolated): string {
  if (origin.method === "principalComponent") {
    return JSON.stringify(["component", origin.component, origin.elements ?? null]);
  }
  const transform = origin.method === "inverseDistance" ? origin.transform : undefined;
  return JSON.stringify(["element", origin.element, transform ?? null]);
}

function interpolated(
  table: SampleTable,
  origins: readonly SampleOrigin[],
  geometry: GridGeometry,
  settings: string,
): Map<string, Float32Array> {
  const alike = origins.filter((origin): origin is Interpolated => origin.method !== "kriging");
  const wanted = new Map(
    alike
      .filter((origin) => settingsOf(origin) === settings)
      .map((origin) => [columnOf(origin), origin]),
  );
  const components = once((elements: string) =>
    sampleComponents(table, JSON.parse(elements) ?? undefined),
  );
  const columns = [...wanted.values()].map((origin) =>
    origin.method === "principalComponent"
      ? components(JSON.stringify(origin.elements ?? null)).scores[origin.component - 1]
      : valuesOf(
          table,
          origin.element,
          origin.method === "singularity" ? undefined : origin.transform,
        ),
  );
  const [power, neighbours] = settings.split(" ").map(Number);
  const grids = inverseDistanceGrids({ ...placesOf(table), columns }, geometry, {
    power,
    neighbours,
  });
  return new Map([...wanted.keys()].map((column, at) => [column, grids[at]]));
}

function kriged(
  table: SampleTable,
  origin: Extract<SampleOrigin, { readonly method: "kriging" }>,
  geometry: GridGeometry,
): Float32Array {
  const { fit } = elementVariogram(table, origin);
  const values = valuesOf(table, origin.element, origin.transform);
  const { neighbours } = origin;
  return krigingGrid({ ...placesOf(table), values }, geometry, fit.model, { neighbours })
    .predictions;
}

function singular(
  values: Float32Array,
  table: SampleTable,
  { element, spacings, regression = "leastSquares" }: SingularityOrigin,
  geometry: GridGeometry,
  { region, area }: Ground,
): Singularity {
  const { spacing } = surveyOf(table, region, area);
  const windows = spacings.map((multiple) => multiple * spacing);
  return singularity({ name: element, geometry, values }, { windows, regression });
}

function placesOf({ eastings, northings }: SampleTable) {
  return { eastings, northings };
}

function elementOf({ elements }: SampleTable, name: string): SampleElement {
  const found = elements.find(({ element }) => element === name);
  if (found !== undefined) return found;
  throw new InputError({
    kind: "parameter",
    field: "element",
    found: `"${name}"`,
    expected: `one of ${elements.map(({ element }) => element).join(", ")}`,
  });
}

function valuesOf(table: SampleTable, name: string, transform?: "log"): Float64Array {
  const { values } = elementOf(table, name);
  return transform === "log" ? values.map((value) => Math.log(value)) : values;
}

/** An element that was never detected has one value, whose log-ratios say only what the others do. */
function requireDetected({ element, quality }: SampleElement): void {
  if (quality.missing + quality.censoredLow < quality.rows) return;
  throw new InputError({
    kind: "values",
    field: `log-ratios of ${element}`,
    found: `no value above detection in ${quality.rows} rows`,
    expected: "an element that was detected",
    remedy: `Name the layer's "elements" without ${element} in study.json.`,
  });
}

/** A function that works out each key once. */
function once<T>(work: (key: string) => T): (key: string) => T {
  const done = new Map<string, T>();
  return (key) => {
    if (!done.has(key)) done.set(key, work(key));
    return done.get(key)!;
  };
}
