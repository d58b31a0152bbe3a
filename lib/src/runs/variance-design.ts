import { drawBlocks } from "../evaluation/drawn-blocks";
import { dropBand, patchSubset } from "../patches/select";
import type { Patches } from "../patches/types";
import { randomStream, shuffledIndices } from "../random";
import type { RunContext } from "./context";
import { type ChainOptions, type Replica, type ReplicaTask, trainReplicas } from "./replicas";

/** A source of few values: which shares are labelled, how layers are scaled, which layer is missing. */
export type ValuedSource = "labels" | "scaling" | "layer";

/** What one replica was trained with. */
export interface SourceDraw {
  readonly seed: number;
  /** Seed by which the ground was drawn. */
  readonly ground: number;
  /** Number of the value of each source of few values. */
  readonly values: Readonly<Record<ValuedSource, number>>;
}

/** Replicas in which every source was drawn at random. */
export interface VarianceDesign {
  readonly drawn: readonly Replica[];
  /** Of each of these one with another seed and nothing else otherwise. */
  readonly reseeded: readonly Replica[];
  /** Of each one with the same ground and everything else drawn anew. */
  readonly sameGround: readonly Replica[];
  /** As many more in which all is drawn anew. */
  readonly others: readonly Replica[];
  /** What those drawn, of the same ground and others were trained with, in this order. */
  readonly draws: readonly SourceDraw[];
  /** Names of the values of each source; a source of one value is not varied. */
  readonly values: Readonly<Record<ValuedSource, readonly string[]>>;
  /** Whether there was ground to draw. */
  readonly drawsGround: boolean;
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
  /** How many replicas of each kind, four in all. */
  readonly count: number;
  /** None of those that other replicas have. */
  readonly firstSeed: number;
  /** From one seed to the next: members of an auto-encoder have those between. */
  readonly seedStep: number;
  readonly blockSize: number;
}

/**
 * Trains a random design: seed, ground and a value of each source drawn for every replica, each value
 * as often as any other, give or take one. So that a spread within values is known, a source has at most
 * half as many values as there are replicas; of more, some are drawn.
 *
 * @throws as trainReplicas
 */
export async function varianceDesign(
  run: RunContext,
  options: DesignOptions,
): Promise<VarianceDesign> {
  const { patches, count, firstSeed, seedStep, proportions, scalings, blockSize } = options;
  const most = Math.floor((3 * count) / 2);
  const layers = patches.bands.length > 1 ? chosen(patches.bands, most - 1, firstSeed) : [];
  const shares = proportions.slice(0, most);
  const values = {
    labels: shares.map(percentName),
    scaling: scalings,
    layer: ["all layers", ...layers.map((band) => `without ${band}`)],
  };
  const seedAt = (number: number) => firstSeed + number * seedStep;
  const first = drawsOf(values, count, seedAt(0), seedStep);
  const again = drawsOf(values, count, seedAt(count), seedStep);
  const others = drawsOf(values, count, seedAt(2 * count), seedStep);
  const reseeded = first.map((draw, at) => ({ ...draw, seed: seedAt(3 * count + at) }));
  const sameGround = again.map((draw, at) => ({ ...draw, ground: first[at].ground }));
  const sources = { ...options, layers, shares };
  // Those that share their patches are trained together; the others after them, to hold fewer at once.
  const pairs = await trainReplicas(run, tasksOf([...first, ...reseeded], sources), options);
  return {
    ...{ drawn: pairs.slice(0, count), reseeded: pairs.slice(count), values },
    sameGround: await trainReplicas(run, tasksOf(sameGround, sources), options),
    others: await trainReplicas(run, tasksOf(others, sources), options),
    draws: [...first, ...sameGround, ...others],
    drawsGround: drawBlocks(patches.places, blockSize, firstSeed) !== null,
  };
}

function drawsOf(
  values: VarianceDesign["values"],
  count: number,
  seed: number,
  seedStep: number,
): SourceDraw[] {
  const dealt = (source: ValuedSource) => deal(values[source].length, count, seed, source);
  const [labels, scaling, layer] = (["labels", "scaling", "layer"] as const).map(dealt);
  return Array.from({ length: count }, (_, at) => {
    const own = seed + at * seedStep;
    const drawn = { labels: labels[at], scaling: scaling[at], layer: layer[at] };
    return { seed: own, ground: own, values: drawn };
  });
}

/** Numbers below a bound in a random order, none oftener than another by more than one. */
function deal(bound: number, count: number, seed: number, purpose: string): number[] {
  const random = randomStream(seed, `deal-${purpose}`);
  const order: number[] = [];
  while (order.length < count) order.push(...shuffledIndices(bound, random));
  return order.slice(0, count);
}

function tasksOf(
  draws: readonly SourceDraw[],
  {
    patches,
    rescaled,
    layers,
    shares,
    blockSize,
  }: DesignOptions & {
    readonly layers: readonly string[];
    readonly shares: DesignOptions["proportions"];
  },
): ReplicaTask[] {
  const scoredBy = new Map<string, Patches>();
  const trainedBy = new Map<string, Patches>();
  return draws.map(({ seed, ground, values: { labels, scaling, layer } }, at) => {
    const scored = held(scoredBy, `${scaling} ${layer}`, () => {
      const scaled = scaling === 0 ? patches : rescaled;
      return layer === 0 ? scaled : dropBand(scaled, layers[layer - 1]);
    });
    const trained = held(trainedBy, `${scaling} ${layer} ${ground}`, () => {
      const drawn = drawBlocks(scored.places, blockSize, ground);
      return drawn === null ? scored : patchSubset(scored, drawn);
    });
    return { label: `drawn ${at + 1}`, trained, scored, seed, proportion: shares[labels] };
  });
}

function held(known: Map<string, Patches>, key: string, make: () => Patches): Patches {
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}

/** All names, or some drawn of too many, in their order. */
function chosen(names: readonly string[], most: number, seed: number): readonly string[] {
  if (names.length <= most) return names;
  const drawn = shuffledIndices(names.length, randomStream(seed, "layers-left-out")).slice(0, most);
  return names.filter((_, at) => drawn.includes(at));
}

function percentName([high, low]: readonly [number, number]): string {
  const percent = (share: number) => Number((100 * share).toPrecision(6));
  return `${percent(high)} and ${percent(low)} % labelled`;
}
