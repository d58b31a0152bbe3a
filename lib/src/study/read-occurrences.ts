import { InputError } from "../errors";
import type { InputBytes } from "../formats/input-bytes";
import { readPoints } from "../formats/points";
import type { Crs } from "../grid/grid";
import type { OccurrenceInput } from "../manifest/manifest";
import { listedCommodities, mainOf } from "./commodities";
import { type OccurrencesByGroup, occurrencesByGroup } from "./occurrence-groups";

/**
 * Occurrences from the file that the manifest names, in file order, and the groups judged apart.
 *
 * @param input the manifest's mapping of properties or columns
 * @param mainCommodity commodity of occurrences whose mapping names none
 * @throws InputError when a place is no number, a name or commodity is missing, or a name occurs
 * twice
 */
export function readOccurrences(
  input: OccurrenceInput,
  inputs: InputBytes,
  crs: Crs,
  mainCommodity: string,
): OccurrencesByGroup {
  const asked = [input, ...(input.groups ?? [])].flatMap(({ where }) => Object.keys(where ?? {}));
  const columns = [input.name, input.commodity, ...asked].filter((column) => column !== undefined);
  const { rows } = readPoints(input, columns, [], inputs, crs);
  const seen = new Map<string, string>();
  const all = rows.map(({ place, easting, northing, fields }, index) => {
    const given =
      input.name === undefined ? index + 1 : word(fields, input.name, place, input.file);
    const name = `${input.namePrefix ?? ""}${given}`;
    const commodities =
      input.commodity === undefined
        ? [mainCommodity]
        : listedCommodities(word(fields, input.commodity, place, input.file));
    const earlier = seen.get(name);
    if (earlier !== undefined) {
      throw new InputError({
        kind: "occurrences",
        file: input.file,
        field: place,
        found: `the name "${name}", as in ${earlier}`,
        expected: "a name of its own for each occurrence",
      });
    }
    seen.set(name, place);
    const commodity = mainOf(commodities, mainCommodity);
    const several = commodities.length > 1 ? { commodities } : {};
    return { occurrence: { name, commodity, easting, northing, ...several }, fields };
  });
  return occurrencesByGroup(all, input);
}

function word(
  fields: Readonly<Record<string, unknown>>,
  key: string,
  place: string,
  file: string,
): string {
  const value = fields[key];
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text === "string" && text.trim() !== "") return text.trim();
  throw new InputError({
    kind: "occurrences",
    file,
    field: `${place}, ${key}`,
    found: value === undefined ? "nothing" : JSON.stringify(value),
    expected: "a word or a number",
    remedy: "The manifest's occurrences name the properties or columns to read.",
  });
}
