import { InputError } from "../../errors";

const pageBytes = 65_536;

/** Memory that threads share, of a size that WebAssembly can address. */
export function sharedMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / pageBytes);
  if (pages > 65_535) {
    throw new InputError({
      kind: "parameter",
      field: "patches",
      found: `${(bytes / 2 ** 30).toFixed(1)} GiB of patches and buffers`,
      expected: "at most 4 GiB, which is what WebAssembly can address",
      remedy: "Train on fewer patches, smaller ones, or a smaller batch.",
    });
  }
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
}
