import { createHash } from "node:crypto";
import { InputError } from "../errors";
import { canonicalJson } from "../runs/store";
import type { Profile } from "./parameters";
import { valueText } from "./value-text";

/** Settings of the method that are tried under a name, beside those of method.json. */
export interface Variant {
  readonly name: string;
  readonly profile: Profile;
  /** Values of the parameters that it sets, the seed among them; all others are method.json's. */
  readonly settings: { readonly [name: string]: unknown };
}

/** What the results of no variant are called: those of the method as method.json has it. */
export const DEFAULT_NAME = "default";

/** Letters of a name; as many as a folder's name can hold together with others. */
const MOST_LETTERS = 80;

/**
 * A name as a folder may have it everywhere: letters, digits, dashes and points, a letter or digit
 * first and last.
 *
 * @param others names of variants that there are; one that differs by capitals alone is refused,
 *   since some disks hold both for the same
 * @throws InputError that says what a name is
 */
export function requireVariantName(name: string, others: readonly string[] = []): string {
  const refuse = (expected: string): never => {
    throw new InputError({
      kind: "parameter",
      ...{ field: "--name", found: `"${name}"`, expected },
      remedy: "Choose another name, such as wide or epochs-50.",
    });
  };
  if (name.toLowerCase() === DEFAULT_NAME) {
    refuse("a name of the variant's own: results without one are the default's");
  }
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(name)) {
    refuse("letters, digits, - and ., a letter or digit first and last");
  }
  if (name.length > MOST_LETTERS) refuse(`${MOST_LETTERS} letters at most`);
  const alike = others.find(
    (other) => other !== name && other.toLowerCase() === name.toLowerCase(),
  );
  if (alike !== undefined) refuse(`"${alike}", or a name that differs by more than capitals`);
  return name;
}

/**
 * What two variants set differently, one text a parameter, such as "filters 64, 128 instead of 32,
 * 16"; none where they are the same.
 */
export function variantDifferences(asked: Variant, kept: Variant): string[] {
  const all = [asked, kept].map(({ profile, settings }) => ({ ...settings, profile }));
  const [ours, theirs] = all as { readonly [name: string]: unknown }[];
  const names = [...new Set(all.flatMap((each) => Object.keys(each)))];
  const textOf = (value: unknown) => (value === undefined ? "not set" : valueText(value));
  return names
    .filter((name) => canonicalJson(ours[name]) !== canonicalJson(theirs[name]))
    .map((name) => `${name} ${textOf(ours[name])} instead of ${textOf(theirs[name])}`);
}

/** Letters of a folder's name that are all names of a comparison. */
const MOST_JOINED = 120;

/**
 * What a comparison of variants is called, such as "default+wide"; of so many that no folder would
 * hold their names, the first, how many others, and a number that is theirs alone.
 */
export function comparisonName(names: readonly string[]): string {
  const joined = names.join("+");
  if (joined.length <= MOST_JOINED) return joined;
  const number = createHash("sha256").update(joined).digest("hex").slice(0, 8);
  return `${names[0]}+${names.length - 1}-others-${number}`;
}
