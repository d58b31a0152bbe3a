import { blockNumbers } from "../evaluation/block-numbers";
import { type BlockOptions, blockStatistic } from "../evaluation/block-statistic";
import type { BootstrapEstimate } from "../evaluation/bootstrap";
import { rankShares, replicaVariance } from "../evaluation/replica-maps";
import { varianceBeyondChance, varianceByValue } from "../evaluation/variance-parts";
import type { MapPanel } from "../figures/map-panels";
import { patchGrid } from "../patches/assemble";
import type { Patches } from "../patches/types";
import type { Ensemble } from "../runs/ensemble";
import type { Replica } from "../runs/replicas";
import type { ValuedSource, VarianceDesign } from "../runs/variance-design";
import type { Row } from "../tables/table";
import type { Measured, Metrics } from "./measured";
import { estimateText, listText, percentText } from "./words";

/** What moves a map: the seed, the ground that trains, or a source of few values. */
export type SourceId = "seed" | "blocks" | ValuedSource;

/** How much of the variance of a map comes from one source. */
export interface VarianceSource {
  readonly id: SourceId;
  /** How many replicas it was measured by. */
  readonly replicas: number;
  /** By patch, of the share of ground ranked below; below 0 where chance had it so. */
  readonly variance: Float64Array;
  /** Its mean over patches, and as a share of the variance with everything drawn together. */
  readonly mean: BootstrapEstimate;
  readonly share: BootstrapEstimate;
  /** Share of the patches whose block it moves most. */
  readonly leads: number;
}

/** The variance of a map, by source and together. */
export interface VarianceSources {
  readonly sources: readonly VarianceSource[];
  /** With all sources drawn together. */
  readonly together: { readonly replicas: number; readonly mean: BootstrapEstimate };
  /** What the shares of the sources leave of 1. */
  readonly rest: BootstrapEstimate;
  readonly patches: Patches;
  readonly blockSize: number;
}

/**
 * Decomposes the variance of the map of ranks: each source alone, about the method as it is, beside all
 * drawn together. First-order effects at the method (Sobol' 1993): what a source does only together
 * with another is in none of them.
 */
export function varianceSources(
  ensemble: Ensemble,
  { crossed, together }: VarianceDesign,
  patches: Patches,
  options: BlockOptions,
): VarianceSources {
  const ranked = (replicas: readonly Replica[]) =>
    replicas.map(({ probabilities }) => rankShares(probabilities));
  const chance = replicaVariance(ranked(ensemble.seeds));
  const parts: Pick<VarianceSource, "id" | "replicas" | "variance">[] = [
    { id: "seed", replicas: ensemble.seeds.length, variance: chance },
    ...(ensemble.blocks === null
      ? []
      : [
          {
            ...{ id: "blocks" as const, replicas: ensemble.blocks.length },
            variance: varianceBeyondChance(ranked(ensemble.blocks), chance),
          },
        ]),
    ...crossed.map(({ source, replicas }) => ({
      ...{ id: source, replicas: replicas.flat().length },
      variance: varianceByValue(replicas.map(ranked)),
    })),
  ];
  const whole = replicaVariance(ranked(together));
  const over = (
    columns: readonly Float64Array[],
    statistic: (means: readonly number[]) => number,
  ) => blockStatistic(columns, patches.places, statistic, options);
  const smooth = parts.map(({ variance }) => blockMeans(variance, patches, options.blockSize));
  const sources = parts.map((part, at) => ({
    ...part,
    mean: over([part.variance], ([mean]) => mean),
    share: over([part.variance, whole], ([own, all]) => own / all),
    leads: shareLed(smooth, at),
  }));
  const columns = [...parts.map(({ variance }) => variance), whole];
  return {
    ...{ sources, patches, blockSize: options.blockSize },
    together: { replicas: together.length, mean: over([whole], ([mean]) => mean) },
    rest: over(columns, (means) => {
      const all = means[means.length - 1];
      return 1 - means.slice(0, -1).reduce((sum, mean) => sum + mean, 0) / all;
    }),
  };
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
  seed: "initial weights, order and dropout",
  blocks: "the ground that trains",
  labels: "shares labelled",
  scaling: "scaling of the layers",
  layer: "a missing layer",
};

