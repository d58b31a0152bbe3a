import { basename } from "node:path";
import type { Region } from "../grid/grid";
import { type BroughtFile, fileHash } from "./brought";
import type { RasterFile } from "./raster-evidence";
import type { BandExamination, SpokenFor } from "./raster-examination";
import type { Wishes } from "./wishes";

/** A raster as the study takes it: the researcher's file, or one made of it. */
export interface BroughtRaster extends RasterFile {
  /** How it was made; null where it is the researcher's own to the byte. */
  readonly brought: BroughtFile | null;
  /** Where it lay before it was warped, and in which system; null where it was not. */
  readonly before: { readonly epsg: number; readonly region: Region } | null;
  readonly notes: readonly string[];
}

/** What is wished of rasters. */
export type RasterWishes = Pick<Wishes, "epsg" | "missing" | "data">;

/** What the researcher said of numbers; words for no value are of tables. */
export function spokenFor({ missing, data }: RasterWishes): SpokenFor {
  return { missing: missing.filter((value): value is number => typeof value === "number"), data };
}

/** The record of a raster that was made of another. */
export function rasterRecord(
  whole: string,
  path: string,
  driver: string,
  steps: readonly string[],
): BroughtFile {
  return { file: `${rasterStem(path)}.tif`, source: path, sha256: fileHash(whole), driver, steps };
}

/** What is said of steps. */
export function rasterNotes(path: string, steps: readonly string[]): string[] {
  return steps.map((text) => `${path}: ${text}`);
}

/** The name of a raster's file without its ending. */
export function rasterStem(path: string): string {
  return basename(path).replace(/\.[^.]*$/, "");
}

/** What was made nodata, in words, by value and why. */
export function nodataSteps(examined: readonly BandExamination[]): string[] {
  const said = examined.flatMap(({ band, meant, without }) =>
    without.map((code) => {
      const why =
        code === meant ? "next to the declared nodata, which no pixel has" : "as was said";
      return { band, text: `${code} made nodata, ${why}` };
    }),
  );
  const texts = [...new Set(said.map(({ text }) => text))];
  return texts.map((text) => {
    const bands = said.filter((one) => one.text === text).map(({ band }) => band);
    return `${text}: ${bands.join(", ")}`;
  });
}
