import { blockStatistic } from "../evaluation/block-statistic";
import type { BlockOptions, BootstrapEstimate } from "../evaluation/bootstrap";
import { rankShares } from "../evaluation/ranks";
import {
  agreementMap,
  type ReplicaSummary,
  replicaVariance,
  summariseReplicas,
} from "../evaluation/replica-maps";
import type { MapPanel } from "../figures/map-panels";
import type { GridStack } from "../grid/grid";
import { patchGrid } from "../patches/assemble";
import type { Patches } from "../patches/types";
import type { Ensemble } from "../runs/ensemble";
import type { Replica } from "../runs/replicas";
import { type Found, given, isSkipped, type Skipped } from "../skipped";
import type { Row } from "../tables/table";
import type { Measured, Metrics } from "./measured";
import { estimateText, percentText } from "./words";

/** Replicas that differ by one thing, and what they say together. */
export interface ReplicaSet {
  readonly id: "seeds" | "blocks";
  readonly replicas: readonly Replica[];
  /** Of the probability of each patch. */
  readonly probability: ReplicaSummary;
  /** Share of the replicas that hold each patch prospective. */
  readonly agreement: Float64Array;
  /** Standard deviation of the share of ground ranked below, root of the mean square over patches. */
  readonly shift: BootstrapEstimate;
}

/** An ensemble of the method, and how far its maps agree. */
export interface EnsembleFound {
  readonly patches: Patches;
  /** Probability from which a patch is held prospective. */
  readonly threshold: number;
  readonly seeds: ReplicaSet;
  readonly blocks: Found<ReplicaSet>;
}

/** What replicas of maps that have nothing to do with each other would shift: the root of 1/12. */
const UNRELATED = Math.sqrt(1 / 12);

/** Sums up the maps of an ensemble. */
export function ensembleFound(
  { seeds, blocks }: Ensemble,
  patches: Patches,
  { threshold, lack, ...options }: BlockOptions & { threshold: number; lack: Skipped },
): EnsembleFound {
  const sumUp = (id: ReplicaSet["id"], replicas: readonly Replica[]): ReplicaSet => {
    const maps = replicas.map(({ probabilities }) => probabilities);
    const variance = replicaVariance(maps.map(rankShares));
    return {
      ...{ id, replicas, probability: summariseReplicas(maps) },
      agreement: agreementMap(maps, threshold),
      shift: blockStatistic([variance], patches.places, ([mean]) => Math.sqrt(mean), options),
    };
  };
  return {
    ...{ patches, threshold, seeds: sumUp("seeds", seeds) },
    blocks: blocks === null ? lack : sumUp("blocks", blocks),
  };
}

/** The sets of replicas that there are. */
export function replicaSets({ seeds, blocks }: EnsembleFound): ReplicaSet[] {
  return isSkipped(blocks) ? [seeds] : [seeds, blocks];
}

/** What a set of replicas is called. */
export const SET_NAMES: Readonly<Record<ReplicaSet["id"], string>> = {
  seeds: "another seed",
  blocks: "another seed and other blocks of ground",
};

/** Shares of the patches that all replicas, some, and none hold prospective. */
function heldBy({ agreement }: ReplicaSet) {
  const share = (is: (agreed: number) => boolean) => agreement.filter(is).length / agreement.length;
  return {
    all: share((agreed) => agreed === 1),
    some: share((agreed) => agreed > 0 && agreed < 1),
    none: share((agreed) => agreed === 0),
  };
}

const meanOf = (values: Float64Array) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** One row a set of replicas: how far a patch moves, and on how much ground they agree. */
export function ensembleRows(found: EnsembleFound): Row[] {
  return replicaSets(found).map((set) => {
    const { all, some, none } = heldBy(set);
    return {
      "replicas differ by": SET_NAMES[set.id],
      replicas: set.replicas.length,
      "mean spread of probability": meanOf(set.probability.spread),
      "shift in rank (% of ground)": 100 * set.shift.value,
      from: 100 * set.shift.interval[0],
      to: 100 * set.shift.interval[1],
      "% held by all": 100 * all,
      "% by some": 100 * some,
      "% by none": 100 * none,
    };
  });
}

