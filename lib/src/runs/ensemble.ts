import { drawBlocks } from "../evaluation/drawn-blocks";
import { patchSubset } from "../patches/select";
import type { Patches } from "../patches/types";
import type { RunContext } from "./context";
import { type ChainOptions, type Replica, type ReplicaTask, trainReplicas } from "./replicas";

/** What an ensemble is made of. */
export interface EnsembleOptions extends ChainOptions {
  readonly proportion: readonly [number, number];
  /** One a replica; the first is the method's own. */
  readonly seeds: readonly number[];
  /** Edge in patches of the blocks that are drawn. */
  readonly blockSize: number;
}

/** Replicas of the method: the first of those by seed is the method itself. */
export interface Ensemble {
  /** That differ by their seed alone: initial weights, order of patches, dropout. */
  readonly seeds: readonly Replica[];
  /**
   * That differ by their seed and by the blocks of ground that trained them; null where all patches
   * lie in one block.
   */
  readonly blocks: readonly Replica[] | null;
}

/**
 * Trains the method anew, once a seed on all patches and once a seed on blocks of them drawn with
 * replacement. Each draw has a seed of its own, too: a training that is disturbed in any way rolls its
 * dice anew, so that the same seed on other data would not be the same chance.
 *
 * @throws as trainReplicas
 */
export async function trainEnsemble(
  run: RunContext,
  patches: Patches,
  { proportion, seeds, blockSize, ...chain }: EnsembleOptions,
): Promise<Ensemble> {
  const common = { scored: patches, proportion };
  const bySeed = seeds.map((seed, at): ReplicaTask => {
    return { ...common, label: `seed ${at + 1}`, trained: patches, seed };
  });
  const byBlocks = seeds.flatMap((seed, at): ReplicaTask[] => {
    const drawn = drawBlocks(patches.places, blockSize, seed);
    if (drawn === null) return [];
    const trained = patchSubset(patches, drawn);
    return [{ ...common, label: `blocks ${at + 1}`, trained, seed }];
  });
  const replicas = await trainReplicas(run, [...bySeed, ...byBlocks], chain);
  return {
    seeds: replicas.slice(0, seeds.length),
    blocks: byBlocks.length === 0 ? null : replicas.slice(seeds.length),
  };
}
