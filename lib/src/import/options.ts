import { basename } from "node:path";
import { parseArgs } from "node:util";
import { InputError } from "../errors";
import type { Region } from "../grid/grid";
import type { ConcentrationUnit } from "../manifest/manifest";
import { VECTOR_METHODS } from "./vector-evidence";
import type { ElementWish, LayerWish, Wishes } from "./wishes";

/** What a command line asks for. */
export interface Command {
  readonly name: string;
  readonly wishes: Wishes;
  readonly check: boolean;
  readonly updateChecksums: boolean;
  readonly replace: boolean;
  readonly draft: boolean;
  /** Asks nothing. */
  readonly yes: boolean;
}

const one = { type: "string" } as const;
const many = { type: "string", multiple: true, default: [] as string[] } as const;
const flag = { type: "boolean", default: false } as const;

/**
 * Reads the command line; null when help is asked for.
 *
 * @throws InputError naming the option that is wrong
 */
export function readCommand(args: readonly string[]): Command | null {
  const { values, positionals } = parsed(args);
  if (values.help) return null;
  const [name] = positionals;
  if (positionals.length !== 1 || !/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) {
    throw wrong("NAME", positionals.join(" ") || "nothing", "a folder's name, one word");
  }
  const { check, replace, draft, yes, "update-checksums": updateChecksums } = values;
  return { name, wishes: wishesOf(values), check, updateChecksums, replace, draft, yes };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: joinedNegatives(args),
      allowPositionals: true,
      options: {
        ...{
          raster: many,
          "element-grid": many,
          "element-of": many,
          samples: one,
          faults: many,
          intrusions: many,
          layer: many,
        },
        ...{
          occurrences: one,
          area: one,
          zones: one,
          epsg: one,
          region: one,
          pixel: one,
          commodity: one,
        },
        ...{ "commodity-column": one, "zone-property": one, sides: one, "crs-of": many },
        ...{
          "columns-of": many,
          "name-of": many,
          element: many,
          elements: one,
          unit: one,
          only: one,
        },
        ...{
          sheet: one,
          "level-sheets": flag,
          method: one,
          missing: one,
          data: one,
          mixed: many,
          "skip-rows": one,
          negative: one,
          zero: one,
          high: one,
          low: one,
        },
        ...{
          title: one,
          licence: one,
          source: one,
          replace: flag,
          draft: flag,
          check: flag,
          yes: flag,
        },
        ...{ "update-checksums": flag, help: { ...flag, short: "h" } },
      },
    });
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    throw new InputError({ kind: "parameter", found, expected: "an option of --help" });
  }
}

/** parseArgs takes "-9999" after an option for another option. */
function joinedNegatives(args: readonly string[]): string[] {
  return args.flatMap((text, at) => {
    if (/^-[\d.]/.test(text) && args[at - 1]?.startsWith("--")) return [];
    const next = args[at + 1] ?? "";
    return [text.startsWith("--") && /^-[\d.]/.test(next) ? `${text}=${next}` : text];
  });
}

