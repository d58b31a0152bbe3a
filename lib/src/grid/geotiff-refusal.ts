import { InputError, type InputErrorKind } from "../errors";

/** Makes the error for something in a file that cannot be read right. */
export type Refuse = (
  field: string,
  found: string,
  expected: string,
  remedy?: string,
) => InputError;

/** Refusals of one kind that name a file. */
export function refusal(file: string, kind: InputErrorKind): Refuse {
  return (field, found, expected, remedy) =>
    new InputError({
      kind,
      file,
      field,
      found,
      expected,
      ...(remedy === undefined ? {} : { remedy }),
    });
}
