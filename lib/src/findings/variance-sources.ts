import { blockNumbers } from "../evaluation/block-numbers";
import { type BlockOptions, blockStatistic } from "../evaluation/block-statistic";
import type { BootstrapEstimate } from "../evaluation/bootstrap";
import { jackknifeError } from "../evaluation/jackknife";
import { rankShares } from "../evaluation/replica-maps";
import {
  varianceBetween,
  varianceByValue,
  varianceOfShared,
  varianceOfUnshared,
} from "../evaluation/variance-parts";
import type { MapPanel } from "../figures/map-panels";
import { patchGrid } from "../patches/assemble";
import type { Patches } from "../patches/types";
import type { Replica } from "../runs/replicas";
import type { ValuedSource, VarianceDesign } from "../runs/variance-design";
import type { Row } from "../tables/table";
import type { Measured, Metrics } from "./measured";
import { listText, percentText } from "./words";

/** What moves a map: chance in training, the ground that trains, or a source of few values. */
export type SourceId = "chance" | "ground" | ValuedSource;

/** A share of the variance: its interval over blocks of patches, and its standard error over replicas. */
export interface VarianceShare extends BootstrapEstimate {
  /** By the jackknife; NaN for fewer than three replicas. */
  readonly replicaError: number;
}

/** How much of the variance of a map comes from one source. */
export interface VarianceSource {
  readonly id: SourceId;
  /** How many replicas it was measured by. */
  readonly replicas: number;
  /** By patch, of the share of ground ranked below; below 0 where chance had it so. */
  readonly variance: Float64Array;
  /** Its mean over patches, and as a share of the variance with everything drawn together. */
  readonly mean: number;
  readonly share: VarianceShare;
  /** Share of the patches whose block it moves most. */
  readonly leads: number;
}

/** The variance of a map, by source and together. */
export interface VarianceSources {
  readonly sources: readonly VarianceSource[];
  /** With all sources drawn together. */
  readonly together: { readonly replicas: number; readonly mean: number };
  /** What the shares of the sources leave of 1. */
  readonly rest: VarianceShare;
  readonly patches: Patches;
  readonly blockSize: number;
}

/**
 * Decomposes the variance of the map of ranks, over replicas in which everything is drawn at random:
 *
 *   Var(y) = E[Var(y | all but the seed)] + sum of Var(E[y | source]) + what sources do only together.
 *
 * Of the seed it is the total effect: a training that is disturbed in any way rolls its dice anew, so
 * that a seed means nothing by itself. Of every other source it is the first-order effect (Sobol' 1993).
 */
export function varianceSources(
  design: VarianceDesign,
  patches: Patches,
  options: BlockOptions,
): VarianceSources {
  const ranked = (replicas: readonly Replica[]) =>
    replicas.map(({ probabilities }) => rankShares(probabilities));
  const maps: RankedMaps = {
    ...{ drawn: ranked(design.drawn), reseeded: ranked(design.reseeded) },
    ...{ sameGround: ranked(design.sameGround), others: ranked(design.others) },
    ...{ draws: design.draws, drawsGround: design.drawsGround },
    varied: VALUED.filter((source) => design.values[source].length > 1),
  };
  const { parts, whole } = partsOf(maps);
  const smooth = parts.map(({ variance }) => blockMeans(variance, patches, options.blockSize));
  const columns = [...parts.map(({ variance }) => variance), whole];
  const errors = replicaErrors(maps);
  const share = (at: number) => ({
    ...blockStatistic(columns, patches.places, (means) => sharesOf(means)[at], options),
    replicaError: errors[at],
  });
  return {
    ...{ patches, blockSize: options.blockSize, rest: share(parts.length) },
    sources: parts.map((part, at) => ({
      ...{ ...part, mean: meanOf(part.variance), share: share(at), leads: shareLed(smooth, at) },
    })),
    together: { replicas: 3 * maps.drawn.length, mean: meanOf(whole) },
  };
}

const VALUED: readonly ValuedSource[] = ["labels", "scaling", "layer"];

/** Maps of ranks by how they were drawn; of the sources of few values those that were varied. */
interface RankedMaps extends Pick<VarianceDesign, "draws" | "drawsGround"> {
  readonly drawn: readonly Float64Array[];
  readonly reseeded: readonly Float64Array[];
  readonly sameGround: readonly Float64Array[];
  readonly others: readonly Float64Array[];
  readonly varied: readonly ValuedSource[];
}

