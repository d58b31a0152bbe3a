import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";

/** What lib/kernels compiles to; addresses and strides in bytes, see the sources for each. */
export interface Kernels {
  product(descriptor: number, samples: number): void;
  dots(descriptor: number, samples: number): void;
  outer(descriptor: number, samples: number): void;
  clear(at: number, bytes: number): void;
  gather(
    values: number,
    order: number,
    samples: number,
    size: number,
    channels: number,
    x: number,
    ns: number,
    hs: number,
    cs: number,
  ): void;
  pool(
    x: number,
    xns: number,
    xhs: number,
    y: number,
    yns: number,
    yhs: number,
    samples: number,
    h: number,
    w: number,
    c: number,
  ): void;
  poolGradient(
    x: number,
    y: number,
    dy: number,
    dx: number,
    xns: number,
    xhs: number,
    yns: number,
    yhs: number,
    samples: number,
    h: number,
    w: number,
    c: number,
  ): void;
  grow: Kernels["pool"];
  growGradient: Kernels["pool"];
  reluGradient(y: number, dy: number, bytes: number): void;
  sumPixels(
    x: number,
    ns: number,
    hs: number,
    samples: number,
    h: number,
    w: number,
    c: number,
    out: number,
  ): void;
  sumSquares(
    x: number,
    ns: number,
    hs: number,
    samples: number,
    h: number,
    w: number,
    c: number,
    mean: number,
    out: number,
  ): void;
  sumProducts(
    x: number,
    dy: number,
    ns: number,
    hs: number,
    samples: number,
    h: number,
    w: number,
    c: number,
    mean: number,
    out: number,
  ): void;
  combine(
    u: number,
    v: number,
    y: number,
    ns: number,
    hs: number,
    samples: number,
    h: number,
    w: number,
    c: number,
    a: number,
    b: number,
    e: number,
  ): void;
  dropout(
    x: number,
    xns: number,
    xhs: number,
    y: number,
    yns: number,
    yhs: number,
    samples: number,
    first: number,
    h: number,
    w: number,
    c: number,
    key: number,
    rate: number,
  ): void;
  sigmoid(y: number, ns: number, hs: number, samples: number, h: number, rowBytes: number): void;
  squaredError(y: number, hs: number, cs: number, target: number, size: number, c: number): number;
  squaredErrorGradient(
    y: number,
    dy: number,
    hs: number,
    cs: number,
    target: number,
    size: number,
    c: number,
    scale: number,
    isSigmoid: number,
  ): number;
  rmsprop(
    w: number,
    s: number,
    g: number,
    apart: number,
    threads: number,
    from: number,
    to: number,
    rate: number,
    decay: number,
    epsilon: number,
  ): void;
  turnKernel(
    w: number,
    ws: number,
    taps: number,
    inputs: number,
    outputs: number,
    out: number,
    outWs: number,
  ): void;
  foldKernel(w: number, ws: number, inputs: number, out: number): void;
  unfoldGradient(sets: number, ws: number, inputs: number, out: number): void;
  runKernel(
    w: number,
    ws: number,
    taps: number,
    inputs: number,
    outputs: number,
    out: number,
    outWs: number,
    cs: number,
  ): void;
}

/** Where this folder stands once compiled, also when this module runs from its source. */
export const compiledFolder = __dirname.replace(/src(?=[/]training[/]engine$)/, "dist");

interface CompiledKernels {
  readonly module: WebAssembly.Module;
  /** "relaxed SIMD" where products are added in one rounding, else "SIMD". */
  readonly variant: "relaxed SIMD" | "SIMD";
}

let compiled: CompiledKernels | null = null;

/** Takes the faster kernels where this Node can run them; Node 20 must be asked to. */
function compile(): CompiledKernels {
  const bytesOf = (name: string) => readFileSync(join(compiledFolder, name));
  const relaxed = bytesOf("kernels-relaxed.wasm");
  if (!WebAssembly.validate(relaxed)) setFlagsFromString("--experimental-wasm-relaxed-simd");
  return WebAssembly.validate(relaxed)
    ? { module: new WebAssembly.Module(relaxed), variant: "relaxed SIMD" }
    : { module: new WebAssembly.Module(bytesOf("kernels.wasm")), variant: "SIMD" };
}

/** Which kernels run here; results differ by rounding between the two. */
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
