import { sharedValues } from "../training/engine/memory";

/** Patch values by their hash; those of several trials are held once, until the last has ended. */
export function sharedPatches(hashes: readonly string[]) {
  const users = new Map<string, number>();
  for (const hash of hashes) users.set(hash, (users.get(hash) ?? 0) + 1);
  const held = new Map<string, Float32Array>();
  return async <T>(
    hash: string,
    values: Float32Array,
    use: (shared: Float32Array) => Promise<T>,
  ): Promise<T> => {
    const shared = held.get(hash) ?? sharedValues(values);
    held.set(hash, shared);
    try {
      return await use(shared);
    } finally {
      const left = (users.get(hash) ?? 1) - 1;
      users.set(hash, left);
      if (left === 0) held.delete(hash);
    }
  };
}
