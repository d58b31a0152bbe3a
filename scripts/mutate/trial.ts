import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Bench } from "./bench";
import { type Mutant, mutated } from "./mutants";
import { type ImportGraph, importGraph, testsReaching } from "./reach";

/** What became of a mutant. */
export interface Outcome {
  readonly mutant: Mutant;
  /** The test that noticed it, or null where all passed. */
  readonly foundBy: string | null;
}

/** Tests of a file that are run, the nearest first: a number that only far ones hold is not held. */
const NEAREST = 8;
/** A test file that takes longer without any mutant is left out. */
const SLOW_MS = 20_000;

/** Tries mutants in a bench, one after another. */
export function trials(root: string, bench: Bench): (mutant: Mutant) => Promise<Outcome> {
  const graph: ImportGraph = importGraph(root);
  const durations = new Map<string, number>();

  const usualMs = async (test: string) => {
    const known = durations.get(test);
    if (known !== undefined) return known;
    const start = performance.now();
    const finding = await bench.run(test, SLOW_MS);
    if (finding !== null && finding.by !== null) {
      throw new Error(`${test} fails without any mutant: ${finding.by}`);
    }
    const taken = finding === null ? Infinity : performance.now() - start;
    durations.set(test, taken);
    return taken;
  };

  return async (mutant) => {
    const text = readFileSync(join(root, mutant.file), "utf8");
    for (const { test } of testsReaching(graph, mutant.file).slice(0, NEAREST)) {
      // Before the change is written: what the test takes without it is the measure of its limit.
      const usual = await usualMs(test);
      if (usual === Infinity) continue;
      const limitMs = 10_000 + 3 * usual;
      bench.write(mutant.file, mutated(text, mutant));
      const finding = await bench.run(test, limitMs);
      bench.write(mutant.file, text);
      if (finding === null) return { mutant, foundBy: `${test}: no end in time` };
      if (finding.by !== null) return { mutant, foundBy: finding.by };
    }
    return { mutant, foundBy: null };
  };
}
