import type { Patches } from "../patches/types";
import { sharedValues } from "../training/engine/memory";
import { contentHash } from "./store";

/** Patch values of trials. */
export interface SharedPatches {
  /** SHA-256 of each trial's values; those of several trials are read once. */
  readonly hashes: readonly string[];
  /** Gives a trial its values in memory that threads share, held once until the last of them has ended. */
  use<T>(trial: number, work: (values: Float32Array) => Promise<T>): Promise<T>;
}

/** @param patches one a trial, in their order */
export function sharedPatches(patches: readonly Patches[]): SharedPatches {
  const known = new Map<Float32Array, string>();
  const hashes = patches.map(({ values }) => {
    const hash = known.get(values) ?? contentHash(values);
    known.set(values, hash);
    return hash;
  });
  const users = new Map<string, number>();
  for (const hash of hashes) users.set(hash, (users.get(hash) ?? 0) + 1);
  const held = new Map<string, Float32Array>();
  return {
    hashes,
    async use(trial, work) {
      const hash = hashes[trial];
      const shared = held.get(hash) ?? sharedValues(patches[trial].values);
      held.set(hash, shared);
      try {
        return await work(shared);
      } finally {
        const left = (users.get(hash) ?? 1) - 1;
        users.set(hash, left);
        if (left === 0) held.delete(hash);
      }
    },
  };
}