const shiftOf = (variance: number) => 100 * Math.sqrt(Math.max(0, variance));
const finite = (bound: number) => (Number.isFinite(bound) ? bound : null);

/** One row a source, then all together and what the sources leave. */
export function sourceRows({ sources, together, rest }: VarianceSources): Row[] {
  const shares = ({ value, interval }: BootstrapEstimate) => ({
    "% of variance": 100 * value,
    from: finite(100 * interval[0]),
    to: finite(100 * interval[1]),
  });
  const row = (name: string, replicas: number | null, shift: number | null) => ({
    ...{ source: name, replicas, "shift in rank (% of ground)": shift },
  });
  return [
    ...sources.map(({ id, replicas, mean, share, leads }) => ({
      ...{ ...row(NAMES[id], replicas, shiftOf(mean.value)), ...shares(share) },
      "% of ground led": 100 * leads,
    })),
    {
      ...row("what they leave", null, null),
      ...{ ...shares(rest), "% of ground led": null },
    },
    {
      ...row("all drawn together", together.replicas, shiftOf(together.mean.value)),
      ...{ "% of variance": 100, from: null, to: null, "% of ground led": null },
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
    metrics[`variance.${id}.shift`] = { value: shiftOf(mean.value) / 100, n: replicas };
  }
  metrics["variance.rest"] = known(rest);
  const shift = shiftOf(together.mean.value) / 100;
  metrics["variance.together.shift"] = { value: shift, n: together.replicas };
  return metrics;
}

/** Which source moves the map most, which cannot be told from none, and why they do not add up. */
export function sourceSentences({ sources, together, rest }: VarianceSources): string[] {
  const falling = [...sources].sort((one, other) => other.share.value - one.share.value);
  const percent = ({ value, interval }: BootstrapEstimate) => {
    const bounds = interval.map((bound) => (100 * bound).toFixed(0)).join(" to ");
    const known = interval.every(Number.isFinite) ? ` (${bounds} %)` : "";
    return `${(100 * value).toFixed(0)} %${known}`;
  };
  const [first, second] = falling;
  const apart =
    second !== undefined && first.share.interval[0] <= second.share.interval[1]
      ? `, though not for certain more than ${NAMES[second.id]} with ${percent(second.share)}`
      : "";
  const none = sources.filter(({ share }) => share.interval[0] <= 0).map(({ id }) => NAMES[id]);
  const left =
    rest.interval[0] > 0
      ? `The sources alone leave ${percent(rest)}: so much they do only together.`
      : rest.interval[1] < 0
        ? `Alone they make more than together, by ${percent({ ...rest, value: -rest.value, interval: [-rest.interval[1], -rest.interval[0]] })}: ranks end at 0 and 100 %, and one source cannot move what another has moved there.`
        : `What they leave, ${percent(rest)}, cannot be told from nothing.`;
  const lead = [...sources].sort((one, other) => other.leads - one.leads)[0];
  return [
    `With everything drawn together a patch shifts by ${estimateText({ value: shiftOf(together.mean.value) }, 1)} % of the ground in rank. Most of it comes from **${NAMES[first.id]}**: ${percent(first.share)} of the variance${apart}. Not told from nothing: ${listText(none)}.`,
    `${left} The largest on most of the ground (${percentText(lead.leads, 0)}) is ${NAMES[lead.id]}.`,
    `Intervals are over blocks of patches, not over the replicas, which are few: of ${together.replicas} replicas alone a variance is uncertain by about ${(100 * Math.sqrt(2 / (together.replicas - 1))).toFixed(0)} % for one patch, and less for the mean of many.`,
  ];
}
