import { readFile } from "node:fs/promises";
import { fromArrayBuffer, type GeoTIFF, type GeoTIFFImage } from "geotiff";
import { InputError, type InputErrorKind } from "../errors";
import { geometryOf } from "./geotiff-geometry";
import type { Grid, GridStack } from "./grid";

/** Which part of a GeoTIFF to read and what to call the file in errors. */
export interface ReadOptions {
  /** Band numbers from 1, in the order wanted; all bands when absent. */
  readonly bands?: readonly number[];
  /** The file as the user named it; the path when absent. */
  readonly name?: string;
}

type Refuse = (field: string, found: string, expected: string, remedy?: string) => InputError;

/**
 * Reads bands of a north-up GeoTIFF in a projected CRS. Whole numbers of 8 to 32 bits and floats
 * of 32 and 64 bits become float32 (float64 is rounded); the declared nodata value becomes NaN.
 * Bands are named by their GDAL description, or "band 1", "band 2" and so on.
 *
 * @throws InputError naming the file and what it is that cannot be read right: no file, no TIFF,
 * truncated, rotated, south-up, no CRS or one in degrees, complex, packed or scaled values, masks,
 * several pages, a band that is not there
 */
export async function readGeoTiff(path: string, options: ReadOptions = {}): Promise<GridStack> {
  const file = options.name ?? path;
  const bytes = await readBytes(path, file);
  const refuse = refusal(file, "format");
  try {
    const tiff = await fromArrayBuffer(bytes);
    const image = await onlyImage(tiff, refuse);
    await requireComplete(image, bytes.byteLength, refuse);
    const geometry = geometryOf(image, refusal(file, "georeference"));
    const count = image.getSamplesPerPixel();
    const wanted = options.bands ?? Array.from({ length: count }, (_, index) => index + 1);
    const bands: Grid[] = [];
    for (const band of wanted) {
      if (!Number.isInteger(band) || band < 1 || band > count) {
        throw refuse(`band ${band}`, `${count} bands`, `a band from 1 to ${count}`);
      }
      const name = await bandName(image, band, refuse);
      bands.push({ name, geometry, values: await bandValues(image, band, refuse) });
    }
    return { geometry, bands };
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw refuse(
      "contents",
      error instanceof Error ? error.message : String(error),
      "a whole GeoTIFF",
      "Check that the file was copied completely; gdal_translate -of GTiff rewrites it plainly.",
    );
  }
}

function refusal(file: string, kind: InputErrorKind): Refuse {
  return (field, found, expected, remedy) =>
    new InputError({
      kind,
      file,
      field,
      found,
      expected,
      ...(remedy === undefined ? {} : { remedy }),
    });
}

async function readBytes(path: string, file: string): Promise<ArrayBuffer> {
  try {
    const bytes = await readFile(path);
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  } catch (error) {
    throw new InputError({
      kind: "missing-file",
      file,
      found: error instanceof Error ? error.message : String(error),
      expected: "a GeoTIFF that can be read",
    });
  }
}

/** The one full-size image; overviews beside it are passed over. */
async function onlyImage(tiff: GeoTIFF, refuse: Refuse): Promise<GeoTIFFImage> {
  const count = await tiff.getImageCount();
  for (let index = 1; index < count; index++) {
    const subfile = (await tiff.getImage(index)).fileDirectory.getValue("NewSubfileType") ?? 0;
    if ((subfile & 1) === 0 || (subfile & 4) !== 0) {
      throw refuse(
        "pages",
        subfile & 4 ? "a mask beside the image" : `${count} pages`,
        "one image, nodata declared by value",
        "gdal_translate -a_nodata nan -mask none writes it so, a page at a time.",
      );
    }
  }
  return tiff.getImage(0);
}

/** Every strip or tile must lie inside the file: a decoder may take what is missing for zeros. */
async function requireComplete(image: GeoTIFFImage, fileBytes: number, refuse: Refuse) {
  const directory = image.fileDirectory;
  const parts = directory.hasTag("TileOffsets")
    ? (["TileOffsets", "TileByteCounts"] as const)
    : (["StripOffsets", "StripByteCounts"] as const);
  const offsets = Array.from((await directory.loadValue(parts[0])) ?? [], Number);
  const counts = Array.from((await directory.loadValue(parts[1])) ?? [], Number);
  offsets.forEach((offset, part) => {
    if (offset + counts[part] > fileBytes) {
      throw refuse(
        "contents",
        `${fileBytes} bytes`,
        `at least ${offset + counts[part]} bytes, where part ${part + 1} of the image ends`,
        "The file is truncated: copy it again.",
      );
    }
    if (counts[part] === 0) {
      throw refuse(
        "contents",
        `part ${part + 1} of the image left out (a sparse file)`,
        "all parts written",
        "gdal_translate -co SPARSE_OK=FALSE writes them.",
      );
    }
  });
}

async function bandName(image: GeoTIFFImage, band: number, refuse: Refuse): Promise<string> {
  const metadata = await image.getGDALMetadata(band - 1);
  for (const key of ["SCALE", "OFFSET"]) {
    const value = metadata?.[key];
    if (value !== undefined && Number(value) !== (key === "SCALE" ? 1 : 0)) {
      throw refuse(
        `band ${band}`,
        `values stored with ${key.toLowerCase()} ${value}`,
        "values stored as they are",
        "gdal_translate -unscale -ot Float32 writes them so.",
      );
    }
  }
  const description = metadata?.DESCRIPTION;
  return typeof description === "string" && description !== ""
    ? unescapeXml(unescapeXml(description))
    : `band ${band}`;
}

/** To be applied twice: GDAL escapes metadata before it writes them as XML. */
function unescapeXml(value: string): string {
  const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
  return value.replace(/&(amp|lt|gt|quot|apos);/g, (_, entity: string) => entities[entity]);
}

async function bandValues(image: GeoTIFFImage, band: number, refuse: Refuse) {
  const bits = image.getBitsPerSample(band - 1);
  const format = image.getSampleFormat(band - 1);
  const readable =
    format === 3 ? bits === 32 || bits === 64 : format <= 2 && [8, 16, 32].includes(bits);
  if (!readable) {
    throw refuse(
      `band ${band}`,
      `${bits}-bit samples of TIFF sample format ${format}`,
      "whole numbers of 8, 16 or 32 bits or floats of 32 or 64 bits",
      "gdal_translate -ot Float32 converts them.",
    );
  }
  const raster = (await image.readRasters({ samples: [band - 1] }))[0] as Float32Array;
  const declared = image.getGDALNoData();
  if (declared === null || Number.isNaN(declared)) return Float32Array.from(raster);
  // A float32 band holds the declared number as nearly as float32 can.
  const nodata = raster instanceof Float32Array ? Math.fround(declared) : declared;
  return Float32Array.from(raster, (value) => (value === nodata ? Number.NaN : value));
}
