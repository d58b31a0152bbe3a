import { createHash } from "node:crypto";

const arrayTypes = {
  Uint8Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
} as const;

type StoredArray = InstanceType<(typeof arrayTypes)[keyof typeof arrayTypes]>;

const magic = "PROSPECT";
const headerBytes = magic.length + 32 + 4;

/**
 * Bytes of a result, which is plain data with typed arrays anywhere inside: a mark, the SHA-256 of
 * what follows, the length of the JSON part, the JSON part with typed arrays replaced by their
 * place, and the arrays. The same result gives the same bytes.
 */
export function encodeResult(value: object): Uint8Array {
  const arrays: Uint8Array[] = [];
  let offset = 0;
  const json = JSON.stringify(value, (_key, part: unknown) => {
    const type = arrayTypeOf(part);
    if (type !== null) {
      const array = part as StoredArray;
      const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
      const place = { $array: type, offset, length: array.length };
      arrays.push(bytes);
      offset += bytes.length;
      return place;
    }
    // JSON has no word for these, and a threshold of infinity is a result like any other.
    return typeof part === "number" && !Number.isFinite(part) ? { $number: String(part) } : part;
  });
  const text = Buffer.from(json, "utf8");
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  const body = Buffer.concat([length, text, ...arrays]);
  return Buffer.concat([Buffer.from(magic), createHash("sha256").update(body).digest(), body]);
}

/**
 * The result that bytes hold; null when they are cut short or changed, or hold nothing that
 * encodeResult makes, though their checksum is right. Nothing is thrown, whatever the bytes.
 */
export function decodeResult(bytes: Uint8Array): object | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < headerBytes || buffer.toString("latin1", 0, magic.length) !== magic) {
    return null;
  }
  const body = buffer.subarray(magic.length + 32);
  const sum = buffer.subarray(magic.length, magic.length + 32);
  if (!createHash("sha256").update(body).digest().equals(sum)) return null;
  const textEnd = 4 + body.readUInt32LE(0);
  if (textEnd > body.length) return null;
  try {
    const result = parsed(body.toString("utf8", 4, textEnd), body.subarray(textEnd));
    return typeof result === "object" && !ArrayBuffer.isView(result) ? result : null;
  } catch {
    // No JSON, arrays that are none, or brackets without end: no result, whatever the reason.
    return null;
  }
}

/**
 * The value of a JSON part and the arrays after it.
 *
 * @throws Error when the JSON is none, or its arrays are not what follows it, one after the other
 */
function parsed(text: string, arrays: Buffer): object | null {
  let next = 0;
  const value = JSON.parse(text, (_key, part: unknown) => {
    if (!isRecord(part)) return part;
    if ("$number" in part) return namedNumber(part.$number);
    if (!("$array" in part)) return part;
    const { $array: name, offset, length } = part;
    if (typeof name !== "string" || !Object.hasOwn(arrayTypes, name)) throw new Error("no type");
    const type = arrayTypes[name as keyof typeof arrayTypes];
    const to = next + Number(length) * type.BYTES_PER_ELEMENT;
    if (offset !== next || !Number.isSafeInteger(length) || !(to >= next && to <= arrays.length)) {
      throw new Error("an array elsewhere");
    }
    // A copy, so that the array starts on a boundary of its own type.
    const bytes = Uint8Array.from(arrays.subarray(next, to));
    next = to;
    return new type(bytes.buffer);
  }) as object | null;
  if (next !== arrays.length) throw new Error("bytes of no array");
  return value;
}

/** Numbers that JSON has no word for. */
const NAMED = ["NaN", "Infinity", "-Infinity"];

function namedNumber(name: unknown): number {
  if (!NAMED.includes(name as string)) throw new Error("no number");
  return Number(name);
}

function arrayTypeOf(part: unknown): keyof typeof arrayTypes | null {
  if (!ArrayBuffer.isView(part)) return null;
  const name = part.constructor.name === "Buffer" ? "Uint8Array" : part.constructor.name;
  if (!(name in arrayTypes)) throw new TypeError(`the run store cannot hold a ${name}`);
  return name as keyof typeof arrayTypes;
}

function isRecord(part: unknown): part is Record<string, unknown> {
  return typeof part === "object" && part !== null;
}
