import { encode } from "fast-png";
import type { Grid, GridGeometry } from "../grid/grid";
import { type ColourScale, LEVELS } from "./colour-scale";

/** Longest side of an image in its own pixels, upscaling included. */
const LONGEST_SIDE = 900;

/**
 * A grid as a PNG data URL, north on top. Cells of a coarse grid are repeated so that no viewer
 * blurs them; of a grid larger than 900 a side every nth cell is taken. Nodata is transparent.
 *
 * @param targetWidth width in image pixels worth having, such as that of the map at 300 dpi
 */
export function gridImage(grid: Grid, scale: ColourScale, targetWidth = LONGEST_SIDE): string {
  const { width, height } = grid.geometry;
  const longest = Math.max(width, height);
  const step = Math.ceil(longest / LONGEST_SIDE);
  const columns = Math.ceil(width / step);
  const rows = Math.ceil(height / step);
  const wanted = Math.ceil(targetWidth / columns);
  const repeat = Math.max(1, Math.min(wanted, Math.floor((LONGEST_SIDE * step) / longest)));
  const levels = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      // The middle cell of each block stands for it.
      const fromRow = Math.min(height - 1, row * step + (step >> 1));
      const fromColumn = Math.min(width - 1, column * step + (step >> 1));
      levels[row * columns + column] = levelOf(grid.values[fromRow * width + fromColumn], scale);
    }
  }
  return indexedPng(repeated(levels, columns, rows, repeat), columns * repeat, scale);
}

/** How far an image reaches: a decimated one may end past the last cell of its grid. */
export function imageCells({ width, height }: GridGeometry): { columns: number; rows: number } {
  const step = Math.ceil(Math.max(width, height) / LONGEST_SIDE);
  return { columns: Math.ceil(width / step) * step, rows: Math.ceil(height / step) * step };
}

/** The scale itself from left to right, as an image one pixel high. */
export function scaleImage(scale: ColourScale): string {
  return indexedPng(
    Uint8Array.from({ length: LEVELS }, (_, level) => level + 1),
    LEVELS,
    scale,
  );
}

/** Palette entry of a value: 0 is transparent. */
function levelOf(value: number, scale: ColourScale): number {
  return Number.isNaN(value) ? 0 : 1 + Math.round(scale.position(value) * (LEVELS - 1));
}

function repeated(levels: Uint8Array, columns: number, rows: number, times: number): Uint8Array {
  if (times === 1) return levels;
  const width = columns * times;
  const image = new Uint8Array(width * rows * times);
  for (let row = 0; row < rows; row++) {
    const start = row * times * width;
    for (let at = 0; at < width; at++) {
      image[start + at] = levels[row * columns + Math.floor(at / times)];
    }
    for (let copy = 1; copy < times; copy++) {
      image.copyWithin(start + copy * width, start, start + width);
    }
  }
  return image;
}

function indexedPng(levels: Uint8Array, width: number, { colours }: ColourScale): string {
  const palette = [[255, 255, 255, 0]];
  for (let level = 0; level < LEVELS; level++) {
    palette.push([...colours.subarray(level * 3, level * 3 + 3), 255]);
  }
  const bytes = encode(
    { width, height: levels.length / width, data: levels, channels: 1, depth: 8, palette },
    { zlib: { level: 9 } },
  );
  return `data:image/png;base64,${Buffer.from(bytes).toString("base64")}`;
}
