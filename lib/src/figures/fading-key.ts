import type { VegaLiteSpec } from "./figure";
import type { Json } from "./json";

/** Name of the parameter that holds the series picked in the key. */
const PICKED = "picked";

/** What is left of the opacity of a series that is not picked. */
const FADED = 0.15;

const CHANNELS = ["color", "stroke", "fill", "shape", "strokeDash"] as const;
const CONTAINERS = ["layer", "hconcat", "vconcat", "concat"] as const;

type Part = { readonly [key: string]: Json };

/**
 * The spec with a key that answers: a click on an entry fades the other series, with shift it adds
 * one, a double click shows all again. Series are told apart by the first nominal field that has a
 * key of several entries; marks that only belong to one name it by `detail`. A spec without such a
 * field comes back as it is.
 */
export function withFadingKey(spec: VegaLiteSpec): VegaLiteSpec {
  const field = unitsOf(spec)
    .map(keyedField)
    .find((found) => found !== undefined);
  if (field === undefined) return spec;
  // One chart of several that share a key is enough: the others know what is picked by its name.
  let isGiven = false;
  return mapUnits(spec, (unit) => {
    if (!isOfSeries(unit, field)) return unit;
    const { mark, encoding } = unit as { readonly mark: Part; readonly encoding: Part };
    const whole = Number(mark.opacity ?? 1);
    const opacity = {
      condition: { param: PICKED, value: whole },
      value: Math.round(whole * FADED * 1000) / 1000,
    };
    const params = (unit.params ?? []) as readonly Json[];
    const isFirst = !isGiven && keyedField(unit) === field;
    isGiven ||= isFirst;
    return {
      ...unit,
      ...(isFirst && { params: [...params, pickedParameter(field)] }),
      encoding: { ...encoding, opacity },
    };
  });
}

/** A double click takes back what its own first click picked, and with it all that was picked. */
function pickedParameter(field: string): Json {
  const toggle = "event.shiftKey || event.type === 'dblclick'";
  const select = { type: "point", fields: [field], toggle };
  return { name: PICKED, select, bind: { legend: "click, dblclick" } };
}

/** The field of a mark that has a key of several entries. */
function keyedField({ encoding = {} }: Part): string | undefined {
  for (const channel of CHANNELS) {
    const of = (encoding as Part)[channel] as Part | undefined;
    const { domain } = (of?.scale ?? {}) as { readonly domain?: readonly Json[] };
    const isKeyed = of?.type === "nominal" && of.legend !== null && (domain ?? []).length > 1;
    if (isKeyed && typeof of.field === "string") return of.field;
  }
  return undefined;
}

function isOfSeries({ encoding = {} }: Part, field: string): boolean {
  return [...CHANNELS, "detail"].some(
    (channel) => ((encoding as Part)[channel] as Part | undefined)?.field === field,
  );
}

function unitsOf(part: Part): Part[] {
  if ("mark" in part) return [part];
  return CONTAINERS.flatMap((container) =>
    ((part[container] ?? []) as readonly Part[]).flatMap(unitsOf),
  );
}

function mapUnits(part: Part, change: (unit: Part) => Part): Part {
  if ("mark" in part) return change(part);
  const changed = CONTAINERS.filter((container) => container in part).map((container) => [
    container,
    (part[container] as readonly Part[]).map((each) => mapUnits(each, change)),
  ]);
  return { ...part, ...Object.fromEntries(changed) };
}
