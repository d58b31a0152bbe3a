/** What part of the input is at fault; stable, so that callers can branch on it. */
export type InputErrorKind =
  | "manifest"
  | "missing-file"
  | "checksum"
  | "format"
  | "georeference"
  | "values"
  | "occurrences"
  | "parameter"
  | "storage";

export interface InputErrorDetails {
  readonly kind: InputErrorKind;
  /** The file at fault, as the user named it; absent when the fault is in a parameter. */
  readonly file?: string;
  /** The field, band, feature or parameter at fault. */
  readonly field?: string;
  /** What was found there. */
  readonly found: string;
  /** What was expected there. */
  readonly expected: string;
  /** What the user can do about it. */
  readonly remedy?: string;
}

/**
 * Bad input, said so that it can be mended: which file, which field, what was found, what was
 * expected, what to do. Nothing has been written when it is thrown.
 */
export class InputError extends Error {
  readonly details: InputErrorDetails;

  constructor(details: InputErrorDetails) {
    super(describe(details));
    this.name = "InputError";
    this.details = details;
  }
}

function describe({ file, field, found, expected, remedy }: InputErrorDetails): string {
  const parts = [file, field].filter((part) => part !== undefined);
  const place = parts.map(readable).join(", ");
  const what = `found ${readable(found)}; expected ${readable(expected)}`;
  const sentence = place === "" ? what : `${place}: ${what}`;
  return remedy === undefined ? `${sentence}.` : `${sentence}. ${readable(remedy)}`;
}

/** Characters of a part of a message: what a file holds may be a line of megabytes. */
const MOST_SHOWN = 600;

function readable(text: string): string {
  if (text.length <= MOST_SHOWN) return text;
  return `${text.slice(0, MOST_SHOWN - 100)}... (${text.length} characters)`;
}
