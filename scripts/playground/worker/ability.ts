import { InputError } from "../../../lib/src/errors";
import { kernelVariant } from "../../../lib/src/training/engine/kernels";
import type { Ability } from "../protocol";

/** What this browser can do: threads only where a page may share memory with them. */
export function abilityOf(isolated: boolean, threads: number): Ability {
  try {
    if (typeof WebAssembly === "undefined") throw lacking("no WebAssembly");
    const kernels = kernelVariant();
    requireSharedMemory();
    return { threads, isolated, kernels, lacks: null };
  } catch (error) {
    const lacks = error instanceof Error ? error.message : String(error);
    return { threads, isolated, kernels: null, lacks };
  }
}

/** The kernels work in memory of the kind that threads may share, also where there is one thread. */
function requireSharedMemory(): void {
  try {
    new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  } catch {
    throw lacking("no memory of the kind that threads share");
  }
}

function lacking(found: string): InputError {
  return new InputError({
    kind: "parameter",
    ...{ field: "this browser", found, expected: "WebAssembly with SIMD and threads" },
    remedy:
      "Maps and baselines work; to train, allow WebAssembly in the browser's settings or take a newer one.",
  });
}
