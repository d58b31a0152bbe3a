import { InputError } from "../errors";
import type { EvidenceLayer } from "../manifest/evidence-layer";
import type { ElementGridInput, ElementGridsInput } from "../manifest/grid-manifest";
import { ELEMENT_SYMBOLS, elementSymbol } from "../study/chemical-elements";
import { bandName, type RasterFile } from "./raster-evidence";
import type { Wishes } from "./wishes";

/** Windows of the singularity index in pixels of a grid, as sample spacings have them. */
const PIXELS = [1, 3, 5, 7, 9, 11];

/** How a manifest reads element grids, and the evidence made of them. */
export interface ElementGridsFound {
  readonly input: ElementGridsInput;
  readonly evidence: readonly EvidenceLayer[];
  readonly notes: readonly string[];
}

/**
 * Element grids with the elements that their names say, a singularity of each, and two components of
 * all where there are three or more.
 *
 * @throws InputError when a name holds no element or several
 */
export function elementGridsFound(
  rasters: readonly RasterFile[],
  { gridElements, only, zero, negative }: Wishes,
  mainCommodity: string,
): ElementGridsFound {
  const files = rasters.map(({ file }) => file);
  const unknown = [...gridElements.keys()].find((file) => !files.includes(file));
  if (unknown !== undefined) {
    throw new InputError({
      ...{ kind: "parameter", field: "--element-of", found: unknown },
      expected: `one of the element grids: ${files.join(", ") || "none given"}`,
    });
  }
  const elements = rasters.flatMap((raster) =>
    raster.bands.map((_, at): ElementGridInput => {
      const { file } = raster;
      const element = gridElements.get(file) ?? elementNamed(bandName(raster, at), file);
      return { element, file, band: at + 1 };
    }),
  );
  const used = elements.filter(({ element }) => only?.includes(element) ?? true);
  const missing = zero === "missing" || negative === "missing";
  return {
    input: { elements: used, ...(missing && { notPositive: "missing" }) },
    evidence: [
      ...used.map(({ element }): EvidenceLayer => {
        const favourable = element === mainCommodity ? "high" : null;
        return {
          ...{ id: `${element} singularity`, label: element, unit: "", favourable },
          title: `Singularity of ${element}`,
          origin: { from: "grids", method: "singularity", element, pixels: PIXELS },
        };
      }),
      ...(used.length < 3 ? [] : [1, 2].map(componentOf)),
    ],
    notes: used.map(({ element, file, band }) => `${file}: band ${band} taken as ${element}`),
  };
}

function componentOf(component: number): EvidenceLayer {
  return {
    ...{ id: `component${component}`, label: `PC${component}`, unit: "", favourable: null },
    title: `Principal component ${component} of the elements' log-ratios`,
    origin: { from: "grids", method: "principalComponent", component },
  };
}

/**
 * The element that a name such as "Idw_Au" or "au-ppb 2" holds: a part that is a symbol as symbols are
 * written, else one in any case.
 */
function elementNamed(name: string, file: string): string {
  const parts = name.split(/[^A-Za-z]+/).filter((part) => part !== "");
  const written = parts.filter((part) => ELEMENT_SYMBOLS.includes(part));
  const any = parts.map(elementSymbol).filter((symbol) => symbol !== null);
  const found = [...new Set(written.length > 0 ? written : any)];
  if (found.length === 1) return found[0];
  throw new InputError({
    kind: "parameter",
    file,
    field: "element",
    found: found.length === 0 ? `none in the name "${name}"` : `${found.join(", ")} in "${name}"`,
    expected: "the symbol of one element",
    remedy: `--element-of ${file}=Au says it.`,
  });
}
