import {
  type PcaError,
  type PcaErrorOptions,
  pcaReconstructionErrors,
} from "../baselines/pca-error";
import type { Patches } from "../patches/types";
import type { RunContext } from "./context";
import { contentHash, storedRun } from "./store";

/** The PCA reconstruction error of each patch, and the seconds that it took. */
export interface PcaErrorRun extends PcaError {
  readonly seconds: number;
}

/** The PCA reconstruction error of each patch, computed once and then taken from the run store. */
export async function pcaErrorRun(
  run: RunContext,
  patches: Patches,
  { varianceShare }: PcaErrorOptions,
): Promise<PcaErrorRun> {
  const line = run.progress("PCA reconstruction error");
  const inputs = { patches: contentHash(patches.values), varianceShare };
  const valuesPerPatch = patches.values.length / patches.places.length;
  const { result, fromStore } = await storedRun(
    run.store,
    { step: "pca-error-timed", inputs },
    async () => {
      line.update("computing");
      // Lets the line be drawn before the decomposition takes the thread.
      await new Promise((resolve) => setImmediate(resolve));
      const start = performance.now();
      const found = pcaReconstructionErrors(patches.values, valuesPerPatch, { varianceShare });
      return { ...found, seconds: (performance.now() - start) / 1000 };
    },
  );
  line.finish(fromStore ? "from the run store" : `${result.components} components`);
  return result;
}