function wishesOf(values: ReturnType<typeof parsed>["values"]): Wishes {
  const layer = (role: LayerWish["role"]) => (path: string) => ({ path, role, methods: [] });
  const given = <K extends string, V>(key: K, value: V | undefined) =>
    (value === undefined ? {} : { [key]: value }) as { readonly [key in K]?: V };
  return {
    rasters: values.raster,
    elementGrids: values["element-grid"],
    gridElements: byFile("--element-of", values["element-of"], (_, text) => text),
    layers: [
      ...values.faults.map(layer("faults")),
      ...values.intrusions.map(layer("intrusions")),
      ...values.layer.map(otherLayer),
    ],
    ...given("samples", values.samples),
    ...given("occurrences", values.occurrences),
    ...given("area", values.area),
    ...given("zones", values.zones),
    ...given("zoneProperty", values["zone-property"]),
    ...given("sides", pair("--sides", values.sides)),
    ...given("epsg", values.epsg === undefined ? undefined : epsgCode("--epsg", values.epsg)),
    ...given("region", values.region === undefined ? undefined : regionOf(values.region)),
    ...given("pixelSize", values.pixel === undefined ? undefined : size("--pixel", values.pixel)),
    ...given("commodity", values.commodity),
    ...given("commodityColumn", values["commodity-column"]),
    ...given("title", values.title),
    ...given("licence", values.licence),
    ...given("source", values.source),
    crsOf: byFile("--crs-of", values["crs-of"], epsgCode),
    coordinatesOf: byFile("--columns-of", values["columns-of"], (at, text) => pair(at, text)!),
    nameOf: byFile("--name-of", values["name-of"], (_, text) => text),
    elements: values.element.map(elementWish),
    ...given("only", list(values.only)),
    ...given("readElements", list(values.elements)),
    ...given("unit", values.unit === undefined ? undefined : unitOf("--unit", values.unit)),
    method:
      oneOf("--method", values.method, ["singularity", "inverseDistance", "kriging"] as const) ??
      "singularity",
    ...given("sheet", values.sheet),
    levelSheets: values["level-sheets"],
    skipRows: values["skip-rows"] === undefined ? 0 : count("--skip-rows", values["skip-rows"]),
    data: (list(values.data) ?? []).map(Number).filter(Number.isFinite),
    dataColumns: (list(values.data) ?? []).filter((text) => !Number.isFinite(Number(text))),
    mixed: new Map(values.mixed.map(mixedColumn)),
    missing: (list(values.missing) ?? []).map((text) =>
      Number.isNaN(Number(text)) ? text : Number(text),
    ),
    ...given("negative", oneOf("--negative", values.negative, ["detectionLimit", "missing"])),
    ...given("zero", oneOf("--zero", values.zero, ["belowDetection", "missing"])),
    high: list(values.high) ?? [],
    low: list(values.low) ?? [],
  };
}

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

function elementWish(text: string): ElementWish {
  const [, element, column, unit, limit] =
    /^([A-Za-z0-9]+)=(.+?):([^:]+)(?::([\d.e-]+))?$/.exec(text) ?? [];
  if (element === undefined)
    throw wrong("--element", text, "As=COLUMN:UNIT or As=COLUMN:UNIT:LIMIT");
  const limited = limit === undefined ? {} : { detectionLimit: size("--element", limit) };
  return { element, column, unit: unitOf("--element", unit), ...limited };
}

/** A column may be named with a slash, such as Au_g/t: it is no path. */
function mixedColumn(text: string): [string, ConcentrationUnit] {
  const at = text.lastIndexOf("=");
  if (at < 1) throw wrong("--mixed", text, "COLUMN=UNIT");
  return [text.slice(0, at), unitOf("--mixed", text.slice(at + 1))];
}

function byFile<T>(
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

function list(text: string | undefined): string[] | undefined {
  const parts = text?.split(",").map((part) => part.trim());
  return parts?.filter((part) => part !== "");
}

function pair(option: string, text: string | undefined): readonly [string, string] | undefined {
  if (text === undefined) return undefined;
  const [first, second, ...more] = list(text) ?? [];
  if (second === undefined || more.length > 0) throw wrong(option, text, "two names with a comma");
  return [first, second];
}

function count(option: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw wrong(option, text, "a whole number");
}

function size(option: string, text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw wrong(option, text, "a number above 0");
}

function regionOf(text: string): Region {
  const numbers = text.split(",").map(Number);
  const [west, east, south, north] = numbers;
  const isRegion = numbers.length === 4 && east > west && north > south;
  if (isRegion && numbers.every(Number.isFinite)) return { west, east, south, north };
  throw wrong("--region", text, "W,E,S,N: four numbers with east > west and north > south");
}

function oneOf<const T extends string>(
  option: string,
  text: string | undefined,
  known: readonly T[],
): T | undefined {
  if (text === undefined) return undefined;
  const found = known.find((value) => value === text);
  if (found === undefined) throw wrong(option, text, `one of ${known.join(", ")}`);
  return found;
}

function wrong(field: string, found: string, expected: string): InputError {
  return new InputError({ kind: "parameter", field, found, expected });
}
