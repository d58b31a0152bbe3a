import { InputError } from "../../../lib/src/errors";
import { nearestNames } from "../../../lib/src/method/nearest-names";
import type { PackedDistrict, PlaygroundParameters } from "../protocol";
import { expectedText, type MethodParameter, NAMES, valueOfText } from "./parameters";

/**
 * All that the address bar holds: what is trained, and how it is looked at. Trained networks are
 * not in it; the same setup trains to the same bytes.
 */
export interface Setup {
  readonly district: string;
  readonly parameters: PlaygroundParameters;
  readonly map: MapChoice;
  /** Id of the occurrences that scores are held against, such as "all". */
  readonly group: string;
  /** Share of the ground, highest scores first, that is counted and painted: 0 to 1. */
  readonly ground: number;
}

/** What the map shows. */
export type MapChoice =
  | "error"
  | "probability"
  | "bestLayer"
  | "pcaError"
  | "difference"
  | `layer.${string}`;

/** Share of the ground that is counted where no link says another. */
export const FIRST_GROUND = 0.2;

/** How a district is looked at before anything is turned. */
export function firstSetup({ id, parameters, layers }: PackedDistrict): Setup {
  const map: MapChoice = `layer.${layers[0].id}`;
  return { district: id, parameters, map, group: "all", ground: FIRST_GROUND };
}

/** A setup as the part of an address after the #, every parameter in full. */
export function setupHash({ district, parameters, map, group, ground }: Setup): string {
  const entries = [
    ["district", district],
    ...NAMES.map((name) => [name, String(parameters[name])]),
    ["map", map],
    ["group", group],
    ["ground", String(ground)],
  ];
  return `#${entries.map(([name, value]) => `${name}=${escaped(value)}`).join("&")}`;
}

/** Names and texts of an address, and what of it could not be read. */
export interface AddressEntries {
  readonly entries: ReadonlyMap<string, string>;
  readonly notes: readonly string[];
}

/** The parts of the address after the #. */
export function addressEntries(hash: string): AddressEntries {
  const entries = new Map<string, string>();
  const notes: string[] = [];
  for (const part of hash.replace(/^#/, "").split("&")) {
    if (part === "") continue;
    const at = part.indexOf("=");
    const name = at < 0 ? part : part.slice(0, at);
    const value = at < 0 ? null : unescaped(part.slice(at + 1));
    if (value === null) notes.push(`“${shortened(part)}” could not be read and is left out.`);
    else entries.set(name, value);
  }
  return { entries, notes };
}

/**
 * The setup that an address asks for. What it does not say, or says in a way that cannot be taken,
 * is as the district has it, and said for that alone.
 */
export function setupFrom(
  { entries, notes: unread }: AddressEntries,
  district: PackedDistrict,
): { readonly setup: Setup; readonly notes: readonly string[] } {
  const first = firstSetup(district);
  const notes = [...unread];
  let parameters = first.parameters;
  let { map, group, ground } = first;
  for (const [name, text] of entries) {
    if (name === "district") continue;
    else if (name === "map") {
      if (isMapChoice(text, district)) map = text;
      else notes.push(`The map “${shortened(text)}” is none of this district; ${map} is shown.`);
    } else if (name === "group") group = text;
    else if (name === "ground") {
      const share = Number(text);
      if (text.trim() !== "" && share >= 0 && share <= 1) ground = share;
      else notes.push(`ground: found “${shortened(text)}”; expected 0 to 1; ${ground} is taken.`);
    } else if (name === "layers") {
      const chosen = layersOf(text, district);
      parameters = { ...parameters, layers: chosen.layers };
      notes.push(...chosen.notes);
    } else if ((NAMES as readonly string[]).includes(name)) {
      try {
        const value = valueOfText(name as MethodParameter, text);
        parameters = { ...parameters, [name]: value };
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        const { found } = error.details;
        const expected = expectedText(name as MethodParameter, error);
        const taken = String(parameters[name as MethodParameter]);
        notes.push(`${name}: found ${shortened(found)}; expected ${expected}; ${taken} is taken.`);
      }
    } else {
      const [nearest] = nearestNames(name, [...NAMES, "district", "map", "group", "ground"], 1);
      notes.push(`“${shortened(name)}” is no parameter and is left out; nearest: ${nearest}.`);
    }
  }
  return { setup: { ...first, parameters, map, group, ground }, notes };
}

/** Whether a map can be asked for of a district. */
function isMapChoice(text: string, { layers }: PackedDistrict): text is MapChoice {
  const plain = ["error", "probability", "bestLayer", "pcaError", "difference"];
  return plain.includes(text) || layers.some(({ id }) => text === `layer.${id}`);
}

/** Layers by id, in the district's order: their order decides the bytes of a training. */
function layersOf(text: string, { layers, parameters }: PackedDistrict) {
  const asked = text.split(",").map((id) => id.trim());
  const known = layers.map(({ id }) => id);
  const notes = asked
    .filter((id) => id !== "" && !known.includes(id))
    .map((id) => `Layer “${shortened(id)}” is none of this district and is left out.`);
  const chosen = known.filter((id) => asked.includes(id));
  if (chosen.length > 0) return { layers: chosen, notes };
  notes.push("No layer of this district is named; all are taken.");
  return { layers: parameters.layers, notes };
}

function escaped(text: string): string {
  return encodeURIComponent(text).replaceAll("%2C", ",");
}

function unescaped(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
