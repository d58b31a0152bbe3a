import { crc32 } from "node:zlib";

/** Length of a PNG's signature and of its first chunk, the header. */
const HEADER_END = 8 + 25;

/**
 * A PNG with JSON that its readers find under a keyword: a tEXt chunk behind the header (PNG
 * specification, 11.3.3.2). What is not ASCII is written as JSON escapes.
 */
export function withPngText(png: Uint8Array, keyword: string, json: string): Uint8Array {
  const ascii = json.replace(
    /[^ -~]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  const data = Buffer.from(`tEXt${keyword}\0${ascii}`, "latin1");
  const chunk = Buffer.alloc(data.length + 8);
  chunk.writeUInt32BE(data.length - 4, 0);
  data.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(data), data.length + 4);
  const [head, rest] = [png.subarray(0, HEADER_END), png.subarray(HEADER_END)];
  return Uint8Array.from(Buffer.concat([head, chunk, rest]));
}
