import { mapCorrelation } from "../evaluation/block-bootstrap";
import type { BlockOptions } from "../evaluation/bootstrap";
import { type BootstrapEstimate, bootstrap } from "../evaluation/bootstrap";
import { pearson } from "../evaluation/correlation";
import { placements } from "../evaluation/delong";
import { meanOf } from "../evaluation/describe";
import { spearmanBrown } from "../evaluation/reliability";
import { meanMap } from "../evaluation/replica-maps";
import type { OccurrenceGroup } from "../patches/groups";
import { type Found, given } from "../skipped";
import type { Row } from "../tables/table";
import { type EnsembleFound, type ReplicaSet, replicaSets, SET_NAMES } from "./ensemble";
import type { Measured, Metrics } from "./measured";
import { estimateText, rangeText } from "./words";

/** The AUC of a mean over replicas beside that of one. */
export interface AucGain {
  readonly set: ReplicaSet["id"];
  readonly score: "error" | "probability";
  /** One a replica. */
  readonly singles: readonly number[];
  readonly ensemble: number;
  /** Of the mean less the mean of the single ones, with its interval over patches with occurrences. */
  readonly gain: BootstrapEstimate;
}

/** How alike maps of single replicas are, and maps of means over halves of them. */
export interface MapStability {
  readonly set: ReplicaSet["id"];
  /** Correlation of every two replicas. */
  readonly pairs: readonly number[];
  /** Replicas in a half. */
  readonly half: number;
  readonly halves: BootstrapEstimate;
  /** What Spearman and Brown expect of the halves; null where single ones have nothing in common. */
  readonly expected: number | null;
}

/** What an ensemble gains. */
export interface EnsembleGain {
  readonly stability: readonly MapStability[];
  readonly aucs: Found<{ readonly group: string; readonly gains: readonly AucGain[] }>;
}

/**
 * What averaging gains, in AUC and in stability. AUCs are means over occurrences' placements among the
 * background, so that the gain of one mean over another is a mean over the same placements, and is
 * drawn over the patches that hold an occurrence.
 */
export function ensembleGain(
  found: EnsembleFound,
  group: Found<OccurrenceGroup>,
  options: BlockOptions,
): EnsembleGain {
  const sets = replicaSets(found);
  return {
    stability: sets.map((set) => stabilityOf(set, found, options)),
    aucs: given(group, ({ title, assignment: { labels } }) => ({
      group: title,
      gains: sets.flatMap((set) =>
        (["error", "probability"] as const).map((score) => gainOf(set, score, labels, options)),
      ),
    })),
  };
}

function gainOf(
  { id, replicas }: ReplicaSet,
  score: AucGain["score"],
  labels: ArrayLike<number>,
  { seed }: BlockOptions,
): AucGain {
  const maps = replicas.map(({ errors, probabilities }) =>
    score === "error" ? errors : probabilities,
  );
  const single = maps.map((map) => placements(map, labels).positives);
  const whole = placements(meanMap(maps), labels).positives;
  const usual = meanMap(single);
  const gained = Array.from(whole, (placed, at) => placed - usual[at]);
  const gain = bootstrap(gained, meanOf, { seed });
  return { set: id, score, singles: single.map(meanOf), ensemble: meanOf(whole), gain };
}

function stabilityOf(
  { id, replicas }: ReplicaSet,
  { patches }: EnsembleFound,
  options: BlockOptions,
): MapStability {
  const maps = replicas.map(({ probabilities }) => probabilities);
  const pairs = maps.flatMap((map, at) => maps.slice(at + 1).map((other) => pearson(map, other)));
  const half = Math.floor(maps.length / 2);
  const [first, second] = [maps.slice(0, half), maps.slice(half, 2 * half)].map(meanMap);
  return {
    ...{ set: id, pairs, half, halves: mapCorrelation(first, second, patches.places, options) },
    expected: meanOf(pairs) > 0 ? spearmanBrown(meanOf(pairs), half) : null,
  };
}

