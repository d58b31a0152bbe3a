import { InputError } from "../errors";
import { canonicalJson } from "./store";

/** What run.json says of notebooks: the parameters that each used, as they applied. */
interface RecordedNotebooks {
  readonly [id: string]: { readonly [field: string]: unknown };
}

/**
 * The parameters that the notebooks of a study's results used, put together.
 *
 * @param file what an error names: the run.json
 * @throws InputError when two notebooks ran with different values of one, so that the results are of
 *   no one method
 */
export function recordedParameters(
  notebooks: RecordedNotebooks,
  file: string,
): { readonly [name: string]: unknown } {
  const all: { [name: string]: unknown } = {};
  const by: { [name: string]: string } = {};
  for (const [id, { parameters }] of Object.entries(notebooks)) {
    for (const [name, value] of Object.entries((parameters ?? {}) as object)) {
      if (name in all && canonicalJson(all[name]) !== canonicalJson(value)) {
        throw new InputError({
          kind: "parameter",
          ...{ file, field: name },
          found: `${JSON.stringify(all[name])} in ${by[name]} and ${JSON.stringify(value)} in ${id}`,
          expected: "one value in all notebooks of a study",
          remedy: "Run the study again with the value that is meant.",
        });
      }
      all[name] = value;
      by[name] = id;
    }
  }
  return all;
}
