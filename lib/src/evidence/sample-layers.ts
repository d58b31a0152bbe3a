import { InputError } from "../errors";
import type { Grid, GridGeometry, Region } from "../grid/grid";
import type { SampleElement, SampleTable } from "../samples/types";
import type { SampleOrigin } from "../study/origins";
import { inverseDistanceGrids } from "./inverse-distance";
import { krigingGrid } from "./kriging";
import { type PrincipalComponents, principalComponents } from "./principal-components";
import { singularity, spacedWindows } from "./singularity";
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
 * @param region the study's, for the spacing of the samples
 */
export function sampleLayers(
  table: SampleTable,
  origins: readonly SampleOrigin[],
  geometry: GridGeometry,
  region: Region,
): SampleLayers {
  const grids = once((settings: string) => interpolated(table, origins, geometry, settings));
  return (origin) => {
    if (origin.method === "kriging") return kriged(table, origin, geometry);
    const grid = grids(settingsOf(origin)).get(columnOf(origin))!;
    if (origin.method !== "singularity") return grid;
    return singular(grid, origin, geometry, windowsOf(table, origin.spacings, region));
  };
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
  { element, statistic }: { readonly element: string; readonly statistic?: "enrichment" | "index" },
  geometry: GridGeometry,
  windows: readonly number[],
): Float32Array {
  const grid: Grid = { name: element, geometry, values };
  const { alpha, enrichment } = singularity(grid, { windows });
  return statistic === "index" ? alpha : enrichment;
}

function windowsOf(
  { eastings, outside }: SampleTable,
  spacings: readonly number[],
  { west, east, south, north }: Region,
): number[] {
  return spacedWindows((east - west) * (north - south), eastings.length - outside, spacings);
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