/** One row a score and set of replicas: single AUCs, that of the mean, and what it gains. */
export function gainRows({ aucs }: EnsembleGain): Found<Row[]> {
  return given(aucs, ({ gains }) =>
    gains.map(({ set, score, singles, ensemble, gain }) => ({
      score,
      "replicas differ by": SET_NAMES[set],
      "one replica": meanOf(singles),
      least: Math.min(...singles),
      largest: Math.max(...singles),
      "their mean": ensemble,
      gain: gain.value,
      from: gain.interval[0],
      to: gain.interval[1],
    })),
  );
}

/** One row a set of replicas: how alike single maps are, and means over halves. */
export function mapStabilityRows({ stability }: EnsembleGain): Row[] {
  return stability.map(({ set, pairs, half, halves, expected }) => ({
    "replicas differ by": SET_NAMES[set],
    "two replicas": meanOf(pairs),
    least: Math.min(...pairs),
    largest: Math.max(...pairs),
    "replicas in a half": half,
    "two halves": halves.value,
    from: halves.interval[0],
    to: halves.interval[1],
    expected,
  }));
}

/** Gains in AUC, and how alike the maps are. */
export function gainMetrics({ aucs, stability }: EnsembleGain): Metrics {
  const metrics: { [key: string]: Measured } = {};
  for (const { set, pairs, halves } of stability) {
    metrics[`ensemble.${set}.pairCorrelation`] = { value: meanOf(pairs), n: pairs.length };
    metrics[`ensemble.${set}.halvesCorrelation`] = {
      ...{ value: halves.value, interval: halves.interval },
    };
  }
  given(aucs, ({ gains }) => {
    for (const { set, score, singles, ensemble, gain } of gains) {
      const key = `ensemble.${set}.${score}`;
      metrics[`${key}.singleAuc`] = { value: meanOf(singles), n: singles.length };
      metrics[`${key}.ensembleAuc`] = { value: ensemble, n: singles.length };
      metrics[`${key}.gain`] = { value: gain.value, interval: gain.interval };
    }
  });
  return metrics;
}

/** Whether averaging gains in AUC, said first where it does not. */
export function gainSentences({ aucs }: EnsembleGain): Found<string[]> {
  return given(aucs, ({ group, gains }) => {
    const bySeed = gains.filter(({ set }) => set === "seeds");
    const those = (is: (gain: AucGain) => boolean) => listed(bySeed.filter(is));
    const [loses, same, wins] = [
      those(({ gain }) => gain.interval[1] < 0),
      those(({ gain }) => gain.interval[0] <= 0 && gain.interval[1] >= 0),
      those(({ gain }) => gain.interval[0] > 0),
    ];
    const first = [
      ...(loses === "" ? [] : [`**Averaging over seeds loses in AUC by the ${loses}.**`]),
      ...(same === ""
        ? []
        : [
            `**Averaging over seeds gains nothing in AUC by the ${same} that the occurrences can tell.**`,
          ]),
      ...(wins === ""
        ? []
        : [`${loses + same === "" ? "Averaging over seeds" : "It"} gains in AUC by the ${wins}.`]),
    ].join(" ");
    const texts = bySeed.map(
      ({ score, singles, ensemble, gain }) =>
        `by the ${score} one replica has ${meanOf(singles).toFixed(3)} (${rangeText(singles)} over replicas), their mean ${ensemble.toFixed(3)}, a gain of ${estimateText(gain)}`,
    );
    return [
      `${first} For ${group}, ${texts.join("; ")}. What can be said for sure is that whoever trains once draws one of these AUCs, and does not know which.`,
    ];
  });
}

const listed = (gains: readonly AucGain[]) => gains.map(({ score }) => score).join(" and the ");

/** What averaging gains in stability. */
export function mapStabilitySentence({ stability }: EnsembleGain): string {
  const [{ pairs, half, halves, expected }] = stability;
  const beside = expected === null ? "" : `, where ${expected.toFixed(3)} was expected`;
  const alike = `Maps of two seeds correlate by ${meanOf(pairs).toFixed(3)} (${rangeText(pairs)} over ${pairs.length} pair${pairs.length === 1 ? "" : "s"})`;
  if (half < 2) return `${alike}; there are too few replicas for means over halves of them.`;
  const isMore = halves.interval[0] > meanOf(pairs);
  const gained = isMore ? "more than" : "not for certain more than";
  return `${alike}; means over ${half} seeds and ${half} others by ${estimateText(halves)}${beside}: ${gained} single ones.`;
}
