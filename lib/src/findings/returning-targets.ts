import { proportionWithInterval } from "../evaluation/proportion";
import { chanceOfReturn, targetReturns } from "../evaluation/returning-targets";
import type { TargetReturn } from "../evaluation/target-returns";
import type { Grid } from "../grid/grid";
import type { VectorFeature } from "../grid/vector-feature";
import { patchGrid } from "../patches/assemble";
import type { Patches } from "../patches/types";
import type { Replica } from "../runs/replicas";
import type { Study } from "../study/types";
import type { Row } from "../tables/table";
import type { Measured, Metrics } from "./measured";
import { type Targets, targetFeatures, targetsOn } from "./targets";
import { listText, percentText } from "./words";

/** Targets that carry how often they come back. */
export interface ReturningTargets {
  readonly targets: Targets;
  /** One a target, in their order. */
  readonly returns: readonly TargetReturn[];
  /** For each target how often as much new ground comes back, placed by chance. */
  readonly chance: readonly number[];
  /** Replicas, the method's own map not among them. */
  readonly replicas: number;
}

/** Places by chance for each size of a target. */
const DRAWS = 500;

/**
 * Holds the targets of the method's own map against those of replicas.
 *
 * @param replicas without the method's own map, on which every target comes back
 */
export function returningTargets(
  study: Pick<Study, "occurrences" | "pixelSize">,
  patches: Patches,
  targets: Targets,
  replicas: readonly Replica[],
  seed: number,
): ReturningTargets {
  const { options, grid } = targets;
  const maps = replicas.map(({ label, probabilities }) => patchGrid(patches, label, probabilities));
  const own = maps.map((map) => targetsOn(map, study, options));
  const anywhere = { ...options, threshold: Number.NEGATIVE_INFINITY, minimumCells: 1 };
  const open = targetsOn(grid, study, anywhere).flatMap(({ cells }) => [...cells]);
  const sizes = targets.targets.map(({ cells }) => cells.length);
  return {
    targets,
    returns: targetReturns(targets.targets, maps, own),
    chance: chanceOfReturn(sizes, own, {
      ...{ open: Uint32Array.from(open), width: grid.geometry.width, draws: DRAWS, seed },
    }),
    replicas: replicas.length,
  };
}

/** One row a target of the first ones: rank and its range, how often it comes back and by chance. */
export function returnRows(found: ReturningTargets, shown = 20): Row[] {
  const { targets, returns, chance, replicas } = found;
  return returns.slice(0, shown).map(({ rank, share, rankLow, rankHigh }, at) => {
    const { squareKilometres, cells, centroid } = targets.targets[at];
    const [low, high] = proportionWithInterval(Math.round(share * replicas), replicas).interval;
    return {
      ...{ rank, best: rankLow, worst: rankHigh, "km²": squareKilometres, patches: cells.length },
      ...{ easting: centroid.easting, northing: centroid.northing },
      ...{ "comes back in %": 100 * share, from: 100 * low, to: 100 * high },
      "by chance in %": Number.isNaN(chance[at]) ? null : 100 * chance[at],
    };
  });
}

/** The targets' patches by how often each target comes back, 0 to 1; nodata elsewhere. */
export function returnGrid({ targets, returns }: ReturningTargets): Grid {
  const { grid } = targets;
  const values = new Float32Array(grid.values.length).fill(Number.NaN);
  targets.targets.forEach(({ cells }, at) => {
    for (const cell of cells) values[cell] = returns[at].share;
  });
  return { ...grid, name: "share of replicas", values };
}

/** Outlines of the targets with how often each comes back, for a GIS. */
export function returnFeatures(found: ReturningTargets): VectorFeature[] {
  return targetFeatures(found.targets).map(({ polygons, properties }, at) => {
    const { share, rankLow, rankHigh } = found.returns[at];
    const chance = found.chance[at];
    return {
      polygons,
      properties: {
        ...{ ...properties, returnShare: share, replicas: found.replicas, rankLow, rankHigh },
        ...(!Number.isNaN(chance) && { returnByChance: chance }),
      },
    };
  });
}

/** How many targets come back in most replicas, and how often they do in the mean. */
export function returnMetrics({ returns, replicas }: ReturningTargets): Metrics {
  const metrics: { [key: string]: Measured } = {};
  if (returns.length === 0) return metrics;
  metrics["targets.returnShare"] = { value: meanShare(returns), n: replicas };
  metrics["targets.steady"] = { value: steady(returns).length, n: returns.length };
  return metrics;
}

const meanShare = (returns: readonly TargetReturn[]) =>
  returns.reduce((sum, { share }) => sum + share, 0) / returns.length;

const counted = (targets: number) => `${targets} target${targets === 1 ? "" : "s"}`;

/** Comes back in at least four replicas of five. */
const STEADY = 0.8;
const steady = (returns: readonly TargetReturn[]) => returns.filter(({ share }) => share >= STEADY);

/** Which targets come back, which do not more often than chance, and how far ranks can be read. */
export function returnSentences(found: ReturningTargets): string[] {
  const { returns, chance, replicas } = found;
  if (returns.length === 0) return ["The map has no target, so none can come back."];
  const lasting = steady(returns).map(({ rank }) => String(rank));
  const doubtful = returns
    .filter(({ share }, at) => {
      const [low] = proportionWithInterval(Math.round(share * replicas), replicas).interval;
      return !(low > chance[at]);
    })
    .map(({ rank }) => String(rank));
  const known = chance.filter((each) => !Number.isNaN(each));
  const byChance =
    known.length === 0
      ? ""
      : `; as much new ground placed by chance would in ${percentText(known.reduce((sum, each) => sum + each, 0) / known.length, 0)}`;
  const unlasting =
    doubtful.length === 0
      ? ""
      : `Not told from chance, for all that ${replicas} replicas can say: ${doubtful.length} of ${counted(returns.length)} (${listText(doubtful)}). `;
  const [first] = returns;
  const unsettled =
    returns.length === 1
      ? "A single target has no rank to lose."
      : first.rankHigh === first.rankLow
        ? "The first target is first in every replica."
        : `The first target ranks from ${first.rankLow} to ${first.rankHigh} of ${returns.length}: read ranks as that wide.`;
  return [
    `${unlasting}Of ${counted(returns.length)} ${lasting.length === 1 ? "1 comes" : `${lasting.length} come`} back in at least four replicas of five${lasting.length === 0 ? "" : ` (${listText(lasting)})`}. In the mean a target comes back in **${percentText(meanShare(returns), 0)}** of the replicas${byChance}. ${unsettled}`,
  ];
}
