import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { InputError } from "./errors";

/** A stream of pseudo-random numbers; every draw advances it. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Uniform whole number in [0, bound). */
  below(bound: number): number;
  /** Standard normal. */
  normal(): number;
}

/**
 * The stream that belongs to a seed and a purpose: the same two give the same numbers on every
 * machine, and two purposes of one seed give unrelated streams.
 *
 * @param seed whole number
 * @param purpose what the numbers are for, such as "weights/conv1"
 * @throws InputError when the seed is not a whole number
 */
export function randomStream(seed: number, purpose: string): Random {
  const generator = xoroshiro128plus(derivedSeed(seed, purpose));
  const uniform = () => uniformFloat64(generator);
  return {
    uniform,
    below: (bound) => uniformInt(generator, 0, bound - 1),
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}

/**
 * A 32-bit seed for a purpose (FNV-1a over the seed and the purpose).
 *
 * @throws InputError when the seed is not a whole number
 */
export function derivedSeed(seed: number, purpose: string): number {
  if (!Number.isSafeInteger(seed)) {
    throw new InputError({
      kind: "parameter",
      field: "seed",
      found: String(seed),
      expected: "a whole number",
    });
  }
  let hash = 0x811c9dc5;
  for (const character of `${seed}/${purpose}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) as number), 0x01000193);
  }
  return hash | 0;
}

/** The whole numbers below count in random order (Fisher-Yates). */
export function shuffledIndices(count: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const held = order[last];
    order[last] = order[other];
    order[other] = held;
  }
  return order;
}
