import { join } from "node:path";
import { applyMethod } from "../lib/src/method/apply";
import type { MethodFile, Profile } from "../lib/src/method/parameters";
import { readMethod } from "../lib/src/method/read-method";
import { type GivenValues, givenValues, sweepVariants } from "../lib/src/method/sweep";
import { requireVariantName, type Variant } from "../lib/src/method/variant";
import { readVariant, variantFolder, variantNames } from "../lib/src/method/variant-files";

/** One way in which studies are run: as method.json and the command line say, or as a variant. */
export interface RunPlan {
  readonly variant: Variant | null;
  readonly profile: Profile;
  /** Texts of the parameters that are set where there is no variant, the seed among them. */
  readonly set: { readonly [name: string]: string };
}

/** What the command line says of parameters. */
export interface PlanWords {
  readonly name: string | undefined;
  readonly isSweep: boolean;
  readonly profile: Profile | undefined;
  readonly seed: string | undefined;
  /** Names and texts of --set. */
  readonly set: readonly string[];
  readonly results: string;
}

/**
 * The runs that the command line asks for: one, or one a variant of a sweep.
 *
 * @throws InputError for what no parameter takes, a name that is none, and a sweep of nothing
 */
export function runPlans(root: string, words: PlanWords): RunPlan[] {
  const { name, isSweep, profile = "paper", seed, set, results } = words;
  const file = readMethod(join(root, "notebooks", "method.json"));
  const pairs = seed === undefined ? set : [...set, `seed=${seed}`];
  const given = givenValues(file, pairs, isSweep);
  const known = variantNames(results);
  if (name !== undefined) requireVariantName(name, known);
  if (isSweep) {
    const prefix = name === undefined ? "" : `${name}-`;
    const variants = sweepVariants(given, { profile, prefix });
    for (const variant of variants) requireVariantName(variant.name, known);
    return usualFirst(file, variants).map(planOf);
  }
  if (name !== undefined) return [planOf(namedVariant(words, name, given))];
  const texts = pairs.map((pair) => [pair.split("=", 1)[0], pair.slice(pair.indexOf("=") + 1)]);
  return [{ variant: null, profile, set: Object.fromEntries(texts) }];
}

function planOf(variant: Variant): RunPlan {
  return { variant, profile: variant.profile, set: {} };
}

/** A variant by what is set; with nothing set, the one that there is of that name. */
function namedVariant(
  { profile, results }: PlanWords,
  name: string,
  given: readonly GivenValues[],
): Variant {
  const kept = readVariant(variantFolder(results, name));
  if (kept !== null && given.length === 0) return { ...kept, profile: profile ?? kept.profile };
  const settings = Object.fromEntries(given.map(({ name: set, values: [value] }) => [set, value]));
  return { name, profile: profile ?? kept?.profile ?? "paper", settings };
}

/** The variant that sets nothing but what method.json says comes first: others are held against it. */
function usualFirst(file: MethodFile, variants: readonly Variant[]): readonly Variant[] {
  const isUsual = (variant: Variant) => applyMethod(file, { variant }).changes.length === 0;
  return [...variants.filter(isUsual), ...variants.filter((each) => !isUsual(each))];
}