/** Maps of mean, spread and agreement, a row of three for each set of replicas. */
export function ensemblePanels(found: EnsembleFound): MapPanel[] {
  const sets = replicaSets(found);
  const widest = Math.max(
    ...sets.flatMap(({ probability }) => Array.from(probability.spread, Number)),
  );
  const short = { seeds: "seeds", blocks: "blocks" };
  return sets.flatMap(({ id, probability, agreement }): MapPanel[] => {
    const grid = (name: string, values: Float64Array) => patchGrid(found.patches, name, values);
    const panel = (name: string, legend: string, values: Float64Array, high: number): MapPanel => ({
      heading: `${name}, ${short[id]}`,
      ...{ legend, grid: grid(`${name}, ${short[id]}`, values) },
      colours: { domain: [0, high], scheme: name === "Spread" ? "magma" : "viridis" },
    });
    return [
      panel("Mean", "Mean probability", probability.mean, 1),
      panel("Spread", "Standard deviation", probability.spread, widest || 1),
      panel("Agreement", "Share of replicas", agreement, 1),
    ];
  });
}

/** Mean, spread and agreement by seed as the bands of a raster, for a GIS. */
export function ensembleStack({ patches, seeds }: EnsembleFound): GridStack {
  const { probability, agreement } = seeds;
  const bands = [
    patchGrid(patches, "mean probability", probability.mean),
    patchGrid(patches, "standard deviation", probability.spread),
    patchGrid(patches, "share of replicas", agreement),
  ];
  return { geometry: bands[0].geometry, bands };
}

/** How far replicas shift a patch, and how much of the ground they agree on. */
export function ensembleMetrics(found: EnsembleFound): Metrics {
  const metrics: { [key: string]: Measured } = {};
  const n = found.patches.places.length;
  for (const set of replicaSets(found)) {
    const { value, interval } = set.shift;
    const bounds = interval.every(Number.isFinite) ? { interval } : {};
    metrics[`ensemble.${set.id}.shift`] = { value, ...bounds, n };
    metrics[`ensemble.${set.id}.spread`] = { value: meanOf(set.probability.spread), n };
    metrics[`ensemble.${set.id}.disputed`] = { value: heldBy(set).some, n };
  }
  return metrics;
}

/** How far a patch moves from one training to another, and where replicas do not agree. */
export function ensembleSentences(found: EnsembleFound): string[] {
  const percent = ({ value, interval }: BootstrapEstimate) =>
    `${estimateText({ value: 100 * value, ...(interval.every(Number.isFinite) && { interval: [100 * interval[0], 100 * interval[1]] }) }, 1)} % of the ground`;
  const { seeds, blocks, threshold } = found;
  const { all, some } = heldBy(seeds);
  const held = all + some === 0 ? Number.NaN : some / (all + some);
  const disputed =
    all + some === 0
      ? `No replica holds any patch prospective at ${threshold}.`
      : `At a probability of ${threshold}, all ${seeds.replicas.length} hold ${percentText(all)} of the patches prospective, and some but not all another ${percentText(some)}: of the ground that any of them marks, **${percentText(held, 0)} is disputed**.`;
  const others = given(
    blocks,
    ({ shift, agreement }) =>
      `With other blocks of ground to learn from a patch shifts by ${percent(shift)}, and ${percentText(agreement.filter((agreed) => agreed > 0 && agreed < 1).length / agreement.length)} of the patches are disputed.`,
  );
  return [
    `With nothing but another seed a patch shifts in rank by **${percent(seeds.shift)}** (standard deviation, interval over blocks of patches), where maps that have nothing to do with each other would shift it by ${(100 * UNRELATED).toFixed(1)} %.`,
    disputed,
    isSkipped(others) ? `Other blocks of ground were not drawn: ${others.because}.` : others,
  ];
}
