import { InputError } from "../../errors";
import { host } from "./host";
import type { Kernels } from "./kernel-functions";

interface CompiledKernels {
  readonly module: WebAssembly.Module;
  /** "relaxed SIMD" where products are added in one rounding, else "SIMD". */
  readonly variant: "relaxed SIMD" | "SIMD";
}

let compiled: CompiledKernels | null = null;

/**
 * Takes the faster kernels where this machine can run them.
 *
 * @throws InputError where WebAssembly knows no SIMD
 */
function compile(): CompiledKernels {
  const relaxed = host.kernels("relaxed SIMD");
  if (!WebAssembly.validate(relaxed)) host.wantRelaxed();
  const variant = WebAssembly.validate(relaxed) ? "relaxed SIMD" : "SIMD";
  const bytes = host.kernels(variant);
  if (WebAssembly.validate(bytes)) return { module: new WebAssembly.Module(bytes), variant };
  throw new InputError({
    kind: "parameter",
    field: "WebAssembly",
    found: "no SIMD",
    expected: "WebAssembly with SIMD, which computes the networks",
    remedy: "Take a newer browser, or another computer.",
  });
}

/**
 * Which kernels run here; results differ by rounding between the two.
 *
 * @throws InputError where none does
 */
export function kernelVariant(): CompiledKernels["variant"] {
  compiled ??= compile();
  return compiled.variant;
}

/** The kernels, working in a memory that threads may share. */
export function kernelsIn(memory: WebAssembly.Memory): Kernels {
  compiled ??= compile();
  const instance = new WebAssembly.Instance(compiled.module, { env: { memory } });
  return instance.exports as unknown as Kernels;
}
