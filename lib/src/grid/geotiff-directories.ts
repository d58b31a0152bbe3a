import { closeSync, openSync, readSync } from "node:fs";
import type { Refuse } from "./geotiff-refusal";

/** Bytes of a value, by TIFF's code of its type; other codes are passed over, as readers do. */
const VALUE_BYTES: Readonly<Record<number, number>> = {
  ...{ 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4 },
  ...{ 16: 8, 17: 8, 18: 8 },
};

/** Directories that a file has at most: overviews, and masks of these, among them. */
const MOST_DIRECTORIES = 256;

/** How a plain and a BigTIFF differ: bytes of a count of entries, of an entry and of a place. */
const PLAIN = { count: 2, entry: 12, place: 4, first: 4 } as const;
const BIG = { count: 8, entry: 20, place: 8, first: 8 } as const;

/**
 * Walks through a TIFF's directories before any of them is believed: all that they name lies within
 * the file, and none names an earlier one as the next, which would go on without end. What is no TIFF
 * is left to its reader.
 */
export function requireDirectories(path: string, fileBytes: number, refuse: Refuse): void {
  const file = openSync(path, "r");
  try {
    const bytesAt = (at: number, length: number): Buffer => {
      if (!(at >= 0 && at + length <= fileBytes)) throw truncated(fileBytes, at + length, refuse);
      const bytes = Buffer.alloc(length);
      readSync(file, bytes, 0, length, at);
      return bytes;
    };
    walk(bytesAt, fileBytes, refuse);
  } finally {
    closeSync(file);
  }
}

function walk(
  bytesAt: (at: number, length: number) => Buffer,
  fileBytes: number,
  refuse: Refuse,
): void {
  const head = bytesAt(0, 8);
  const isLittle = head.toString("latin1", 0, 2) === "II";
  const numberIn = (bytes: Buffer, at: number, size: 2 | 4 | 8): number => {
    if (size === 2) return isLittle ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
    if (size === 4) return isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
    return Number(isLittle ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
  };
  const version = numberIn(head, 2, 2);
  if (version !== 42 && version !== 43) return;
  const size = version === 43 ? BIG : PLAIN;
  const seen = new Set<number>();
  let next = numberIn(bytesAt(size.first, size.place), 0, size.place);
  while (next !== 0) {
    if (seen.has(next) || seen.size === MOST_DIRECTORIES) {
      const found = seen.has(next) ? "pages that go in a circle" : `more than ${seen.size} pages`;
      throw refuse("pages", found, "one image, and a mask at most");
    }
    seen.add(next);
    const count = numberIn(bytesAt(next, size.count), 0, size.count);
    const entries = bytesAt(next + size.count, count * size.entry);
    for (let at = 0; at < entries.length; at += size.entry) {
      const bytes = VALUE_BYTES[numberIn(entries, at + 2, 2)] ?? 0;
      const all = bytes * numberIn(entries, at + 4, size.place);
      const from = numberIn(entries, at + 4 + size.place, size.place);
      if (all > size.place && from + all > fileBytes) {
        throw truncated(fileBytes, from + all, refuse);
      }
    }
    const end = next + size.count + entries.length;
    // GDAL writes no next directory where the file ends with the last one.
    next = end + size.place > fileBytes ? 0 : numberIn(bytesAt(end, size.place), 0, size.place);
  }
}

function truncated(fileBytes: number, end: number, refuse: Refuse) {
  return refuse(
    "contents",
    `${fileBytes} bytes`,
    `at least ${end} bytes, where what its head names ends`,
    "The file is truncated or damaged: copy it again.",
  );
}