function partsOf({ drawn, reseeded, sameGround, others, draws, ...rest }: RankedMaps) {
  const all = [...drawn, ...sameGround, ...others];
  const parts: Pick<VarianceSource, "id" | "replicas" | "variance">[] = [
    {
      ...{ id: "chance", replicas: drawn.length + reseeded.length },
      variance: varianceOfUnshared(drawn, reseeded),
    },
    ...(rest.drawsGround
      ? [
          {
            ...{ id: "ground" as const, replicas: drawn.length + sameGround.length },
            variance: varianceOfShared(drawn, sameGround),
          },
        ]
      : []),
    ...rest.varied.map((source) => ({
      ...{ id: source, replicas: all.length },
      variance: varianceByValue(
        all,
        draws.map(({ values }) => values[source]),
      ),
    })),
  ];
  return { parts, whole: varianceBetween([...drawn, ...sameGround], others) };
}

/** Shares of the last mean that the others have, then what they leave. */
function sharesOf(means: readonly number[]): number[] {
  const shares = means.slice(0, -1).map((mean) => mean / means[means.length - 1]);
  return [...shares, 1 - shares.reduce((sum, share) => sum + share, 0)];
}

/** Standard errors of the shares: the replicas of one number left out of every kind, in turn. */
function replicaErrors(maps: RankedMaps): number[] {
  const count = maps.drawn.length;
  const numbers = maps.varied.length + (maps.drawsGround ? 3 : 2);
  if (count < 3) return new Array<number>(numbers).fill(Number.NaN);
  const leftOut = maps.drawn.map((_, out) => {
    const without = <T>(list: readonly T[]) => list.filter((__, at) => at % count !== out);
    const { parts, whole } = partsOf({
      ...{ ...maps, drawn: without(maps.drawn), reseeded: without(maps.reseeded) },
      ...{ sameGround: without(maps.sameGround), others: without(maps.others) },
      draws: without(maps.draws),
    });
    return sharesOf([...parts.map(({ variance }) => meanOf(variance)), meanOf(whole)]);
  });
  return Array.from({ length: numbers }, (_, at) =>
    jackknifeError(leftOut.map((shares) => shares[at])),
  );
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Means over square blocks of patches, since a variance of few replicas says little of one patch. */
function blockMeans(values: Float64Array, { places }: Patches, blockSize: number): Float64Array {
  const numbers = blockNumbers(places, blockSize);
  const sums = new Map<number, { sum: number; count: number }>();
  numbers.forEach((block, patch) => {
    const { sum, count } = sums.get(block) ?? { sum: 0, count: 0 };
    sums.set(block, { sum: sum + values[patch], count: count + 1 });
  });
  return values.map((_, patch) => {
    const { sum, count } = sums.get(numbers[patch])!;
    return sum / count;
  });
}

function shareLed(smooth: readonly Float64Array[], source: number): number {
  const led = smooth[source].filter((value, patch) =>
    smooth.every((other, at) => at === source || value > other[patch]),
  );
  return led.length / smooth[source].length;
}

const NAMES: Readonly<Record<SourceId, string>> = {
  chance: "chance in training",
  ground: "the ground that trains",
  labels: "shares labelled",
  scaling: "scaling of the layers",
  layer: "a missing layer",
};

const shiftOf = (variance: number) => 100 * Math.sqrt(Math.max(0, variance));
const finite = (bound: number) => (Number.isFinite(bound) ? bound : null);

/** One row a source, then all together and what the sources leave. */
export function sourceRows({ sources, together, rest }: VarianceSources): Row[] {
  const shares = ({ value, interval, replicaError }: VarianceShare) => ({
    "% of variance": 100 * value,
    from: finite(100 * interval[0]),
    to: finite(100 * interval[1]),
    "± over replicas": finite(100 * replicaError),
  });
  const row = (name: string, replicas: number | null, shift: number | null) => ({
    ...{ source: name, replicas, "shift in rank (% of ground)": shift },
  });
  return [
    ...sources.map(({ id, replicas, mean, share, leads }) => ({
      ...{ ...row(NAMES[id], replicas, shiftOf(mean)), ...shares(share) },
      "% of ground led": 100 * leads,
    })),
    {
      ...row("only together", null, null),
      ...{ ...shares(rest), "% of ground led": null },
    },
    {
      ...row("all drawn together", together.replicas, shiftOf(together.mean)),
      ...{ "% of variance": 100, from: null, to: null, "± over replicas": null },
      "% of ground led": null,
    },
  ];
}

/** One map a source: how far it shifts the patches of a block, in % of the ground. */
export function sourcePanels({ sources, patches, blockSize }: VarianceSources): MapPanel[] {
  return sources.map(({ id, variance }) => {
    const heading = `${NAMES[id][0].toUpperCase()}${NAMES[id].slice(1)}`;
    const values = blockMeans(variance, patches, blockSize).map(shiftOf);
    return { heading, grid: patchGrid(patches, heading, values) };
  });
}

/** Shares of the variance, and how far each source shifts a patch. */
export function sourceMetrics({ sources, together, rest }: VarianceSources): Metrics {
  const metrics: { [key: string]: Measured } = {};
  const known = ({ value, interval }: BootstrapEstimate): Measured => ({
    ...{ value, ...(interval.every(Number.isFinite) && { interval }) },
  });
  for (const { id, mean, share, replicas } of sources) {
    metrics[`variance.${id}.share`] = { ...known(share), n: replicas };
    metrics[`variance.${id}.shift`] = { value: shiftOf(mean) / 100, n: replicas };
  }
  metrics["variance.rest"] = known(rest);
  const shift = shiftOf(together.mean) / 100;
  metrics["variance.together.shift"] = { value: shift, n: together.replicas };
  return metrics;
}

/** Whether a share is told from nothing by blocks of ground and by replicas alike, and on which side. */
function sideOf({ value, interval, replicaError }: VarianceShare): -1 | 0 | 1 {
  const isSure = !(Math.abs(value) < 2 * replicaError);
  if (interval[0] > 0 && isSure) return 1;
  return interval[1] < 0 && isSure ? -1 : 0;
}

function percentOf({ value, interval, replicaError }: VarianceShare): string {
  const bounds = interval.map((bound) => (100 * bound).toFixed(0)).join(" to ");
  const told = [
    ...(interval.every(Number.isFinite) ? [`${bounds} % over blocks`] : []),
    ...(Number.isFinite(replicaError)
      ? [`± ${(100 * replicaError).toFixed(0)} over replicas`]
      : []),
  ];
  return `${(100 * value).toFixed(0)} %${told.length === 0 ? "" : ` (${told.join(", ")})`}`;
}

/** Which source moves the map most, which cannot be told from none, and whether they add up. */
export function sourceSentences({ sources, together, rest }: VarianceSources): string[] {
  const [first, second] = [...sources].sort((one, other) => other.share.value - one.share.value);
  const none = sources.filter(({ share }) => sideOf(share) <= 0).map(({ id }) => NAMES[id]);
  const left = {
    1: `The parts leave ${percentOf(rest)}: so much do sources only together.`,
    0: `What sources do only together, ${percentOf(rest)}, cannot be told from nothing.`,
    "-1": `The parts make more than the whole and leave ${percentOf(rest)}, which cannot be: so few replicas measure them too roughly.`,
  }[sideOf(rest)];
  const lead = [...sources].sort((one, other) => other.leads - one.leads)[0];
  const most = isApart(first, second)
    ? `Most of it comes from **${NAMES[first.id]}**, ${percentOf(first.share)} of the variance`
    : `The largest part is that of **${NAMES[first.id]}**, ${percentOf(first.share)} of the variance, though not for certain larger than that of ${NAMES[second.id]}, ${percentOf(second.share)}`;
  return [
    `With everything drawn together a patch shifts by ${shiftOf(together.mean).toFixed(1)} % of the ground in rank. ${most}. Not told from nothing: ${listText(none)}.`,
    `${left} The largest on most of the ground (${percentText(lead.leads, 0)}) is ${NAMES[lead.id]}.`,
    "Intervals are over blocks of patches; ± is the standard error over replicas, which are few, by the jackknife.",
  ];
}

/** Whether the first is larger than the second for certain, over blocks and over replicas. */
function isApart(first: VarianceSource, second: VarianceSource | undefined): boolean {
  if (second === undefined) return true;
  const error = Math.hypot(first.share.replicaError, second.share.replicaError);
  const isBeyond = !(first.share.value - second.share.value < 2 * error);
  return isBeyond && first.share.interval[0] > second.share.interval[1];
}
