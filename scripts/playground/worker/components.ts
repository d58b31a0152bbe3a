import { pcaReconstructionErrors } from "../../../lib/src/baselines/pca-error";
import { ownPort } from "./port";

/** Patches whose PCA error is asked for. */
export interface ComponentsQuestion {
  readonly values: Float32Array;
  readonly valuesPerPatch: number;
  readonly varianceShare: number;
}

/** Their errors, or why there are none. */
export type ComponentsReply =
  | { readonly type: "errors"; readonly errors: Float64Array; readonly components: number }
  | { readonly type: "failed"; readonly message: string };

/** Computes the PCA error aside, since it takes long and cannot be stopped but with its worker. */
const port = ownPort<ComponentsQuestion, ComponentsReply>();

port.addEventListener("message", ({ data: { values, valuesPerPatch, varianceShare } }) => {
  try {
    const found = pcaReconstructionErrors(values, valuesPerPatch, { varianceShare });
    port.postMessage({ type: "errors", ...found });
  } catch (error) {
    port.postMessage({ type: "failed", message: error instanceof Error ? error.message : "" });
  }
});
