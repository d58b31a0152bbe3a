import { InputError } from "../../errors";

const pageBytes = 65_536;

/** Values that threads may read without copies of their own; a copy unless they are so already. */
export function sharedValues(values: Float32Array): Float32Array {
  if (values.buffer instanceof SharedArrayBuffer) return values;
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
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
}
