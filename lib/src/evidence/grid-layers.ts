import { InputError } from "../errors";
import { type Grid, type GridGeometry, regionOf } from "../grid/grid";
import type { ElementGridsInput } from "../manifest/grid-manifest";
import type { GridOrigin } from "../manifest/origins";
import { alignedTo, type Resampling } from "./align";
import { elementGrid, requireOneGeometry } from "./element-grid";
import { type PrincipalComponents, principalComponents } from "./principal-components";
import { singularity } from "./singularity";

/** The evidence layers made from element grids: what one layer reads serves the next. */
export type GridLayers = (origin: GridOrigin) => Promise<Float32Array>;

/**
 * What makes the layers that come from element grids: each is worked out on the grids' own pixels,
 * one of which is a sample spacing of the singularity, and only then brought to other pixels.
 *
 * @param folder of the study
 * @param geometry that of the evidence
 */
export function gridLayers(
  folder: string,
  input: ElementGridsInput,
  geometry: GridGeometry,
): GridLayers {
  const known = new Map<string, Promise<Grid>>();
  const components = new Map<string, Promise<GridComponents>>();
  const read = (element: string) => {
    // The manifest was checked for it.
    const source = input.elements.find((each) => each.element === element)!;
    return kept(known, element, () => elementGrid(folder, source, input));
  };
  const componentsOf = (elements: readonly string[]) =>
    kept(components, elements.join(), async () => {
      const grids = await Promise.all(elements.map(read));
      const fileOf = (element: string) =>
        input.elements.find((each) => each.element === element)!.file;
      requireOneGeometry(grids, elements.map(fileOf));
      return gridComponents(grids);
    });
  const all = input.elements.map(({ element }) => element);
  return async (origin) => {
    const layer =
      origin.method === "principalComponent"
        ? componentGrid(await componentsOf(origin.elements ?? all), origin.component)
        : elementLayer(await read(origin.element), origin);
    return broughtTo(layer, geometry, origin.resample);
  };
}

type ElementOrigin = Exclude<GridOrigin, { readonly method: "principalComponent" }>;

function elementLayer(grid: Grid, origin: ElementOrigin): Grid {
  if (origin.method === "value") {
    return origin.transform === "log" ? { ...grid, values: grid.values.map(Math.log) } : grid;
  }
  const { pixels, regression = "leastSquares", statistic } = origin;
  const windows = pixels.map((side) => side * grid.geometry.transform[1]);
  const { alpha, enrichment } = singularity(grid, { windows, regression });
  return { ...grid, values: statistic === "index" ? alpha : enrichment };
}

interface GridComponents {
  readonly geometry: GridGeometry;
  readonly components: PrincipalComponents;
}

/** Components of the log-ratios of all pixels in which every element is known. */
function gridComponents(grids: readonly Grid[]): GridComponents {
  const composition = {
    // Units do not matter: they move a log-ratio by a constant, which centring takes away.
    parts: grids.map(({ name }) => name),
    columns: grids.map(({ values }) => values),
  };
  return { geometry: grids[0].geometry, components: principalComponents(composition) };
}

function componentGrid({ geometry, components }: GridComponents, component: number): Grid {
  const values = Float32Array.from(components.scores[component - 1]);
  return { name: `PC${component}`, geometry, values };
}

/** By the mean of what a wider pixel covers, bilinear on a finer one, unless it is said. */
function broughtTo(layer: Grid, geometry: GridGeometry, resample?: Resampling): Float32Array {
  const isWider = geometry.transform[1] > layer.geometry.transform[1];
  const values = alignedTo(layer, geometry, resample ?? (isWider ? "average" : "bilinear"));
  if (values.some((value) => !Number.isNaN(value))) return values;
  const { west, east, south, north } = regionOf(layer.geometry);
  throw new InputError({
    kind: "georeference",
    field: `element grid ${layer.name}`,
    found: `nothing in the study's region; it covers ${west} to ${east}, ${south} to ${north}`,
    expected: "a grid that reaches into the region",
    remedy: "Check the grid's CRS and the region in study.json.",
  });
}

function kept<T>(known: Map<string, T>, key: string, make: () => T): T {
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}
