import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { randomStream, shuffledIndices } from "../../lib/src/random";
import { keyOf, type Mutant, mutantsOf } from "./mutants";

/** A mutant that can change no result, and why. */
export interface Equivalent {
  readonly file: string;
  readonly within: string;
  readonly text: string;
  readonly becomes: string;
  readonly reason: string;
}

/** The mutants of a room, such as patches, of one file, such as grid/grid, or of all where empty. */
export function mutantsOfRoom(root: string, room: string): Mutant[] {
  return readdirSync(join(root, "lib", "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
    .filter((name) => room === "" || name.startsWith(`${room}/`) || name === `${room}.ts`)
    .sort()
    .flatMap((name) => {
      const file = `lib/src/${name}`;
      return mutantsOf(file, readFileSync(join(root, file), "utf8"));
    });
}

/** So many of the mutants, drawn without preference and kept in the order of their files. */
export function sampleOf(mutants: readonly Mutant[], count: number, seed: number): Mutant[] {
  const order = shuffledIndices(mutants.length, randomStream(seed, "mutants"));
  return [...order.subarray(0, count)].sort((one, other) => one - other).map((at) => mutants[at]);
}

/** The list of mutants that are known to be equivalent. */
export function equivalents(root: string): Equivalent[] {
  return JSON.parse(readFileSync(join(root, "scripts", "mutate", "equivalent.json"), "utf8"));
}

/** Whether a mutant stands in the list. */
export function isEquivalent(mutant: Mutant, list: readonly Equivalent[]): boolean {
  return list.some((known) => keyOf(known) === keyOf(mutant));
}
