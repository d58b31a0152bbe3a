import type { Random } from "../../lib/src/random";

/** Makes a changed file of a sound one; `other` is a second sound file of the reader's. */
export type Mutate = (bytes: Buffer, other: Buffer, random: Random) => Buffer;

/** One of a list. */
export function pick<T>(random: Random, items: readonly T[]): T {
  return items[random.below(items.length)];
}

/** Numbers that a reader may take for a size or a place: none, least, most and beyond. */
const HOSTILE = [0n, 1n, 2n, 255n, 0x7fffn, 0xffffn, 0x7fff_ffffn, 0xffff_ffffn, 2n ** 40n];
const MOST = [2n ** 53n, 2n ** 63n - 1n, 2n ** 64n - 1n];

/** Bytes from the start in which formats have their heads. */
const HEAD = 512;

/** A hostile number of 2, 4 or 8 bytes in a buffer, in either order. */
export function writeHostile(bytes: Buffer, at: number, size: number, random: Random): void {
  const value = BigInt.asUintN(8 * size, pick(random, [...HOSTILE, ...MOST]));
  const isLittle = random.below(4) > 0;
  for (let byte = 0; byte < size && at + byte < bytes.length; byte++) {
    const place = isLittle ? byte : size - 1 - byte;
    bytes[at + byte] = Number((value >> BigInt(8 * place)) & 255n);
  }
}

/** A span of at least one byte of a file that has some. */
function span(length: number, random: Random): readonly [number, number] {
  const from = random.below(length);
  const most = Math.min(length - from, random.below(2) === 0 ? 16 : length);
  return [from, from + 1 + random.below(most)];
}

/** Flips a bit or sets the whole, of 1 to 4 bytes, as often near the start as anywhere. */
const flip: Mutate = (bytes, _, random) => {
  const changed = Buffer.from(bytes);
  for (let left = 1 + random.below(4); left > 0; left--) {
    const within = random.below(2) === 0 ? Math.min(HEAD, bytes.length) : bytes.length;
    const at = random.below(within);
    changed[at] = random.below(2) === 0 ? changed[at] ^ (1 << random.below(8)) : random.below(256);
  }
  return changed;
};

const truncate: Mutate = (bytes, _, random) => bytes.subarray(0, random.below(bytes.length));

const extend: Mutate = (bytes, other, random) => {
  const [from, to] = span(other.length, random);
  const noise = Buffer.from(Array.from({ length: 1 + random.below(64) }, () => random.below(256)));
  return Buffer.concat([bytes, random.below(2) === 0 ? noise : other.subarray(from, to)]);
};

const duplicate: Mutate = (bytes, _, random) => {
  const [from, to] = span(bytes.length, random);
  return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
};

const remove: Mutate = (bytes, _, random) => {
  const [from, to] = span(bytes.length, random);
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
};

/** A field of 2, 4 or 8 bytes, in the head or anywhere, made hostile. */
const setField: Mutate = (bytes, _, random) => {
  const changed = Buffer.from(bytes);
  const size = pick(random, [2, 4, 8]);
  const within = random.below(4) > 0 ? Math.min(HEAD, bytes.length) : bytes.length;
  writeHostile(changed, random.below(Math.ceil(within / 2)) * 2, size, random);
  return changed;
};

/** A field of 4 bytes copied elsewhere, by which a place may come to name itself. */
const copyField: Mutate = (bytes, _, random) => {
  const changed = Buffer.from(bytes);
  const within = Math.max(1, Math.min(HEAD, bytes.length) - 4);
  const [from, to] = [random.below(within), random.below(within)];
  bytes.copy(changed, to, from, from + 4);
  return changed;
};

const splice: Mutate = (bytes, other, random) => {
  const at = random.below(bytes.length);
  const from = random.below(2) === 0 ? Math.min(at, other.length) : random.below(other.length);
  return Buffer.concat([bytes.subarray(0, at), other.subarray(from)]);
};

/** Any change of bytes, whatever they mean. */
export const mutateBytes: Mutate = (bytes, other, random) => {
  if (bytes.length === 0) return Buffer.from([random.below(256)]);
  const ways = [flip, flip, truncate, extend, duplicate, remove, setField, setField, copyField];
  return pick(random, [...ways, splice])(bytes, other, random);
};

/** One way or another: each of `ways` as likely. */
export const oneOf =
  (...ways: readonly Mutate[]): Mutate =>
  (bytes, other, random) =>
    pick(random, ways)(bytes, other, random);

/** A TIFF with a hostile number in an entry of its first directory: type, count or value. */
export const mutateTiffEntry: Mutate = (bytes, other, random) => {
  const changed = Buffer.from(bytes);
  if (bytes.length < 32) return mutateBytes(bytes, other, random);
  const isLittle = bytes[0] === 0x49;
  const u16 = (at: number) => (isLittle ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const u32 = (at: number) => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const isBig = u16(2) === 43;
  const start = isBig ? u32(isLittle ? 8 : 12) : u32(4);
  if (start + 8 > bytes.length) return mutateBytes(bytes, other, random);
  const count = u16(isBig && !isLittle ? start + 6 : start);
  const [head, entry] = isBig ? [8, 20] : [2, 12];
  for (let left = 1 + random.below(2); left > 0; left--) {
    // One past the last entry is the place of the next directory.
    const at = start + head + entry * random.below(count + 1);
    const [field, size] = pick<readonly [number, number]>(random, isBig ? BIG_FIELDS : FIELDS);
    if (at + field >= bytes.length) continue;
    if (random.below(3) === 0 && at + field + 4 < bytes.length) {
      // A small number, or a place in the file, such as that of this very directory.
      const value = pick(random, [random.below(40), start, 8, bytes.length - 1]);
      if (isLittle) changed.writeUInt32LE(value, at + field);
      else changed.writeUInt32BE(value, at + field);
    } else writeHostile(changed, at + field, size, random);
  }
  return changed;
};

/** Where in an entry its tag, type, count and value stand, and in how many bytes. */
const FIELDS = [
  [0, 2],
  [2, 2],
  [4, 4],
  [8, 2],
  [8, 4],
] as const;
const BIG_FIELDS = [
  [0, 2],
  [2, 2],
  [4, 8],
  [12, 2],
  [12, 4],
  [12, 8],
] as const;
