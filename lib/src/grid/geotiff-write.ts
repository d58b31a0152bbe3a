import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { InputError } from "../errors";
import { partName, storageError } from "../files";
import { entry, geoEntries, metadataEntry } from "./geotiff-metadata";
import { buildPyramid, type LevelSize } from "./geotiff-pyramid";
import { encodeTiffHead, TIFF_TAGS, type TiffEntry } from "./geotiff-tags";
import { TILE_SIZE, tileRows } from "./geotiff-tiles";
import type { GridGeometry, GridStack } from "./grid";

/** What a written GeoTIFF says of itself. */
export interface GeoTiffOptions {
  /** Metadata items that gdalinfo shows, such as study, seed or hashes of the inputs. */
  readonly provenance?: Readonly<Record<string, string>>;
}

/** A GeoTIFF that is being written, row by row from the north. */
export interface GeoTiffWriter {
  /** Appends whole rows: [rows, width] a band, NaN for nodata. */
  writeRows(bands: readonly Float32Array[]): void;
  /** Completes the file under its name. */
  finish(): void;
  /** Removes what was written so far; does nothing after finish. */
  abandon(): void;
}

/** Where a compressed tile stands in the file of tiles. */
interface TilePlace {
  readonly offset: number;
  readonly bytes: number;
}

/** How the file is laid out, in the words of GDAL's COG driver; the last blank is its own. */
const LAYOUT = [
  "LAYOUT=IFDS_BEFORE_DATA",
  "BLOCK_ORDER=ROW_MAJOR",
  "BLOCK_LEADER=SIZE_AS_UINT4",
  "BLOCK_TRAILER=LAST_4_BYTES_REPEATED",
  "KNOWN_INCOMPATIBLE_EDITION=NO",
  " ",
].join("\n");
const NOTE = `GDAL_STRUCTURAL_METADATA_SIZE=${String(LAYOUT.length).padStart(6, "0")} bytes\n${LAYOUT}`;

/** Offsets of a plain TIFF have 32 bits. */
const LARGEST_TIFF = 0xffff0000;

/**
 * Writes the bands of a stack as one cloud-optimised float32 GeoTIFF (OGC 21-026): tiles of
 * 256 x 256 pixels, deflate with floating-point predictor, overviews down to one tile, nodata NaN
 * (declared as "nan"), CRS, band names, statistics and provenance. The file appears complete or
 * not at all; a map of more than 4 GB becomes a BigTIFF.
 *
 * @throws InputError when the stack has no band or pixel, or the file cannot be written
 */
export function writeGeoTiff(path: string, stack: GridStack, options: GeoTiffOptions = {}): void {
  const names = stack.bands.map(({ name }) => name);
  const writer = createGeoTiff(path, stack.geometry, names, options);
  try {
    writer.writeRows(stack.bands.map(({ values }) => values));
    writer.finish();
  } finally {
    writer.abandon();
  }
}

/**
 * Begins a GeoTIFF as writeGeoTiff writes it, for rasters that do not fit in memory: a row of
 * tiles is held, the tiles wait in a file beside the target.
 *
 * @throws InputError when there is no band or pixel, or the place cannot be written
 */
