import { InputError } from "../errors";
import type { OccurrenceGroupInput, OccurrenceInput, PropertyValues } from "../manifest/manifest";
import type { NamedOccurrences, Occurrence } from "./types";

/** An occurrence and what its file says of it. */
export interface ReadOccurrence {
  readonly occurrence: Occurrence;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The occurrences that a study is about, and the groups that are judged apart. */
export interface OccurrencesByGroup {
  readonly occurrences: readonly Occurrence[];
  readonly groups: readonly NamedOccurrences[];
}

/**
 * Sorts occurrences by what the manifest says of their properties or columns.
 *
 * @throws InputError when nothing has the values that are asked for
 */
export function occurrencesByGroup(
  all: readonly ReadOccurrence[],
  { file, where, groups = [] }: OccurrenceInput,
): OccurrencesByGroup {
  const about = matching(all, where, "occurrences.where", file);
  return {
    occurrences: about,
    groups: groups.map(({ id, title, where: values }: OccurrenceGroupInput, index) => ({
      ...{ id, title },
      occurrences: matching(all, values, `occurrences.groups[${index}].where`, file),
    })),
  };
}

function matching(
  all: readonly ReadOccurrence[],
  where: PropertyValues | undefined,
  field: string,
  file: string,
): Occurrence[] {
  const wanted = Object.entries(where ?? {});
  const found = all.filter(({ fields }) =>
    wanted.every(([property, values]) => values.map(String).includes(wordOf(fields[property]))),
  );
  if (found.length > 0 || all.length === 0) return found.map(({ occurrence }) => occurrence);
  const [[property]] = wanted;
  const known = [...new Set(all.map(({ fields }) => wordOf(fields[property])))];
  throw new InputError({
    kind: "occurrences",
    file,
    field,
    found: `no occurrence with ${JSON.stringify(where)}`,
    expected: `values that occurrences have; "${property}" is ${known.slice(0, 8).join(", ") || "nowhere"}`,
    remedy: "Mend the names and values in study.json; both are told apart by case.",
  });
}

function wordOf(value: unknown): string {
  return value === null || value === undefined ? "" : String(value).trim();
}
