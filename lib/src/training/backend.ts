import { dirname, join } from "node:path";
import { setWasmPaths, version_wasm } from "@tensorflow/tfjs-backend-wasm";
import { InputError } from "../errors";
import { isNative, tf } from "../tensorflow";
import { host } from "./engine/host";
import { kernelVariant } from "./engine/kernels";
import { filterGradient, inputGradient } from "./kernels/convolution-gradients";
import { poolingGradient } from "./kernels/pooling-gradient";

/** What computes: TensorFlow's native library, WebAssembly, or plain JavaScript for reference. */
export type BackendName = "native" | "wasm" | "cpu";

/** The backend that ran, as it is shown and recorded with every result. */
export interface BackendInfo {
  readonly name: BackendName;
  readonly version: string;
  /** Threads that share each batch of a training; 0 when the backend decides. */
  readonly threads: number;
}

const tfjsNames = { native: "tensorflow", wasm: "wasm", cpu: "cpu" } as const;

/**
 * Starts a backend and makes it the one that computes. Without a preference it is the native one
 * where it is installed, else WebAssembly with this package's kernels. There is no falling back:
 * a backend that cannot start is an error.
 *
 * @throws InputError when the backend cannot start
 */
export async function useBackend(
  name: BackendName = isNative ? "native" : "wasm",
): Promise<BackendInfo> {
  if (name === "native" && !isNative) {
    throw cannotStart(name, "is not installed", "Run npm run setup:native, or use wasm.");
  }
  if (name === "wasm") prepareWasm();
  const started = await tf.setBackend(tfjsNames[name]);
  if (!started) throw cannotStart(name, "did not start", "Run npm run setup again.");
  await tf.ready();
  // The native library spreads its work as it sees fit, the engine over all cores; plain JavaScript
  // keeps to one.
  const threads = { native: 0, wasm: host.cores, cpu: 1 }[name];
  // The kernels' kind is part of the version, because results differ by rounding between the two.
  const version = name === "wasm" ? `${version_wasm}, ${kernelVariant()}` : tf.version_core;
  return { name, version, threads };
}

let isPrepared = false;

function prepareWasm(): void {
  if (isPrepared) return;
  isPrepared = true;
  const main = require.resolve("@tensorflow/tfjs-backend-wasm");
  setWasmPaths(join(dirname(main), "/"));
  for (const kernel of [filterGradient, inputGradient, poolingGradient]) {
    if (tf.getKernel(kernel.kernelName, "wasm")) tf.unregisterKernel(kernel.kernelName, "wasm");
    tf.registerKernel(kernel);
  }
}

function cannotStart(name: BackendName, found: string, remedy: string): InputError {
  return new InputError({
    kind: "parameter",
    field: `backend ${name}`,
    found: `that it ${found}`,
    expected: "a backend that starts",
    remedy,
  });
}
