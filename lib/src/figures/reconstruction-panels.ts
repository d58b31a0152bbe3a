import { InputError } from "../errors";
import type { Patches } from "../patches/types";
import { colourBar } from "./colour-bar";
import { type ColourScale, colourScale } from "./colour-scale";
import { drawing, frame, image, type Layer, texts } from "./drawing";
import { columnWidthPx, type Figure, type FigureText } from "./figure";
import { gridImage } from "./raster-image";
import { figureOf } from "./spec";
import { FONT_SIZE, px } from "./theme";

/** Patches and what the auto-encoder makes of them. */
export interface ReconstructionPanelsOptions extends FigureText {
  readonly patches: Pick<Patches, "bands" | "values"> & {
    readonly layout: Pick<Patches["layout"], "size">;
  };
  /** As patches.values. */
  readonly reconstructions: Float32Array;
  /** Rows of the figure: which patch, and what to call it, such as "Median". */
  readonly shown: readonly {
    readonly name: string;
    readonly index: number;
    readonly error: number;
  }[];
}

const LEFT = 92;
const GAP = 3;

/**
 * Original, reconstruction and their difference by band for a few patches, at double width. Values
 * are evidence scaled to [0, 1]; the differences share one scale about zero.
 *
 * @throws InputError when the reconstructions are not as many numbers as the patches
 */
export function reconstructionPanels(options: ReconstructionPanelsOptions): Figure {
  const { patches, reconstructions, shown } = options;
  requireSameLength(patches.values, reconstructions);
  const width = columnWidthPx(174);
  const bands = patches.bands.length;
  const side = Math.min(60, (width - LEFT - 2 - (bands - 1) * GAP) / bands);
  const parts = shown.map(({ index }) => patchBands(patches, reconstructions, index));
  const reach = Math.max(...parts.flatMap((part) => part.difference.map(largest)), 1e-6);
  const unit = colourScale([], { domain: [0, 1] });
  const about = colourScale([], { scheme: "blueOrange", domain: [-reach, reach] });
  const layers: Layer[] = [
    texts(
      patches.bands.map((text, band) => ({ left: bandLeft(band, side) + side / 2, top: 1, text })),
      { baseline: "top" },
    ),
  ];
  let top = px(FONT_SIZE.label) * 1.5;
  shown.forEach(({ name, error }, at) => {
    const part = parts[at];
    const rows = [
      { label: "Original", bands: part.original, scale: unit },
      { label: "Reconstruction", bands: part.reconstruction, scale: unit },
      { label: "Difference", bands: part.difference, scale: about },
    ];
    layers.push(...patchHeading(name, error, top));
    rows.forEach((row, line) => {
      const rowTop = top + line * (side + GAP);
      const middle = { left: LEFT - 5, top: rowTop + side / 2, text: row.label };
      layers.push(texts([middle], { align: "right", size: FONT_SIZE.small }));
      layers.push(...bandImages(row.bands, row.scale, patches.layout.size, side, rowTop));
    });
    top += 3 * (side + GAP) + 8;
  });
  const half = (width - LEFT) / 2 - 16;
  const bar = { left: LEFT, top: top + 2, width: half, height: 7 };
  const values = colourBar(unit, "Evidence, scaled to 0–1", bar);
  const differences = colourBar(about, "Reconstruction less original", {
    ...bar,
    left: LEFT + half + 30,
  });
  layers.push(...values.layers, ...differences.layers);
  return figureOf(options, 174, drawing(width, top + 2 + values.height + 2, layers));
}

function bandLeft(band: number, side: number): number {
  return LEFT + band * (side + GAP);
}

function patchHeading(name: string, error: number, top: number): Layer[] {
  const style = { align: "left", baseline: "top" } as const;
  return [
    texts([{ left: 1, top, text: name }], { ...style, weight: 600 }),
    texts(
      [{ left: 1, top: top + px(FONT_SIZE.label) * 1.25, text: `error ${error.toPrecision(3)}` }],
      { ...style, size: FONT_SIZE.small },
    ),
  ];
}

function bandImages(
  bands: readonly Float32Array[],
  scale: ColourScale,
  size: number,
  side: number,
  top: number,
): Layer[] {
  return bands.flatMap((values, band) => {
    const box = { left: bandLeft(band, side), top, width: side, height: side };
    const geometry = {
      width: size,
      height: size,
      transform: [0, 1, 0, 0, 0, -1] as const,
      crs: { epsg: null, name: "pixels" },
    };
    const url = gridImage({ name: "", geometry, values }, scale, Math.ceil(side * 3.125));
    return [image(url, box), frame(box, { width: 0.4 })];
  });
}

/** One patch by band: the pixels of a band stand bands apart. */
function patchBands(
  { bands, layout: { size }, values }: ReconstructionPanelsOptions["patches"],
  reconstructions: Float32Array,
  index: number,
) {
  const pixels = size * size;
  const start = index * pixels * bands.length;
  const pick = (from: Float32Array) =>
    bands.map((_, band) =>
      Float32Array.from(
        { length: pixels },
        (_, pixel) => from[start + pixel * bands.length + band],
      ),
    );
  const original = pick(values);
  const reconstruction = pick(reconstructions);
  const difference = original.map((band, at) =>
    band.map((value, pixel) => reconstruction[at][pixel] - value),
  );
  return { original, reconstruction, difference };
}

function largest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function requireSameLength(values: Float32Array, reconstructions: Float32Array): void {
  if (values.length === reconstructions.length) return;
  throw new InputError({
    kind: "parameter",
    field: "reconstructions",
    found: `${reconstructions.length} numbers`,
    expected: `${values.length}, as the patches have`,
  });
}
