import { InputError } from "../errors";
import { epsgCode, otherLayer, unitOf } from "./option-values";
import type { Wishes } from "./wishes";

/** Asks one question; an empty answer is "". */
export type Ask = (question: string) => Promise<string>;

/** Wishes with what the flags left out, as it is answered; an empty answer leaves it out. */
export async function askedFor(wishes: Wishes, ask: Ask): Promise<Wishes> {
  const list = (text: string) =>
    text
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "");
  const text = async <K extends keyof Wishes>(key: K, question: string) => {
    if (wishes[key] !== undefined) return {};
    const answer = await ask(question);
    return answer === "" ? {} : { [key]: answer };
  };
  const faults = (path: string) => ({ path, role: "faults", methods: [] }) as const;
  const intrusions = (path: string) => ({ path, role: "intrusions", methods: [] }) as const;
  const rasters =
    wishes.rasters.length > 0
      ? wishes.rasters
      : list(await ask("GeoTIFFs of evidence, by comma: "));
  const samples = await text("samples", "File of geochemical samples: ");
  const layers =
    wishes.layers.length > 0
      ? wishes.layers
      : [
          ...list(await ask("Files of faults, by comma: ")).map(faults),
          ...list(await ask("Files of intrusions, by comma: ")).map(intrusions),
          ...(await untilEmpty(
            ask,
            "Another file of lines or polygons as FILE=METHOD,...: ",
            otherLayer,
          )),
        ];
  const said = { ...wishes, rasters, ...samples, layers };
  return {
    ...said,
    ...(await text("occurrences", "File of known occurrences: ")),
    ...(await text("area", "Study area, a file of polygons (ground near samples): ")),
    ...(await text("zones", "File of zones, polygons or a line that divides the area: ")),
    ...(await text("commodity", "Main commodity (the most frequent one): ")),
    ...(wishes.epsg === undefined
      ? await asked(
          ask,
          "EPSG code of the study, in metres (that of the files): ",
          "epsg",
          epsgCode,
        )
      : {}),
    ...(wishes.unit === undefined && said.samples !== undefined
      ? await asked(ask, "Unit of element columns that name none (none such): ", "unit", unitOf)
      : {}),
    ...(await text("title", "Title of the study: ")),
    ...(await text("source", "Who made the data: ")),
    ...(await text("licence", "Licence: ")),
  };
}

/** Asks until the answer can be read or is empty. */
async function asked<K extends string, T>(
  ask: Ask,
  question: string,
  key: K,
  read: (field: string, text: string) => T,
): Promise<{ readonly [key in K]?: T }> {
  for (let about = question; ; ) {
    const answer = await ask(about);
    if (answer === "") return {};
    try {
      // One key of the type, which the compiler takes for any string.
      return { [key]: read(key, answer) } as { readonly [key in K]?: T };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      about = `${error.message} ${question}`;
    }
  }
}

async function untilEmpty<T>(ask: Ask, question: string, read: (text: string) => T): Promise<T[]> {
  const all: T[] = [];
  for (;;) {
    const next = await asked(ask, question, "layer", (_, text) => read(text));
    if (next.layer === undefined) return all;
    all.push(next.layer);
  }
}
