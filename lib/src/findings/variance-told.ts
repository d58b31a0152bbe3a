import type { BootstrapEstimate } from "../evaluation/bootstrap";
import type { MapPanel } from "../figures/map-panels";
import { patchGrid } from "../patches/assemble";
import type { Row } from "../tables/table";
import type { Measured, Metrics } from "./measured";
import {
  blockMeans,
  type SourceId,
  type VarianceShare,
  type VarianceSource,
  type VarianceSources,
} from "./variance-sources";
import { listText, percentText } from "./words";

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

/** One scale for the maps of all sources, from no shift to the largest of any block. */
export function sourceScale(found: VarianceSources) {
  const all = sourcePanels(found).flatMap(({ grid }) => [...grid.values.filter(Number.isFinite)]);
  return {
    legend: "Shift in rank (% of ground), over blocks of patches",
    colours: { domain: [0, Math.max(0, ...all) || 1] as const },
  };
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