export function createGeoTiff(
  path: string,
  geometry: GridGeometry,
  names: readonly string[],
  options: GeoTiffOptions = {},
): GeoTiffWriter {
  const { width, height } = geometry;
  if (names.length === 0 || width * height === 0) {
    throw new InputError({
      kind: "values",
      field: "bands",
      found: `${names.length} bands of ${width} x ${height} pixels`,
      expected: "at least one band and one pixel",
    });
  }
  const spoolPath = partName(`${path}.tiles`);
  const partPath = partName(path);
  const spool = orStorageError(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    return openSync(spoolPath, "w+");
  });
  const places: TilePlace[][] = [];
  let spooled = 0;
  const keepTile = (level: number, tile: Uint8Array) => {
    orStorageError(path, () => writeSync(spool, tile, 0, tile.length, spooled));
    places[level].push({ offset: spooled, bytes: tile.length });
    spooled += tile.length;
  };
  const pyramid = buildPyramid(geometry, names.length, TILE_SIZE, (level, row) =>
    tiled[level].addRow(row),
  );
  const tiled = pyramid.levels.map((size, level) => {
    places.push([]);
    return tileRows(size, names.length, (tile) => keepTile(level, tile));
  });
  let rowsWritten = 0;
  let isOpen = true;

  const head = () => {
    const bands = pyramid.statistics().map((statistics, band) => ({
      name: names[band],
      statistics,
    }));
    const main = [...geoEntries(geometry), metadataEntry(bands, options.provenance ?? {})];
    return layOut(pyramid.levels, names.length, places, main);
  };

  const assemble = (part: number) => {
    writeSync(part, head());
    for (const level of [...places].reverse()) {
      for (const { offset, bytes } of level) {
        // Before each tile its size, after it its last four bytes again, as LAYOUT promises.
        const tile = Buffer.alloc(bytes + 8);
        tile.writeUInt32LE(bytes, 0);
        readSync(spool, tile, 4, bytes, offset);
        tile.copy(tile, bytes + 4, bytes, bytes + 4);
        writeSync(part, tile);
      }
    }
  };

  return {
    writeRows(bands) {
      const rows = bands[0].length / width;
      for (let row = 0; row < rows; row++) {
        pyramid.addRow(bands.map((values) => values.subarray(row * width, (row + 1) * width)));
      }
      rowsWritten += rows;
    },
    finish() {
      if (rowsWritten !== height) {
        throw new InputError({
          kind: "values",
          field: "rows",
          found: `${rowsWritten} rows`,
          expected: `${height}, as the geometry has`,
        });
      }
      orStorageError(path, () => {
        const part = openSync(partPath, "w");
        try {
          assemble(part);
          fsyncSync(part);
        } finally {
          closeSync(part);
        }
        renameSync(partPath, path);
      });
      this.abandon();
    },
    abandon() {
      if (!isOpen) return;
      isOpen = false;
      closeSync(spool);
      rmSync(spoolPath, { force: true });
      rmSync(partPath, { force: true });
    },
  };
}

/** Header and directories; the tiles follow, those of the smallest level first. */
function layOut(
  levels: readonly LevelSize[],
  bands: number,
  places: readonly (readonly TilePlace[])[],
  main: readonly TiffEntry[],
): Buffer {
  const build = (start: number, isBig: boolean) => {
    let at = start;
    const directories = levels.map((): TiffEntry[] => []);
    for (let level = levels.length - 1; level >= 0; level--) {
      const offsets = places[level].map(({ bytes }) => {
        at += bytes + 8;
        return at - bytes - 4;
      });
      const counts = places[level].map(({ bytes }) => bytes);
      directories[level] = [
        ...imageEntries(levels[level], bands, level),
        // As many as there are tiles: more than a call takes arguments.
        { tag: TIFF_TAGS.tileOffsets, type: isBig ? "long8" : "long", values: offsets },
        { tag: TIFF_TAGS.tileByteCounts, type: "long", values: counts },
        ...(level === 0 ? main : []),
      ];
    }
    return encodeTiffHead(directories, NOTE, isBig);
  };
  const tileBytes = places.flat().reduce((sum, { bytes }) => sum + bytes, 0);
  const isBig = tileBytes + 24 * places.flat().length > LARGEST_TIFF;
  // The length of the head does not depend on the offsets in it.
  return build(build(0, isBig).length, isBig);
}

function imageEntries({ width, height }: LevelSize, bands: number, level: number): TiffEntry[] {
  const each = (value: number, count = bands) => Array<number>(count).fill(value);
  return [
    entry(TIFF_TAGS.newSubfileType, "long", level === 0 ? 0 : 1),
    entry(TIFF_TAGS.imageWidth, "long", width),
    entry(TIFF_TAGS.imageLength, "long", height),
    entry(TIFF_TAGS.bitsPerSample, "short", ...each(32)),
    entry(TIFF_TAGS.compression, "short", 8),
    entry(TIFF_TAGS.photometricInterpretation, "short", 1),
    entry(TIFF_TAGS.samplesPerPixel, "short", bands),
    entry(TIFF_TAGS.planarConfiguration, "short", 1),
    entry(TIFF_TAGS.predictor, "short", 3),
    entry(TIFF_TAGS.tileWidth, "short", TILE_SIZE),
    entry(TIFF_TAGS.tileLength, "short", TILE_SIZE),
    // The first band is the grey one; the others are extra samples of unspecified meaning.
    ...(bands > 1 ? [entry(TIFF_TAGS.extraSamples, "short", ...each(0, bands - 1))] : []),
    entry(TIFF_TAGS.sampleFormat, "short", ...each(3)),
    { tag: TIFF_TAGS.gdalNodata, type: "ascii", values: "nan" },
  ];
}

function orStorageError<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    throw storageError(path, cause);
  }
}
