import { mapCorrelation } from "../evaluation/block-bootstrap";
import { blockStatistic } from "../evaluation/block-statistic";
import type { BlockOptions, BootstrapEstimate } from "../evaluation/bootstrap";
import { midRanks } from "../evaluation/ranks";
import { summariseReplicas } from "../evaluation/replica-maps";
import type { MapPanel } from "../figures/map-panels";
import { patchGrid } from "../patches/assemble";
import type { Patches } from "../patches/types";
import type { DropoutTrial } from "../runs/dropout-trial";
import type { Replica } from "../runs/replicas";
import { type Found, given, isSkipped } from "../skipped";
import type { Row } from "../tables/table";
import type { Measured, Metrics } from "./measured";
import { estimateText } from "./words";

/** How far the spread of passes with dropout can stand for that of trainings anew. */
export interface StandIn {
  /** Rank correlations with the spread over seeds: of dropout's spread, and of what costs nothing. */
  readonly dropout: BootstrapEstimate;
  readonly free: BootstrapEstimate;
  /** Rank correlation of the spreads of two halves of the seeds; null for fewer than four. */
  readonly halves: BootstrapEstimate | null;
  /** Mean spread of dropout by mean spread over seeds. */
  readonly ratio: BootstrapEstimate;
  /** Correlation of dropout's mean with the method's own map, and of the method's with other seeds. */
  readonly agreement: BootstrapEstimate;
  readonly seeds: BootstrapEstimate;
  readonly trial: DropoutTrial;
  readonly spread: Float64Array;
}

/** Dropout's spread beside that of the ensemble, for both networks. */
export interface DropoutSpread {
  readonly classifier: Found<StandIn>;
  readonly autoencoder: StandIn;
  readonly passes: number;
  /** Share that drops out of the auto-encoder. */
  readonly rate: number;
  readonly patches: Patches;
}

/** What the two networks say over passes with dropout. */
export interface DropoutTrials {
  readonly classifier: Found<DropoutTrial>;
  readonly autoencoder: DropoutTrial;
}

/**
 * Holds the spread over passes with dropout against that over seeds. What costs nothing stands beside
 * it: the binomial variance p (1 - p) of the method's probability p, and for the error the error itself.
 */
export function dropoutSpread(
  { classifier, autoencoder }: DropoutTrials,
  replicas: readonly Replica[],
  told: Pick<DropoutSpread, "passes" | "rate" | "patches">,
  options: BlockOptions,
): DropoutSpread {
  const probabilities = replicas.map((replica) => replica.probabilities);
  const errors = replicas.map((replica) => replica.errors);
  return {
    ...told,
    classifier: given(classifier, (trial) =>
      standIn(trial, probabilities, (p) => p * (1 - p), told.patches, options),
    ),
    autoencoder: standIn(autoencoder, errors, (error) => error, told.patches, options),
  };
}

function standIn(
  trial: DropoutTrial,
  maps: readonly Float64Array[],
  free: (score: number) => number,
  { places }: Patches,
  options: BlockOptions,
): StandIn {
  const [own, ...others] = maps;
  const spread = spreadOf(maps);
  const byRank = (one: ArrayLike<number>, other: ArrayLike<number>) =>
    mapCorrelation(midRanks(one), midRanks(other), places, options);
  const half = Math.floor(maps.length / 2);
  return {
    ...{
      trial,
      spread,
      dropout: byRank(trial.spread, spread),
      free: byRank(own.map(free), spread),
    },
    halves: half < 2 ? null : byRank(spreadOf(maps.slice(0, half)), spreadOf(maps.slice(half))),
    ratio: blockStatistic([trial.spread, spread], places, ([one, other]) => one / other, options),
    agreement: mapCorrelation(trial.mean, own, places, options),
    seeds: mapCorrelation(others[0], own, places, options),
  };
}

const spreadOf = (maps: readonly Float64Array[]) => summariseReplicas(maps).spread;

/** The networks of which something was found, by name. */
function networks({ classifier, autoencoder }: DropoutSpread) {
  return [
    ...(isSkipped(classifier)
      ? []
      : [{ name: "probability", free: "p (1 − p)", standIn: classifier }]),
    { name: "error", free: "the error itself", standIn: autoencoder },
  ];
}

