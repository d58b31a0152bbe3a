/** What a study cannot have, standing in place of a result. */
export interface Skipped {
  /** Why, as the end of a sentence: "study x has no geochemical samples". */
  readonly because: string;
}

/** A result, or why there is none. */
export type Found<T> = T | Skipped;

/** Says why a study has no such result. */
export function skipped(because: string): Skipped {
  return { because };
}

/** Whether a result is none. */
export function isSkipped(found: unknown): found is Skipped {
  return (
    typeof found === "object" &&
    found !== null &&
    Object.keys(found).length === 1 &&
    "because" in found &&
    typeof found.because === "string"
  );
}

/**
 * What is made of a result; where there is none, the reason goes on in its place. So a notebook
 * draws or tells of what a study may lack without asking whether it has it.
 */
export function given<T, R>(found: Found<T>, use: (result: T) => R): R | Skipped {
  return isSkipped(found) ? found : use(found);
}

/** One plain sentence in place of a result, such as "*Variogram: skipped, because ...*". */
export function skippedSentence({ because }: Skipped, what?: string): string {
  return what === undefined
    ? `*Skipped, because ${because}.*`
    : `*${what}: skipped, because ${because}.*`;
}
