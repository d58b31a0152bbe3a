import { InputError } from "../errors";
import type { OpenChoices } from "../runs/open-choices";

/** How much is computed: everything as published, or just enough to see that all of it works. */
export type Profile = "paper" | "smoke";

/** A parameter with a value for each profile. */
export interface ByProfile<T> {
  readonly paper: T;
  readonly smoke: T;
}

/** Parameters that every notebook has. */
export interface CommonParameters {
  /** Name of a folder in data. */
  readonly study: string;
  readonly profile: Profile;
  /** Whole number; everything random follows from it. */
  readonly seed: number;
  /** Two percentiles of each evidence layer that become 0 and 1; minimum and maximum without it. */
  readonly percentiles?: readonly number[];
  /** Activation of an auto-encoder's last layer, where a notebook has one. */
  readonly outputActivation?: "sigmoid" | "linear";
  /** Other values of what the paper leaves open, in the notebook that varies them. */
  readonly open?: OpenChoices;
}

/** Parameters with one value each. */
export type Resolved<P> = {
  readonly [K in keyof P]: P[K] extends ByProfile<infer T> ? T : P[K];
};

/** Parameters as they apply, and which of them the command line set. */
export interface ResolvedParameters<P> {
  readonly parameters: Resolved<P> & CommonParameters;
  readonly overridden: readonly string[];
}

/**
 * The parameters of a notebook as they apply: the command line's study, profile and seed
 * (PROSPECTIVITY_STUDY, _PROFILE and _SEED) go before those of the cell, and of each parameter with
 * a value by profile the one of this profile is taken.
 *
 * @throws InputError when the profile is unknown or the seed is no whole number
 */
export function resolveParameters<P extends CommonParameters>(
  written: P,
  environment: NodeJS.ProcessEnv = process.env,
): ResolvedParameters<P> {
  const fromCommandLine = {
    study: environment.PROSPECTIVITY_STUDY,
    profile: environment.PROSPECTIVITY_PROFILE,
    seed: environment.PROSPECTIVITY_SEED,
  };
  const overridden = Object.entries(fromCommandLine).flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [name],
  );
  const set = Object.fromEntries(
    Object.entries(fromCommandLine).filter(([name]) => overridden.includes(name)),
  );
  const merged: CommonParameters = { ...written, ...set };
  const profile = requireProfile(merged.profile);
  const common = { ...merged, profile, seed: requireWholeNumber("seed", merged.seed) };
  const resolved = Object.fromEntries(
    Object.entries(common).map(([name, value]) => [name, forProfile(value, profile)]),
  );
  // The mapped type says what the loop has just done, which the compiler cannot follow.
  return { parameters: resolved as unknown as Resolved<P> & CommonParameters, overridden };
}

function forProfile(value: unknown, profile: Profile): unknown {
  const hasBoth =
    typeof value === "object" && value !== null && "paper" in value && "smoke" in value;
  return hasBoth ? (value as ByProfile<unknown>)[profile] : value;
}

function requireProfile(found: string): Profile {
  if (found === "paper" || found === "smoke") return found;
  throw new InputError({
    kind: "parameter",
    field: "profile",
    found,
    expected: "paper or smoke",
  });
}

function requireWholeNumber(field: string, found: number | string): number {
  const text = String(found).trim();
  const value = Number(text);
  if (text !== "" && Number.isSafeInteger(value)) return value;
  throw new InputError({
    kind: "parameter",
    field,
    found: JSON.stringify(found),
    expected: "a whole number",
  });
}
