import type { Kernels } from "./kernel-functions";
import type { ImageBuffer, Layout, ParameterPlace } from "./layout";
import type { EngineLayer } from "./network";

/** A call of a kernel whose arguments are known when the plan is made. */
export interface Call {
  readonly kernel:
    | "clear"
    | "runKernel"
    | "turnKernel"
    | "foldKernel"
    | "unfoldGradient"
    | "weightPlanes";
  readonly args: readonly number[];
}

/** A kernel that reads its arguments from a descriptor and works on some samples. */
export interface Step {
  readonly kernel: "product" | "dots" | "convolve" | "convolveBack";
  readonly at: number;
}

/** Likewise, one that adds to the gradient of weights. */
export interface GradientStep {
  readonly kernel: "outer" | "sumSamples" | "convolveGradient";
  readonly at: number;
}

/** The products that make up a convolution or a dense layer. */
export interface ProductPlan {
  readonly forward: readonly Step[];
  /** What brings weights into the order that forward, or backward, products read. */
  readonly pack: readonly Call[];
  readonly packBackward: readonly Call[];
  /** Products that give the input's gradient. */
  readonly backward: readonly Step[];
  /** What gives the weights' gradient, and what goes before and after it. */
  readonly clear: readonly Call[];
  readonly gradient: readonly GradientStep[];
  readonly gather: readonly Call[];
}

/** What a convolution over planes may do to its outputs besides, in prediction. */
export interface Finish {
  /** Rows (channelRows) to normalise by; 0 for none. */
  readonly folded: number;
  /** Whether to write the maxima of 2 x 2 outputs alone. */
  readonly pools: boolean;
}

export const noFinish: Finish = { folded: 0, pools: false };

/** What products are planned with, beside their layer. */
export interface ProductMemory {
  /** Address of the shared parameters. */
  readonly parameters: number;
  /** Address of the first part's gradients; null where weights have none. */
  readonly gradients: number | null;
  /** Whether nothing goes back. */
  readonly isPrediction: boolean;
  /** Room for the planes of a convolution, which all layers of a thread use in turn. */
  readonly scratch: number;
  readonly finish: Finish;
}

export interface Weighted {
  readonly layer: Extract<EngineLayer, { readonly kind: "convolution" | "dense" }>;
  readonly x: ImageBuffer;
  readonly y: ImageBuffer;
  readonly dx: ImageBuffer | null;
  readonly dy: ImageBuffer;
  readonly place: ParameterPlace;
}

export const noProducts: ProductPlan = {
  forward: [],
  pack: [],
  packBackward: [],
  backward: [],
  clear: [],
  gradient: [],
  gather: [],
};

export function call(kernel: Call["kernel"], ...args: number[]): Call {
  return { kernel, args };
}

/** The same call with its output, which is its last argument, some bytes further. */
export function further({ kernel, args }: Call, bytes: number): Call {
  return { kernel, args: [...args.slice(0, -1), args[args.length - 1] + bytes] };
}

/** Makes a planned call. */
export function make(kernels: Kernels, { kernel, args }: Call): void {
  (kernels[kernel] as (...values: readonly number[]) => void)(...args);
}

/** Notes a descriptor; returns its address. */
export function write(layout: Layout, values: readonly number[]): number {
  const at = layout.take(values.length * 4);
  layout.writes.push({ at, values });
  return at;
}

export function step(layout: Layout, kernel: Step["kernel"], values: readonly number[]): Step {
  return { kernel, at: write(layout, values) };
}

/** A step that adds to the gradient of weights. */
export function sum(
  layout: Layout,
  kernel: GradientStep["kernel"],
  values: readonly number[],
): GradientStep {
  return { kernel, at: write(layout, values) };
}