/** One row a network and what may stand for the spread over seeds. */
export function dropoutRows(found: DropoutSpread): Row[] {
  return networks(found).flatMap(({ name, free, standIn: { dropout, ratio, halves, ...rest } }) => {
    const row = (what: string, { value, interval }: BootstrapEstimate, times: number | null) => ({
      ...{ "spread of": name, "foretold by": what, "rank correlation": value },
      ...{ from: interval[0], to: interval[1], "times as wide": times },
    });
    return [
      row(`dropout, ${found.passes} passes`, dropout, ratio.value),
      row(`${free}, which costs nothing`, rest.free, null),
      ...(halves === null ? [] : [row("half of the seeds, for the other half", halves, null)]),
    ];
  });
}

/** Spread over seeds beside spread over passes, each with its own scale. */
export function dropoutPanels(found: DropoutSpread): MapPanel[] {
  return networks(found).flatMap(({ name, standIn: { spread, trial } }) =>
    [
      { heading: `Spread of the ${name}, seeds`, values: spread },
      { heading: `Spread of the ${name}, dropout`, values: trial.spread },
    ].map(
      ({ heading, values }): MapPanel => ({
        ...{
          heading,
          legend: "Standard deviation",
          grid: patchGrid(found.patches, heading, values),
        },
        colours: { scheme: "magma" },
      }),
    ),
  );
}

/** How far dropout stands for seeds. */
export function dropoutMetrics(found: DropoutSpread): Metrics {
  const metrics: { [key: string]: Measured } = {};
  const known = ({ value, interval }: BootstrapEstimate): Measured => ({
    ...{ value, ...(interval.every(Number.isFinite) && { interval }) },
  });
  for (const {
    name,
    standIn: { dropout, free, ratio, agreement },
  } of networks(found)) {
    metrics[`dropout.${name}.rankCorrelation`] = known(dropout);
    metrics[`dropout.${name}.freeCorrelation`] = known(free);
    metrics[`dropout.${name}.ratio`] = known(ratio);
    metrics[`dropout.${name}.agreement`] = known(agreement);
  }
  return metrics;
}

/** Whether dropout can stand in for training anew, and whether its error is the method's. */
export function dropoutSentences(found: DropoutSpread): string[] {
  const { classifier, autoencoder, rate } = found;
  const { agreement, seeds } = autoencoder;
  const alike =
    agreement.interval[0] > seeds.interval[1]
      ? "more like it than that"
      : agreement.interval[1] < seeds.interval[0]
        ? "**less like it than that**"
        : "about as like it as that";
  return [
    isSkipped(classifier)
      ? `No passes of the classifier, since ${classifier.because}.`
      : verdict("probability", "p (1 − p)", classifier),
    verdict("error", "the error itself", autoencoder),
    `The auto-encoder that loses ${Number((100 * rate).toPrecision(3))} % of its values after each pooling is not the method's. From the same seed its error correlates with the method's own by ${estimateText(agreement)}; another seed of the method does by ${estimateText(seeds)}: it is ${alike}.`,
  ];
}

/** Said first what is unwelcome: that it says no more than what costs nothing. */
function verdict(name: string, free: string, found: StandIn): string {
  const { dropout, ratio, halves } = found;
  const stands =
    dropout.interval[0] <= 0
      ? `**Dropout does not tell for certain where seeds do not agree on the ${name}**`
      : dropout.interval[0] > found.free.interval[1]
        ? `Dropout tells where seeds do not agree on the ${name}, better than ${free} does`
        : dropout.interval[1] < found.free.interval[0]
          ? `**Dropout is no stand-in for the ${name}**: ${free}, which costs nothing, tells better where seeds do not agree`
          : `**Dropout tells no more for certain than ${free}**, which costs nothing, of where seeds do not agree on the ${name}`;
  const ceiling =
    halves === null
      ? ""
      : ` (half of the seeds foretell the other half by ${estimateText(halves)})`;
  const width =
    ratio.value < 0.8 ? "too narrow" : ratio.value > 1.25 ? "too wide" : "about as wide";
  return `${stands}: rank correlations of ${estimateText(dropout)} for dropout and ${estimateText(found.free)} for ${free}${ceiling}. Its spread is ${ratio.value.toFixed(2)} times that over seeds, ${width}.`;
}
