const importSection = 2;
const memoryKind = 2;
const sharedWithMaximum = 3;
const withMaximum = 1;

/**
 * Kernels that work in a memory of their own, of those that work in one which threads share: they are
 * the same but for one byte, the kind of memory that they import. Browsers give shared memory to isolated
 * pages alone, some of them not even to one thread.
 *
 * Source: WebAssembly core specification, 5.5.5 (import section) and 5.3.8 (limits), with threads.
 */
export function withoutSharing(kernels: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const bytes = kernels.slice();
  // Magic and version.
  let at = 8;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const skip = (count: number) => {
    at += count;
  };
  while (bytes[at++] !== importSection) skip(number());
  number();
  const imports = number();
  // Names of module and field, and what is imported.
  skip(number());
  skip(number());
  if (imports !== 1 || bytes[at] !== memoryKind || bytes[at + 1] !== sharedWithMaximum) {
    throw new Error("kernels are expected to import one thing, a shared memory");
  }
  bytes[at + 1] = withMaximum;
  return bytes;
}
