import { blockNumbers } from "../evaluation/block-numbers";
import { blockStatistic } from "../evaluation/block-statistic";
import type { BlockOptions, BootstrapEstimate } from "../evaluation/bootstrap";
import { meanOf } from "../evaluation/describe";
import { jackknifeError } from "../evaluation/jackknife";
import { rankShares } from "../evaluation/ranks";
import {
  varianceBetween,
  varianceByValue,
  varianceOfShared,
  varianceOfUnshared,
} from "../evaluation/variance-parts";
import type { Patches } from "../patches/types";
import type { Replica } from "../runs/replicas";
import type { ValuedSource, VarianceDesign } from "../runs/variance-design";

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

/** Means over square blocks of patches, since a variance of few replicas says little of one patch. */
export function blockMeans(
  values: Float64Array,
  { places }: Patches,
  blockSize: number,
): Float64Array {
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
