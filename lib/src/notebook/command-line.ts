import { InputError } from "../errors";

/**
 * What the command line set for the notebooks of this process: PROSPECTIVITY_STUDY, _PROFILE and
 * _SEED, and PROSPECTIVITY_SET, a JSON object of texts by the names of parameters.
 *
 * @throws InputError when PROSPECTIVITY_SET is none
 */
export function fromCommandLine(environment: NodeJS.ProcessEnv = process.env): {
  readonly [name: string]: string;
} {
  const named = {
    study: environment.PROSPECTIVITY_STUDY,
    profile: environment.PROSPECTIVITY_PROFILE,
    seed: environment.PROSPECTIVITY_SEED,
  };
  const set = Object.entries(named).filter(([, value]) => value !== undefined && value !== "");
  return { ...textsOf(environment.PROSPECTIVITY_SET), ...Object.fromEntries(set) } as {
    [name: string]: string;
  };
}

function textsOf(text: string | undefined): { readonly [name: string]: string } {
  if (text === undefined || text === "") return {};
  try {
    const texts: unknown = JSON.parse(text);
    if (typeof texts === "object" && texts !== null && !Array.isArray(texts)) {
      return Object.fromEntries(
        Object.entries(texts).map(([name, value]) => [name, String(value)]),
      );
    }
  } catch {
    // Said below, as any other text that is no such object.
  }
  throw new InputError({
    kind: "parameter",
    ...{ field: "PROSPECTIVITY_SET", found: text },
    expected: 'a JSON object of texts, such as {"epochs": "50"}',
    remedy: "npm run study -- --set epochs=50 sets it.",
  });
}
