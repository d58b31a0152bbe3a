import { InputError } from "../errors";

/** What is said where an option is needed that nobody gave. */
export function missingOption(field: string, expected: string): InputError {
  return new InputError({ kind: "parameter", field, found: "nothing", expected });
}
