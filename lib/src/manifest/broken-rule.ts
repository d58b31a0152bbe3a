/** What a rule of the manifest says when it is broken. */
export interface BrokenRule {
  readonly field: string;
  readonly found: string;
  readonly expected: string;
  readonly remedy?: string;
}

/** A rule broken for each value that occurs again. */
export function repeated(field: string, values: readonly string[]): BrokenRule[] {
  return values
    .filter((value, index) => values.indexOf(value) !== index)
    .map((twice) => ({ field, found: `"${twice}" twice`, expected: "each once" }));
}
