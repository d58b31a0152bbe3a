import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** TensorFlow.js: tensors, and layers to build networks of. */
export type TensorFlow = typeof import("@tensorflow/tfjs-core") &
  typeof import("@tensorflow/tfjs-layers");

/** Which TensorFlow.js this process uses, and where it came from. */
export interface LoadedTensorFlow {
  readonly tf: TensorFlow;
  /** True when it brings TensorFlow's native library. */
  readonly native: boolean;
}

/**
 * Finds TensorFlow.js: the native one where `npm run setup:native` has installed it in a folder
 * .native above, else the portable one. A process must use one and the same throughout, because
 * tensors of one are unknown to the other.
 *
 * @param from folder to look above
 */
export function findTensorFlow(from: string): LoadedTensorFlow {
  const native = nativeFolderAbove(from);
  if (native === null) return { tf: portable(), native: false };
  const load = createRequire(join(native, "package.json"));
  return { tf: load("@tensorflow/tfjs-node") as TensorFlow, native: true };
}

/** The parts that are needed here of what @tensorflow/tfjs brings together, as it does. */
function portable(): TensorFlow {
  require("@tensorflow/tfjs-backend-cpu");
  return { ...require("@tensorflow/tfjs-core"), ...require("@tensorflow/tfjs-layers") };
}

function nativeFolderAbove(from: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const native = join(folder, ".native");
    if (existsSync(join(native, "node_modules", "@tensorflow", "tfjs-node", "package.json"))) {
      return native;
    }
    if (dirname(folder) === folder) return null;
  }
}

/** The TensorFlow.js of this process. */
export const { tf, native: isNative }: LoadedTensorFlow = quietly(() => findTensorFlow(__dirname));

/** Whether the engine computes the networks: beside TensorFlow.js on WebAssembly, not beside others. */
export const engineComputes = (): boolean => tf.getBackend() === "wasm";

/** TensorFlow.js greets on loading with advice that does not hold here; keep it off the notebook. */
function quietly<T>(load: () => T): T {
  const { warn, info, log } = console;
  const silent = () => undefined;
  Object.assign(console, { warn: silent, info: silent, log: silent });
  try {
    return load();
  } finally {
    Object.assign(console, { warn, info, log });
  }
}
