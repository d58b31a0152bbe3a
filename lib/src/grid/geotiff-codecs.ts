/// <reference path="./lerc.d.ts" />
import { inflateSync } from "node:zlib";
import { getDecoder } from "geotiff";
import Lerc from "lerc";
import { ZSTDDecoder } from "zstddec";

/** Codecs that are read, by TIFF's code of the compression. */
export const CODECS: Readonly<Record<number, string>> = {
  1: "none",
  5: "LZW",
  8: "deflate",
  32773: "PackBits",
  32946: "deflate",
  34887: "LERC",
  50000: "ZSTD",
};

/** And those that are not. */
export const REFUSED_CODECS: Readonly<Record<number, string>> = {
  2: "CCITT",
  3: "CCITT fax 3",
  4: "CCITT fax 4",
  6: "JPEG",
  7: "JPEG",
  34925: "LZMA",
  50001: "WebP",
  50002: "JPEG XL",
};

/** How LERC's bytes are packed once more, by the second number of its parameters. */
const LERC_PACKED = ["none", "deflate", "ZSTD"] as const;

/** What decides how bytes of a block are decoded. */
export interface Coding {
  readonly compression: number;
  /** LERC's parameters, its version and how its bytes are packed once more; none of other codecs. */
  readonly lerc: readonly number[];
  /** Whether samples are floats, of which LERC has a mask for those that are none. */
  readonly isFloat: boolean;
}

/**
 * The bytes of a block. None gives more than belong to it, whatever its code says: a damaged block
 * costs no more than a whole one.
 *
 * @param most bytes that a block may have at most
 * @throws Error when the bytes are none of the codec
 */
export async function decoded(
  coded: Uint8Array,
  coding: Coding,
  most: number,
): Promise<Uint8Array> {
  const codec = CODECS[coding.compression];
  if (codec === "none") return coded;
  if (codec === "LERC") {
    const packed = LERC_PACKED[coding.lerc[1] ?? 0];
    if (packed === undefined) throw new Error(`LERC packed by ${coding.lerc[1]}`);
    return unlerced(await unpacked(coded, packed, most), coding.isFloat, most);
  }
  if (codec === "deflate" || codec === "ZSTD") return unpacked(coded, codec, most);
  // Without a predictor, which is undone for all codecs alike.
  const parameters = { predictor: 1, tileWidth: 0, tileHeight: 0, bitsPerSample: 8 };
  const decoder = await getDecoder(coding.compression, { ...parameters, planarConfiguration: 1 });
  return new Uint8Array(await decoder.decode(coded.buffer as ArrayBuffer));
}

async function unpacked(
  coded: Uint8Array,
  codec: (typeof LERC_PACKED)[number],
  most: number,
): Promise<Uint8Array> {
  if (codec === "none") return coded;
  if (codec === "ZSTD") {
    const zstd = await zstandard();
    return zstd.decode(coded, most);
  }
  const { buffer, byteOffset, length } = inflateSync(coded, { maxOutputLength: Math.max(1, most) });
  return new Uint8Array(buffer, byteOffset, length);
}

let decoder: Promise<ZSTDDecoder> | null = null;

function zstandard(): Promise<ZSTDDecoder> {
  decoder ??= (async () => {
    const zstd = new ZSTDDecoder();
    await zstd.init();
    return zstd;
  })();
  return decoder;
}

/** LERC's values; those that its mask leaves out are no numbers where samples are floats. */
function unlerced(bytes: Uint8Array, isFloat: boolean, most: number): Uint8Array {
  const { buffer, byteOffset, length } = bytes;
  const claimed = lercValues(bytes);
  if (claimed > most) throw new Error(`LERC claims ${claimed} values`);
  const whole = byteOffset === 0 && buffer.byteLength === length ? buffer : bytes.slice().buffer;
  const { pixels, mask, width, height, dimCount } = Lerc.decode(whole as ArrayBuffer, {
    returnPixelInterleavedDims: true,
  });
  const [values] = pixels;
  if (values.byteLength > most) throw new Error(`LERC holds ${values.byteLength} bytes`);
  if (isFloat && mask !== null && mask !== undefined) {
    for (let pixel = 0; pixel < width * height; pixel++) {
      if (mask[pixel] === 0) values.fill(Number.NaN, pixel * dimCount, (pixel + 1) * dimCount);
    }
  }
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** How many values LERC's head claims, for which its decoder would make room. */
function lercValues(bytes: Uint8Array): number {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (head.toString("latin1", 0, 10) === "CntZImage ") {
    return head.readUInt32LE(18) * head.readUInt32LE(22);
  }
  if (head.toString("latin1", 0, 6) !== "Lerc2 ") throw new Error("bytes that are no LERC");
  const version = head.readInt32LE(6);
  const at = version >= 3 ? 14 : 10;
  return (
    head.readUInt32LE(at) *
    head.readUInt32LE(at + 4) *
    (version < 4 ? 1 : head.readUInt32LE(at + 8))
  );
}
