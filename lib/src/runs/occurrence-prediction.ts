import { patchFeatures } from "../comparators/features";
import { fitMaximumEntropy, predictMaximumEntropy } from "../comparators/maximum-entropy";
import { type PresencePrediction, predictPresences } from "../evaluation/presence-prediction";
import type { Patches } from "../patches/types";
import { randomStream, shuffledIndices } from "../random";
import type { RunContext } from "./context";
import { contentHash, storedRun } from "./store";

/** Occurrences that predict each other, and as many patches drawn by chance that do. */
export interface OccurrencePrediction {
  readonly known: readonly PresencePrediction[];
  readonly chance: readonly PresencePrediction[];
}

/**
 * Lets known occurrences predict each other by maximum entropy of the patches' mean evidence, which
 * learns from few presences where a network cannot; beside it the same of patches drawn by chance.
 * Computed once and then taken from the run store.
 *
 * @param labels 1 for patches that hold an occurrence
 * @throws InputError as predictPresences
 */
export async function occurrencePrediction(
  run: RunContext,
  patches: Patches,
  labels: Uint8Array,
  options: { readonly learnt: readonly number[]; readonly draws: number },
): Promise<OccurrencePrediction> {
  const line = run.progress("Occurrences that predict each other");
  const table = patchFeatures(patches);
  const { learnt, draws } = options;
  const inputs = { table: contentHash(table.values), labels: contentHash(labels), learnt, draws };
  const { result, fromStore } = await storedRun(
    run.store,
    { step: "occurrence-prediction", inputs: { ...inputs, seed: run.seed } },
    async () => {
      const score = (known: Uint8Array) =>
        predictMaximumEntropy(fitMaximumEntropy(table, known), table);
      const found: { [kind: string]: PresencePrediction[] } = { known: [], chance: [] };
      const kinds = { known: labels, chance: drawnPatches(labels, run.seed) };
      const whole = 2 * learnt.length;
      for (const [kind, presences] of Object.entries(kinds)) {
        for (const count of learnt) {
          const done = found.known.length + found.chance.length;
          line.update(`${kind}, ${count} to learn from`, done / whole);
          // Lets the line be drawn, and the cell be interrupted.
          await new Promise((resolve) => setImmediate(resolve));
          run.signal?.throwIfAborted();
          const single = { learnt: [count], draws, seed: run.seed };
          found[kind].push(...predictPresences(presences, score, single));
        }
      }
      return { known: found.known, chance: found.chance };
    },
  );
  line.finish(fromStore ? "from the run store" : `${draws} draws of each`);
  return result;
}

/** As many patches as hold an occurrence, drawn by chance among all. */
function drawnPatches(labels: Uint8Array, seed: number): Uint8Array {
  const count = labels.reduce((sum, label) => sum + label, 0);
  const drawn = shuffledIndices(labels.length, randomStream(seed, "patches-by-chance"));
  const chance = new Uint8Array(labels.length);
  for (const patch of drawn.slice(0, count)) chance[patch] = 1;
  return chance;
}
