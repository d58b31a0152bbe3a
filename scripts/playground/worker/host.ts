import type { EngineHost } from "../../../lib/src/training/engine/host-types";

/** What a worker is told of the browser before it trains or predicts. */
export interface BrowserHost extends Pick<EngineHost, "cores" | "sharesMemory" | "startThread"> {
  readonly kernels: Kernels;
}

/** Bytes of the two kernels. */
export interface Kernels {
  readonly relaxed: Uint8Array<ArrayBuffer>;
  readonly plain: Uint8Array<ArrayBuffer>;
}

let told: BrowserHost | null = null;

/** Says what this browser gives the engine, before anything is trained or predicted. */
export function provideHost(provided: BrowserHost): void {
  told = provided;
}

function provided(): BrowserHost {
  if (told === null) throw new Error("the engine was asked before it was told what runs it");
  return told;
}

/** A browser, in the place of the engine's Node (lib/src/training/engine/host.ts). */
export const host: EngineHost = {
  get cores() {
    return provided().cores;
  },
  get sharesMemory() {
    return provided().sharesMemory;
  },
  kernels: (variant) => provided().kernels[variant === "SIMD" ? "plain" : "relaxed"],
  // No browser is to be asked.
  wantRelaxed: () => undefined,
  startThread: () => provided().startThread(),
  later(work, milliseconds) {
    const timer = setTimeout(work, milliseconds);
    return () => clearTimeout(timer);
  },
};
