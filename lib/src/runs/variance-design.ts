import { drawBlocks } from "../evaluation/drawn-blocks";
import { dropBand, patchSubset } from "../patches/select";
import type { Patches } from "../patches/types";
import { randomStream, shuffledIndices } from "../random";
import type { RunContext } from "./context";
import type { Ensemble } from "./ensemble";
import { type ChainOptions, type Replica, type ReplicaTask, trainReplicas } from "./replicas";

/** A source of few values: which shares are labelled, how layers are scaled, which layer is missing. */
export type ValuedSource = "labels" | "scaling" | "layer";

/** Replicas by value of a source, all else as the method has it. */
export interface CrossedReplicas {
  readonly source: ValuedSource;
  /** Names of the values, the method's own first. */
  readonly values: readonly string[];
  /** [value][seed], the same seeds for each. */
  readonly replicas: readonly (readonly Replica[])[];
}

/** What the variance of a map is decomposed from. */
export interface VarianceDesign {
  readonly crossed: readonly CrossedReplicas[];
  /** In which seed, blocks and all values are drawn together. */
  readonly together: readonly Replica[];
}

/** What is varied, and between what. */
export interface DesignOptions extends ChainOptions {
  /** Patches as the method has them, and under the other scaling, in the same order. */
  readonly patches: Patches;
  readonly rescaled: Patches;
  /** Names of the two scalings. */
  readonly scalings: readonly [string, string];
  /** Shares labelled, the method's own first. */
  readonly proportions: readonly (readonly [number, number])[];
  /** Seeds of the ensemble, and others for the replicas in which all is drawn together. */
  readonly seeds: readonly number[];
  readonly otherSeeds: readonly number[];
  readonly blockSize: number;
}

/** Seeds that labels and scaling are crossed with, of those of the ensemble, and those of the layers. */
const LAYER_SEEDS = 2;
const leastHalf = (count: number) => Math.max(2, Math.floor(count / 2));

/**
 * Trains what a decomposition needs: each source of few values with the same seeds for every value, and
 * replicas in which all sources are drawn together, each value as often as any other. What the ensemble
 * holds already is taken from there. A layer is left out of several only.
 *
 * @throws as trainReplicas
 */
export async function varianceDesign(
  run: RunContext,
  ensemble: Ensemble,
  options: DesignOptions,
): Promise<VarianceDesign> {
  const { patches, rescaled, proportions, scalings, seeds } = options;
  const some = seeds.slice(0, leastHalf(seeds.length));
  const [usual] = proportions;
  const whole = { trained: patches, scored: patches, proportion: usual };
  const layers = patches.bands.length > 1 ? patches.bands : [];
  const sources: readonly Varied[] = [
    {
      ...{ source: "labels", seeds: some, usual: percentName(usual) },
      others: proportions.slice(1).map((proportion) => ({
        ...{ name: percentName(proportion), task: () => ({ ...whole, proportion }) },
      })),
    },
    {
      ...{ source: "scaling", seeds: some, usual: scalings[0] },
      others: [
        { name: scalings[1], task: () => ({ ...whole, trained: rescaled, scored: rescaled }) },
      ],
    },
    {
      ...{ source: "layer", seeds: seeds.slice(0, LAYER_SEEDS), usual: "all layers" },
      others: layers.map((band) => ({
        name: `without ${band}`,
        task: () => {
          const without = dropBand(patches, band);
          return { ...whole, trained: without, scored: without };
        },
      })),
    },
  ];
  const crossed: CrossedReplicas[] = [];
  for (const source of sources.filter(({ others }) => others.length > 0)) {
    crossed.push(await crossedReplicas(run, ensemble, source, options));
  }
  const together = await trainReplicas(run, togetherTasks(options, layers), options);
  return { crossed, together };
}

type Chain = Pick<ReplicaTask, "trained" | "scored" | "proportion">;

/** A source with the method's own value and others; what these train is made when it is trained. */
interface Varied {
  readonly source: ValuedSource;
  readonly seeds: readonly number[];
  readonly usual: string;
  readonly others: readonly { readonly name: string; readonly task: () => Chain }[];
}

async function crossedReplicas(
  run: RunContext,
  ensemble: Ensemble,
  { source, seeds, usual, others }: Varied,
  chain: ChainOptions,
): Promise<CrossedReplicas> {
  const tasks = others.flatMap(({ name, task }) => {
    const made = task();
    return seeds.map((seed, at) => ({ ...made, label: `${name}, seed ${at + 1}`, seed }));
  });
  const replicas = await trainReplicas(run, tasks, chain);
  const byValue = others.map((_, at) => replicas.slice(at * seeds.length, (at + 1) * seeds.length));
  return {
    source,
    values: [usual, ...others.map(({ name }) => name)],
    replicas: [ensemble.seeds.slice(0, seeds.length), ...byValue],
  };
}

/** Everything drawn at once; each value of a source is dealt as often as any other, give or take one. */
function togetherTasks(
  { patches, rescaled, proportions, otherSeeds, blockSize }: DesignOptions,
  layers: readonly string[],
): ReplicaTask[] {
  const count = otherSeeds.length;
  const [seed] = otherSeeds;
  const shares = dealt(proportions, count, seed, "labels");
  const scaled = dealt([patches, rescaled], count, seed, "scaling");
  const missing = dealt([null, ...layers], count, seed, "layer");
  return otherSeeds.map((own, at): ReplicaTask => {
    const band = missing[at];
    const scored = band === null ? scaled[at] : dropBand(scaled[at], band);
    const drawn = drawBlocks(scored.places, blockSize, own);
    const trained = drawn === null ? scored : patchSubset(scored, drawn);
    const label = `all together ${at + 1}`;
    return { label, trained, scored, seed: own, proportion: shares[at] };
  });
}

/** Values in a random order, none oftener than another by more than one. */
function dealt<Value>(values: readonly Value[], count: number, seed: number, purpose: string) {
  const random = randomStream(seed, `dealt-${purpose}`);
  const order: Value[] = [];
  while (order.length < count) {
    order.push(...Array.from(shuffledIndices(values.length, random), (at) => values[at]));
  }
  return order.slice(0, count);
}

function percentName([high, low]: readonly [number, number]): string {
  const percent = (share: number) => Number((100 * share).toPrecision(6));
  return `${percent(high)} and ${percent(low)} % labelled`;
}
