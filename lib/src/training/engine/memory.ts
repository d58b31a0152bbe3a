import { InputError } from "../../errors";
import { host } from "./host";

const pageBytes = 65_536;

/**
 * Values that threads may read without copies of their own; a copy unless they are so already. Where
 * nothing can be shared, the one thread there is reads them as they are.
 */
export function sharedValues(values: Float32Array): Float32Array {
  if (!host.sharesMemory || values.buffer instanceof SharedArrayBuffer) return values;
  const shared = new Float32Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
}

/** Memory that threads share, of a size that WebAssembly can address. */
export function sharedMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / pageBytes);
  if (pages > 65_535) {
    throw new InputError({
      kind: "parameter",
      field: "batch",
      found: `${(bytes / 2 ** 30).toFixed(1)} GiB of buffers`,
      expected: "at most 4 GiB, which is what WebAssembly can address",
      remedy: "Train with a smaller batch, or on smaller patches.",
    });
  }
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: host.sharesMemory });
}

/** How long memory that was given back is kept for whoever needs some next. */
const keptMilliseconds = 1000;

const kept = new Set<WebAssembly.Memory>();

/**
 * As sharedMemory, zeros in as many bytes as are asked for, but memory that was given back if some is large
 * enough: memory that is shared waits long to be collected, and many small trainings would fill the machine
 * with it.
 */
export function takeMemory(bytes: number): WebAssembly.Memory {
  const size = ({ buffer }: WebAssembly.Memory) => buffer.byteLength;
  const [smallest] = [...kept]
    .filter((memory) => size(memory) >= bytes)
    .sort((first, second) => size(first) - size(second));
  if (smallest === undefined) return sharedMemory(bytes);
  kept.delete(smallest);
  new Uint8Array(smallest.buffer, 0, bytes).fill(0);
  return smallest;
}

/** Gives memory back that no thread writes to any longer. */
export function giveBackMemory(memory: WebAssembly.Memory): void {
  kept.add(memory);
  host.later(() => kept.delete(memory), keptMilliseconds);
}
