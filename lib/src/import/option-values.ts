import { basename } from "node:path";
import { InputError } from "../errors";
import type { Region } from "../grid/grid";
import type { ConcentrationUnit } from "../manifest/manifest";
import { VECTOR_METHODS } from "./vector-evidence";
import type { ElementWish, LayerWish } from "./wishes";

/** A file and what is made of it, from FILE=METHOD,METHOD. */
export function otherLayer(text: string): LayerWish {
  const at = text.lastIndexOf("=");
  const methods = at < 0 ? [] : (list(text.slice(at + 1)) ?? []);
  const unknown = methods.find(
    (method) => !VECTOR_METHODS.includes(method) && !/^category:./.test(method),
  );
  if (at < 0 || unknown !== undefined) {
    const expected = `FILE=METHOD,... with ${VECTOR_METHODS.join(", ")} or category:PROPERTY`;
    throw wrong("--layer", unknown ?? text, expected);
  }
  return { path: text.slice(0, at), role: "other", methods };
}

const UNITS: readonly string[] = ["%", "ppm", "ppb", "g/t", "mg/kg", "ug/kg"];

/** @throws InputError when it is no unit of concentration */
export function unitOf(option: string, text: string): ConcentrationUnit {
  if (UNITS.includes(text)) return text as ConcentrationUnit;
  throw wrong(option, text, `one of ${UNITS.join(", ")}`);
}

/** @throws InputError when it is no EPSG code */
export function epsgCode(option: string, text: string): number {
  const code = Number(text.replace(/^EPSG:/i, ""));
  if (Number.isInteger(code) && code >= 1024 && code <= 32766) return code;
  throw wrong(option, text, "an EPSG code, such as 32648");
}

/** An element, its column, unit and perhaps limit, from As=COLUMN:UNIT:LIMIT. */
export function elementWish(text: string): ElementWish {
  const [, element, column, unit, limit] =
    /^([A-Za-z0-9]+)=(.+?):([^:]+)(?::([\d.e-]+))?$/.exec(text) ?? [];
  if (element === undefined)
    throw wrong("--element", text, "As=COLUMN:UNIT or As=COLUMN:UNIT:LIMIT");
  const limited = limit === undefined ? {} : { detectionLimit: size("--element", limit) };
  return { element, column, unit: unitOf("--element", unit), ...limited };
}

/** A column may be named with a slash, such as Au_g/t: it is no path. */
export function mixedColumn(text: string): [string, ConcentrationUnit] {
  const at = text.lastIndexOf("=");
  if (at < 1) throw wrong("--mixed", text, "COLUMN=UNIT");
  return [text.slice(0, at), unitOf("--mixed", text.slice(at + 1))];
}

/** What is said of files, by their name alone, from FILE=VALUE. */
export function byFile<T>(
  option: string,
  texts: readonly string[],
  read: (option: string, text: string) => T,
): ReadonlyMap<string, T> {
  return new Map(
    texts.map((text) => {
      const at = text.indexOf("=");
      if (at < 1) throw wrong(option, text, "FILE=...");
      return [basename(text.slice(0, at)), read(option, text.slice(at + 1))];
    }),
  );
}

/** Words between commas; undefined where nothing was given. */
export function list(text: string | undefined): string[] | undefined {
  const parts = text?.split(",").map((part) => part.trim());
  return parts?.filter((part) => part !== "");
}

/** @throws InputError when it is no two words with a comma */
export function pair(
  option: string,
  text: string | undefined,
): readonly [string, string] | undefined {
  if (text === undefined) return undefined;
  const [first, second, ...more] = list(text) ?? [];
  if (second === undefined || more.length > 0) throw wrong(option, text, "two names with a comma");
  return [first, second];
}

/** @throws InputError when it is no whole number from 0 */
export function count(option: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw wrong(option, text, "a whole number");
}

/** @throws InputError when it is no number above 0 */
export function size(option: string, text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw wrong(option, text, "a number above 0");
}

/** @throws InputError when it is no west, east, south and north of a region */
export function regionOf(text: string): Region {
  const numbers = text.split(",").map(Number);
  const [west, east, south, north] = numbers;
  const isRegion = numbers.length === 4 && east > west && north > south;
  if (isRegion && numbers.every(Number.isFinite)) return { west, east, south, north };
  throw wrong("--region", text, "W,E,S,N: four numbers with east > west and north > south");
}

/** @throws InputError when it is none of the words that are known */
export function oneOf<const T extends string>(
  option: string,
  text: string | undefined,
  known: readonly T[],
): T | undefined {
  if (text === undefined) return undefined;
  const found = known.find((value) => value === text);
  if (found === undefined) throw wrong(option, text, `one of ${known.join(", ")}`);
  return found;
}

/** The refusal of what an option was given. */
export function wrong(field: string, found: string, expected: string): InputError {
  return new InputError({ kind: "parameter", field, found, expected });
}
