import { statSync } from "node:fs";
import { fromFile, type GeoTIFF, type GeoTIFFImage } from "geotiff";
import { InputError } from "../errors";
import { type BandMeaning, bandMeaning } from "./geotiff-bands";
import { type BlockLayout, blockLayout } from "./geotiff-blocks";
import { requireDirectories } from "./geotiff-directories";
import { geometryOf, pixelPlace } from "./geotiff-geometry";
import { type Refuse, refusal } from "./geotiff-refusal";

/** How many bytes a file has. */
export function sizeOf(path: string, file: string): number {
  try {
    return statSync(path).size;
  } catch (error) {
    throw new InputError({
      kind: "missing-file",
      file,
      found: error instanceof Error ? error.message : String(error),
      expected: "a GeoTIFF that can be read",
    });
  }
}

/**
 * What the head of a GeoTIFF says: place, layout, bands, alpha and mask.
 *
 * @param isPlaceless does not ask where it lies
 */
export async function readHead(
  path: string,
  fileBytes: number,
  file: string,
  isPlaceless: boolean,
) {
  const refuse = refusal(file, "format");
  requireDirectories(path, fileBytes, refuse);
  const tiff = await fromFile(path);
  try {
    const { image, maskImage } = await imageAndMask(tiff, fileBytes, refuse);
    const layoutOf = async (of: GeoTIFFImage) => {
      const found = await blockLayout(of, refuse);
      requireBlocks(found, of.getSamplesPerPixel(), refuse);
      requireComplete(found, fileBytes, refuse);
      requireModest(found, refuse);
      return found;
    };
    const layout = await layoutOf(image);
    const mask = maskImage === null ? null : await layoutOf(maskImage);
    const place = isPlaceless
      ? pixelPlace(image)
      : geometryOf(image, refusal(file, "georeference"));
    const alpha = alphaBand(image);
    const bands: BandMeaning[] = [];
    for (let band = 0; band < image.getSamplesPerPixel(); band++) {
      if (band + 1 !== alpha) bands.push(await bandMeaning(image, band, refuse));
    }
    return { ...place, layout, bands, alpha, mask };
  } finally {
    await tiff.close();
  }
}

/** The one full-size image, and the mask beside it if there is one; overviews are passed over. */
async function imageAndMask(tiff: GeoTIFF, fileBytes: number, refuse: Refuse) {
  const image = await tiff.getImage(0);
  requireSize(image, fileBytes, refuse);
  const size = [image.getWidth(), image.getHeight()].join(" x ");
  let maskImage: GeoTIFFImage | null = null;
  const count = await tiff.getImageCount();
  for (let index = 1; index < count; index++) {
    const other = await tiff.getImage(index);
    const subfile = Number(other.fileDirectory.getValue("NewSubfileType") ?? 0);
    if ((subfile & 1) !== 0) continue;
    if ((subfile & 4) === 0 || maskImage !== null) {
      throw refuse(
        "pages",
        `${count} pages`,
        "one image, and a mask at most",
        "gdal_translate writes a page at a time.",
      );
    }
    const found = [other.getWidth(), other.getHeight()].join(" x ");
    if (found !== size) throw refuse("mask", `${found} pixels`, `${size}, as the image`);
    maskImage = other;
  }
  return { image, maskImage };
}

/** Bytes of values that an image may claim whatever its file has: 33 million of them. */
const MODEST_IMAGE = 2 ** 27;
/**
 * And how many times the file's bytes beyond that. ZSTD and LERC, and a sparse file that leaves blocks
 * out, make some ten thousand of one.
 */
const MOST_IMAGE_EXPANSION = 2 ** 15;

/** A size that is one, and for which the file has bytes enough: nothing is made room for before. */
function requireSize(image: GeoTIFFImage, fileBytes: number, refuse: Refuse): void {
  const sizes = [image.getWidth(), image.getHeight(), image.getSamplesPerPixel()];
  const [width, height, bands] = sizes;
  const found = `${width} x ${height} pixels in ${bands} bands`;
  if (!sizes.every((size) => Number.isSafeInteger(size) && size > 0)) {
    throw refuse("size", found, "a pixel and a band at least");
  }
  const most = Math.max(MODEST_IMAGE, fileBytes * MOST_IMAGE_EXPANSION);
  if (4 * width * height * bands <= most) return;
  throw refuse(
    "size",
    `${found} in a file of ${fileBytes} bytes`,
    "as many pixels as so many bytes can hold",
    "If the file is sound, gdal_translate -co COMPRESS=DEFLATE writes it with bytes for its pixels.",
  );
}

/** Every block of the image has its place, and none a size that is none. */
function requireBlocks(layout: BlockLayout, bands: number, refuse: Refuse): void {
  const { width, height, across, down, samples, offsets, byteCounts } = layout;
  const sizes = [width, height, across, down];
  const count = across * down * (samples === 1 ? bands : 1);
  const isWhole = sizes.every((size) => Number.isSafeInteger(size) && size > 0);
  const isPlaced = [offsets, byteCounts].every(
    (numbers) => numbers.length >= count && numbers.every((one) => Number.isSafeInteger(one)),
  );
  if (isWhole && isPlaced && !offsets.some((one) => one < 0)) {
    if (!byteCounts.some((one) => one < 0)) return;
  }
  throw refuse(
    "contents",
    `blocks of ${width} x ${height} pixels, places of ${offsets.length} and sizes of ${byteCounts.length}`,
    isWhole ? `places and sizes of ${count} blocks` : "blocks of a pixel at least",
    "Check that the file was copied completely; gdal_translate -of GTiff rewrites it plainly.",
  );
}

/** The number of the band that says where an image is transparent: the last, where it is marked so. */
function alphaBand(image: GeoTIFFImage): number | null {
  const extra = image.fileDirectory.getValue("ExtraSamples");
  const kinds = Array.from((extra as ArrayLike<number> | undefined) ?? [], Number);
  const last = kinds[kinds.length - 1];
  const isAlpha = last === 1 || last === 2;
  return isAlpha && image.getSamplesPerPixel() > 1 ? image.getSamplesPerPixel() : null;
}

/** Every strip or tile must lie inside the file: a decoder may take what is missing for zeros. */
function requireComplete(layout: BlockLayout, fileBytes: number, refuse: Refuse): void {
  layout.offsets.forEach((offset, part) => {
    const end = offset + layout.byteCounts[part];
    if (end > fileBytes) {
      throw refuse(
        "contents",
        `${fileBytes} bytes`,
        `at least ${end} bytes, where part ${part + 1} of the image ends`,
        "The file is truncated: copy it again.",
      );
    }
  });
}

/** Bytes that a block may claim without showing for it. */
const MODEST_BLOCK = 2 ** 26;
/** How many times its own bytes a block may become: deflate makes 1,032 of one at most. */
const MOST_EXPANSION = 1032;

/** A block of a few bytes that claims to be gigabytes is not made room for. */
function requireModest(layout: BlockLayout, refuse: Refuse): void {
  const claimed = (layout.width * layout.height * layout.samples * layout.bits) / 8;
  if (claimed <= MODEST_BLOCK) return;
  const part = layout.byteCounts.findIndex(
    (bytes) => bytes > 0 && bytes * MOST_EXPANSION < claimed,
  );
  if (part < 0) return;
  throw refuse(
    "contents",
    `${layout.byteCounts[part]} bytes for a block of ${layout.width} x ${layout.height} pixels`,
    `blocks of at most ${MODEST_BLOCK / 2 ** 20} MB, or bytes that can be as many`,
    "If the file is sound, gdal_translate -co TILED=YES writes it in small blocks.",
  );
}
