import { deflateSync } from "node:zlib";
import { predictFloats } from "./geotiff-predictor";

/** Edge of a tile in pixels. */
export const TILE_SIZE = 256;

/** Gathers rows until they fill tiles. */
export interface TileRows {
  /** Takes the next row, [width] a band. */
  addRow(row: readonly Float32Array[]): void;
}

/**
 * Rows of a level as compressed tiles, from the west, row of tiles by row of tiles: bands side by
 * side in a pixel, floating-point predictor, deflate. What reaches over the edges is nodata.
 *
 * @param take called with the bytes of each tile, in order
 */
export function tileRows(
  { width, height }: { readonly width: number; readonly height: number },
  bands: number,
  take: (tile: Uint8Array) => void,
): TileRows {
  const held = Array.from({ length: bands }, () => new Float32Array(TILE_SIZE * width));
  const pixelBytes = 4 * bands;
  const tile = new Uint8Array(TILE_SIZE * TILE_SIZE * pixelBytes);
  const view = new DataView(tile.buffer);
  let rows = 0;
  let rowsDone = 0;

  const writeTile = (left: number) => {
    let at = 0;
    for (let row = 0; row < TILE_SIZE; row++) {
      const start = at;
      for (let column = left; column < left + TILE_SIZE; column++) {
        const isInside = row < rows && column < width;
        for (let band = 0; band < bands; band++, at += 4) {
          view.setFloat32(at, isInside ? held[band][row * width + column] : Number.NaN, true);
        }
      }
      predictFloats(tile.subarray(start, at), 4, bands);
    }
    take(deflateSync(tile));
  };

  return {
    addRow(row) {
      row.forEach((values, band) => {
        held[band].set(values, rows * width);
      });
      rows += 1;
      rowsDone += 1;
      if (rows < TILE_SIZE && rowsDone < height) return;
      for (let left = 0; left < width; left += TILE_SIZE) writeTile(left);
      rows = 0;
    },
  };
}
