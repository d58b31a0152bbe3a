import { parseArgs } from "node:util";
import { InputError } from "../errors";
import {
  byFile,
  count,
  elementWish,
  epsgCode,
  list,
  mixedColumn,
  oneOf,
  otherLayer,
  pair,
  regionOf,
  size,
  unitOf,
  wrong,
} from "./option-values";
import type { LayerWish, Wishes } from "./wishes";

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

/** What stands beside the studies in the results folder, and would be mixed with a study of its name. */
const RESULTS_FOLDERS = ["variants", "compare", "playground"];

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
  if (RESULTS_FOLDERS.includes(name)) {
    throw wrong("NAME", name, `another than ${RESULTS_FOLDERS.join(", ")}, folders of results`);
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
