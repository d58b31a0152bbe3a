import type { Mutate } from "./mutations";
import type { Sandbox } from "./sandbox";

/** A sound file, or the one that is changed among those that are read together. */
export interface Sample {
  readonly name: string;
  readonly bytes: Buffer;
}

/** How a reader of files is tried. */
export interface FuzzReader {
  /** Sound files, of which cases are made. */
  samples(): Promise<readonly Sample[]>;
  readonly mutate: Mutate;
  /**
   * Reads a changed file.
   *
   * @returns what is unsound about the value that came out; null where it is sound
   * @throws InputError where the file is refused, as it should be; anything else is a fault
   */
  read(bytes: Buffer, sample: Sample, sandbox: Sandbox): Promise<string | null>;
}

/** Every reader by its name; each is loaded when it is asked for, since GDAL alone takes seconds. */
export const READERS = {
  geotiff: async () => (await import("./read-geotiff.js")).geotiff,
  csv: async () => (await import("./read-texts.js")).csv,
  geojson: async () => (await import("./read-texts.js")).geojson,
  manifest: async () => (await import("./read-study.js")).manifest,
  study: async () => (await import("./read-study.js")).study,
  method: async () => (await import("./read-records.js")).method,
  runs: async () => (await import("./read-runs.js")).runs,
  recorded: async () => (await import("./read-records.js")).recorded,
  "gdal-features": async () => (await import("./read-gdal.js")).gdalFeatures,
  "gdal-raster": async () => (await import("./read-gdal.js")).gdalRaster,
} as const satisfies Record<string, () => Promise<FuzzReader>>;

export type ReaderName = keyof typeof READERS;

/** Readers that are wrong on purpose, by which the harness itself is tried. */
export const BAD_READERS = {
  "bad-wrong": async () => (await import("./bad-readers.js")).wrong,
  "bad-hangs": async () => (await import("./bad-readers.js")).hanging,
  "bad-awaits": async () => (await import("./bad-readers.js")).awaiting,
  "bad-grows": async () => (await import("./bad-readers.js")).growing,
  "bad-ends": async () => (await import("./bad-readers.js")).ending,
} as const satisfies Record<string, () => Promise<FuzzReader>>;

/** Readers whose cases cost more, since GDAL is loaded anew for every hundred of them. */
export function isCostly(name: string): boolean {
  return name.startsWith("gdal-");
}

/** The reader of a name; undefined where there is none. */
export function readerOf(name: string): (() => Promise<FuzzReader>) | undefined {
  const all: Record<string, () => Promise<FuzzReader>> = { ...READERS, ...BAD_READERS };
  return all[name];
}
