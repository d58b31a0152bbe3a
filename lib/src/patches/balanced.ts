/**
 * Patches to train on where few are positive: each other one once, and the positive ones over and over
 * in their order until they are as many, the usual remedy for classes of unlike size (Buda et al.,
 * 2018). Where positives are the more, each patch once.
 *
 * @param numbers of the patches that may be trained on
 * @param labels 1 for positive, else 0, one for each patch there is
 * @returns numbers of patches, positives first
 */
export function balancedPatches(numbers: ArrayLike<number>, labels: Uint8Array): Uint32Array {
  const all = Array.from(numbers);
  const positives = all.filter((patch) => labels[patch] === 1);
  const others = all.filter((patch) => labels[patch] !== 1);
  if (positives.length === 0) return Uint32Array.from(others);
  const repeated = Array.from(
    { length: Math.max(positives.length, others.length) },
    (_, at) => positives[at % positives.length],
  );
  return Uint32Array.from([...repeated, ...others]);
}
