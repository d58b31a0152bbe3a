import { InputError } from "../../../lib/src/errors";
import { kernelVariant } from "../../../lib/src/training/engine/kernels";
import type { Ability } from "../protocol";

/** What this browser can do: threads only where a page may share memory with them. */
export function abilityOf(isolated: boolean, threads: number): Ability {
  try {
    if (typeof WebAssembly === "undefined") throw noWebAssembly();
    return { threads, isolated, kernels: kernelVariant(), lacks: null };
  } catch (error) {
    const lacks = error instanceof Error ? error.message : String(error);
    return { threads, isolated, kernels: null, lacks };
  }
}

function noWebAssembly(): InputError {
  return new InputError({
    kind: "parameter",
    ...{ field: "this browser", found: "no WebAssembly", expected: "WebAssembly with SIMD" },
    remedy:
      "Maps and baselines work; to train, allow WebAssembly in the browser's settings or take a newer one.",
  });
}
