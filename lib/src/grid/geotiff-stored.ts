import { createHash, type Hash } from "node:crypto";
import { readSync } from "node:fs";
import type { BandMeaning } from "./geotiff-bands";
import type { BlockLayout } from "./geotiff-blocks";
import type { PixelWindow } from "./window";

/** What makes values of the bytes of a GeoTIFF. */
export interface StoredMeaning {
  readonly width: number;
  readonly height: number;
  readonly isSouthUp: boolean;
  readonly layout: BlockLayout;
  readonly mask: BlockLayout | null;
  /** Number of the band that says where the image is transparent; null where none does. */
  readonly alpha: number | null;
  readonly bands: readonly BandMeaning[];
}

/**
 * SHA-256 of the strips and tiles that hold a window, as they are stored, and of all that says what
 * values they become. Nothing is decoded.
 *
 * @param stored the window as it is stored: counted from the south where that is first
 * @param numbers of the bands, from 1
 */
export function storedHash(
  file: number,
  meaning: StoredMeaning,
  stored: PixelWindow,
  numbers: readonly number[],
): string {
  const { layout, mask, alpha, bands, ...place } = meaning;
  const hash = createHash("sha256");
  const codings = [layout, mask].map((each) => each && codingOf(each));
  // Not as JSON has them: a nodata value of NaN is one, null is none.
  const values = numbers.map((number) => {
    const { scale, offset, nodata } = bands[number - 1];
    return [number, scale, offset, nodata].join();
  });
  hash.update(JSON.stringify({ ...place, alpha, codings, values, window: stored }));
  hashBlocks(file, hash, layout, stored, alpha === null ? numbers : [...numbers, alpha]);
  if (mask !== null) hashBlocks(file, hash, mask, stored, [1]);
  return hash.digest("hex");
}

/** How blocks are coded, but for where they stand. */
function codingOf({ offsets: _, byteCounts: __, ...coding }: BlockLayout) {
  return coding;
}

function hashBlocks(
  file: number,
  hash: Hash,
  layout: BlockLayout,
  window: PixelWindow,
  numbers: readonly number[],
): void {
  const { width, height, across, down, samples, offsets, byteCounts } = layout;
  const planes = samples === 1 ? [...new Set(numbers)].map((number) => number - 1) : [0];
  const last = { row: window.row + window.height - 1, column: window.column + window.width - 1 };
  for (const plane of planes) {
    for (let y = Math.floor(window.row / height); y * height <= last.row; y++) {
      for (let x = Math.floor(window.column / width); x * width <= last.column; x++) {
        const block = (plane * down + y) * across + x;
        const bytes = Buffer.alloc(byteCounts[block]);
        readSync(file, bytes, 0, bytes.length, offsets[block]);
        hash.update(`${bytes.length};`).update(bytes);
      }
    }
  }
}
