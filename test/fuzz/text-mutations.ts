import type { Random } from "../../lib/src/random";
import { type Mutate, mutateBytes, pick } from "./mutations";

/** Stands for the folder outside of those that may be written to; the child puts in its path. */
export const OUTSIDE = "@OUTSIDE@";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Text that stands in the JSON for what JSON.stringify would not write. */
const RAW = "@RAW";
const RAW_VALUES = ["1e999", "-1e999", "0.1e-400", "123456789012345678901234567890"];

/** A value of another kind than any reader expects, or of its kind and hostile. */
function hostileValue(random: Random): Json {
  return pick<() => Json>(random, [
    () => null,
    () => true,
    () => pick(random, [0, -1, 0.5, 1e9, -1e9, 1e300, 1e-300, 2 ** 31, 2 ** 53, 32750]),
    () => `${RAW}${random.below(RAW_VALUES.length)}`,
    () => "",
    () => "x".repeat(200_000),
    () => pick(random, ["\0", "\u202e", "__proto__", "constructor", "toString", "NaN", "Infinity"]),
    () => pick(random, ["../../etc/x", "../../../../x", "/abs/x", "..", ".", "C:\\x", "a/../../x"]),
    () => `${OUTSIDE}/x`,
    () => [],
    () => ({}),
    () => [null],
    () => [[[[1]]]],
    () => ({ __proto: null, length: 1e9, type: "Point" }),
    () => nested(pick(random, [100, 20_000, 200_000])),
  ])();
}

/** Brackets within brackets, which JSON.stringify could not write either. */
const nested = (depth: number) => `${RAW}[${depth}`;

interface Place {
  readonly parent: Json[] | { [key: string]: Json };
  readonly key: string | number;
}

/** Every value of a document that stands in an object or a list. */
function placesOf(value: Json, places: Place[] = []): Place[] {
  if (typeof value !== "object" || value === null) return places;
  const parent = value;
  for (const key of Array.isArray(parent) ? parent.keys() : Object.keys(parent)) {
    places.push({ parent, key });
    placesOf((parent as Record<string | number, Json>)[key], places);
  }
  return places;
}

/** Changes a document in one place: another value, none, twice, under another name, or another's. */
function changePlace(document: Json, other: Json, random: Random): void {
  const places = placesOf(document);
  if (places.length === 0) return;
  const { parent, key } = pick(random, places);
  const values = parent as Record<string | number, Json>;
  const way = random.below(10);
  if (way < 5) values[key] = hostileValue(random);
  else if (way < 7) {
    if (Array.isArray(parent)) parent.splice(key as number, 1);
    else delete values[key];
  } else if (way === 7) {
    if (Array.isArray(parent)) parent.push(parent[key as number]);
    else {
      const name = hostileValue(random);
      const held = values[key];
      delete values[key];
      Object.defineProperty(values, typeof name === "string" ? name : "x", {
        value: held,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
  } else {
    const others = placesOf(way === 8 ? document : other);
    const from = pick(random, others.length === 0 ? places : others);
    values[key] = structuredClone((from.parent as Record<string | number, Json>)[from.key]);
  }
}

/** JSON with one to three places changed; mere bytes where the file is none. */
export const mutateJson: Mutate = (bytes, other, random) => {
  const [document, second] = [jsonOf(bytes), jsonOf(other)];
  if (document === undefined) return mutateBytes(bytes, other, random);
  if (random.below(40) === 0) return Buffer.from(written(hostileValue(random)));
  for (let left = random.below(3) === 0 ? 3 : 1; left > 0; left--) {
    changePlace(document, second ?? null, random);
  }
  return Buffer.from(written(document));
};

function jsonOf(bytes: Buffer): Json | undefined {
  try {
    return JSON.parse(bytes.toString("utf8")) as Json;
  } catch {
    return undefined;
  }
}

function written(document: Json): string {
  return JSON.stringify(document).replace(/"@RAW(\d+|\[(\d+))"/g, (_, index, depth) =>
    depth === undefined
      ? RAW_VALUES[Number(index)]
      : "[".repeat(Number(depth)) + "]".repeat(Number(depth)),
  );
}

/** What a spreadsheet, or nobody, would put into a cell or between cells. */
const CELLS = [
  ...['"', '""', '"\n', "\0", "\r", "\r\n\r\n", ",", ";", "\t", "|", ",,,,,,", "\uFEFF", "é"],
  ...["1e999", "-", "<", "<0", "NaN", "1,5", "1.5", "=1+1", "__proto__", "1.2.3", " ", "0x10"],
];

/** A table with something odd between, in or in place of its cells, or lines lost or repeated. */
export const mutateTable: Mutate = (bytes, other, random) => {
  const lines = bytes.toString("utf8").split("\n");
  for (let left = 1 + random.below(2); left > 0; left--) {
    const at = random.below(4) === 0 ? 0 : random.below(lines.length);
    const cells = lines[at].split(/[,;\t]/);
    const cell = random.below(cells.length);
    const way = random.below(8);
    if (way < 2) lines[at] = put(lines[at], pick(random, CELLS), random);
    else if (way < 4) lines[at] = cells.with(cell, pick(random, CELLS)).join(",");
    else if (way === 4)
      lines[at] = cells
        .with(cell, pick(random, ["9", " ", "<", '"', "1,"]).repeat(100_000))
        .join(",");
    else if (way === 5) lines[at] = `${lines[at].slice(0, 1000)},`.repeat(pick(random, [2, 500]));
    else if (way === 6) lines.splice(at, random.below(3), lines[random.below(lines.length)]);
    else return mutateBytes(Buffer.from(lines.join("\n")), other, random);
  }
  return Buffer.from(lines.join(pick(random, ["\n", "\n", "\n", "\r\n", "\r"])));
};

function put(line: string, text: string, random: Random): string {
  const at = random.below(line.length + 1);
  return line.slice(0, at) + text + line.slice(at);
}
