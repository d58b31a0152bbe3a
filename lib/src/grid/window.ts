import type { Grid, GridGeometry } from "./grid";

/** A rectangle of pixels, counted from the north-west corner of a grid. */
export interface PixelWindow {
  readonly row: number;
  readonly column: number;
  readonly width: number;
  readonly height: number;
}

/** All of a grid. */
export function wholeWindow({ width, height }: GridGeometry): PixelWindow {
  return { row: 0, column: 0, width, height };
}

/** A grid as windows of whole rows, from the north; the last may be lower. */
export function rowWindows({ width, height }: GridGeometry, rowsAtOnce: number): PixelWindow[] {
  return Array.from({ length: Math.ceil(height / rowsAtOnce) }, (_, block) => {
    const row = block * rowsAtOnce;
    return { row, column: 0, width, height: Math.min(rowsAtOnce, height - row) };
  });
}

/**
 * A grid as windows that keep to the tiles of its file, row by row from the north-west: none cuts a
 * tile unless that alone is larger than what is wanted at once.
 *
 * @param tile pixels of a tile; those of a strip are as wide as the grid
 * @param pixelsAtOnce pixels of a window at most
 */
export function* blocksOf(
  { width, height }: GridGeometry,
  tile: Pick<PixelWindow, "width" | "height">,
  pixelsAtOnce: number,
): Generator<PixelWindow> {
  const along = (edge: number, extent: number, most: number) => {
    const fits = Math.max(1, Math.floor(most));
    return Math.min(extent, fits < edge ? fits : fits - (fits % edge));
  };
  const across = along(
    Math.min(tile.width, width),
    width,
    pixelsAtOnce / Math.min(tile.height, height),
  );
  const down = along(tile.height, height, pixelsAtOnce / across);
  for (let row = 0; row < height; row += down) {
    for (let column = 0; column < width; column += across) {
      const size = {
        width: Math.min(across, width - column),
        height: Math.min(down, height - row),
      };
      yield { row, column, ...size };
    }
  }
}

/** The geometry of a window of a grid. */
export function windowOf(geometry: GridGeometry, window: PixelWindow): GridGeometry {
  const [west, pixelWidth, , north, , minusPixelHeight] = geometry.transform;
  return {
    width: window.width,
    height: window.height,
    crs: geometry.crs,
    transform: [
      west + window.column * pixelWidth,
      pixelWidth,
      0,
      north + window.row * minusPixelHeight,
      0,
      minusPixelHeight,
    ],
  };
}

/** The part of a grid that lies in a window. */
export function croppedGrid(grid: Grid, window: PixelWindow): Grid {
  const { geometry, values } = grid;
  const { row, column, width, height } = window;
  const cut = new Float32Array(width * height);
  for (let down = 0; down < height; down++) {
    const from = (row + down) * geometry.width + column;
    cut.set(values.subarray(from, from + width), down * width);
  }
  return { ...grid, geometry: windowOf(geometry, window), values: cut };
}
