import { InputError } from "../errors";
import type { Method, MethodFile, MethodName, Profile } from "./parameters";
import { requireMethodName } from "./value";
import { valueFromText } from "./value-text";
import { requireVariantName, type Variant } from "./variant";

/** Variants that one sweep makes at most. */
export const MOST_VARIANTS = 64;

/** One parameter and the values that the command line gives it, in the order given. */
export interface GivenValues {
  readonly name: MethodName;
  readonly values: readonly Method[MethodName][];
}

/**
 * Values of --set NAME=TEXT, by parameter in the order of their first mention.
 *
 * @param hasSeveral whether a parameter may have several values, as in a sweep: with ";" between
 *   them, or named again; of a parameter that is no list, with commas, too
 * @throws InputError for what is no name, for a value that the parameter does not take, and for a
 *   second value where one is wanted
 */
export function givenValues(
  file: MethodFile,
  pairs: readonly string[],
  hasSeveral: boolean,
): GivenValues[] {
  const given = new Map<MethodName, Method[MethodName][]>();
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    if (at < 1) throw noPair(pair);
    const name = requireMethodName(pair.slice(0, at), "--set");
    const isList = Array.isArray(file.parameters[name].value);
    const separator = isList ? /;/ : /[;,]/;
    const text = pair.slice(at + 1);
    const texts = hasSeveral ? text.split(separator) : [text];
    const values = texts.map((each) => valueFromText(name, each.trim(), file));
    const before = given.get(name);
    if (before !== undefined && !hasSeveral) throw setTwice(name);
    given.set(name, [...(before ?? []), ...values]);
  }
  return [...given].map(([name, values]) => ({ name, values: withoutRepeats(name, values) }));
}

/**
 * One variant for each value of the swept parameters, which are those with several values; of two
 * or more, one for each pair of values, or more of them. What has one value holds in all.
 *
 * @param prefix set before each name, such as "wide-"
 * @throws InputError when no parameter has several values, or variants would be too many
 */
export function sweepVariants(
  given: readonly GivenValues[],
  { profile, prefix = "" }: { readonly profile: Profile; readonly prefix?: string },
): Variant[] {
  const swept = given.filter(({ values }) => values.length > 1);
  const count = swept.reduce((product, { values }) => product * values.length, 1);
  if (swept.length === 0) throw nothingSwept(given);
  if (count > MOST_VARIANTS) {
    const sizes = swept.map(({ name, values }) => `${values.length} of ${name}`).join(" by ");
    throw sweepError(`${count} variants (${sizes})`, `${MOST_VARIANTS} at most`, "Leave some out.");
  }
  const fixed = Object.fromEntries(
    given
      .filter(({ values }) => values.length === 1)
      .map(({ name, values: [value] }) => [name, value]),
  );
  const grid = swept.reduce<readonly (readonly (readonly [MethodName, unknown])[])[]>(
    (rows, { name, values }) =>
      rows.flatMap((row) => values.map((value) => [...row, [name, value] as const])),
    [[]],
  );
  const variants = grid.map((row) => ({
    name: requireVariantName(prefix + row.map(([name, value]) => nameOf(name, value)).join("-")),
    profile,
    settings: { ...fixed, ...Object.fromEntries(row) },
  }));
  const names = variants.map(({ name }) => name.toLowerCase());
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return variants;
  throw sweepError(`two variants called ${twice}`, "values that differ by letters or digits");
}

/** A parameter and its value as a name, such as "filters-16-8". */
function nameOf(name: MethodName, value: unknown): string {
  const parts = [value]
    .flat(Number.POSITIVE_INFINITY)
    .map((part) =>
      (typeof part === "object" ? JSON.stringify(part) : String(part)).replace(
        /[^a-z0-9.-]+/gi,
        "-",
      ),
    );
  return `${name}-${parts.join("-").replace(/[-.]+$/, "") || "none"}`;
}

function withoutRepeats<T>(name: string, values: readonly T[]): readonly T[] {
  const texts = values.map((value) => JSON.stringify(value));
  const twice = texts.find((text, at) => texts.indexOf(text) !== at);
  if (twice === undefined) return values;
  throw sweepError(`${name} ${twice} twice`, "each value once");
}

function noPair(pair: string): InputError {
  return sweepError(`"${pair}"`, "a name, = and a value, such as epochs=50");
}

function setTwice(name: string): InputError {
  const remedy = "--sweep makes a variant of each value.";
  return sweepError(`${name} twice`, "one value a parameter", remedy);
}

function nothingSwept(given: readonly GivenValues[]): InputError {
  const found =
    given.length === 0 ? "no --set" : given.map(({ name }) => `one value of ${name}`).join(", ");
  return sweepError(
    `--sweep with ${found}`,
    "two values of a parameter at least",
    'Such as --set epochs=10,20,50, or of a list --set "filters=8,4;16,8".',
  );
}

function sweepError(found: string, expected: string, remedy?: string): InputError {
  return new InputError({
    kind: "parameter",
    ...{ field: "--set", found, expected },
    ...(remedy !== undefined && { remedy }),
  });
}
