import { aucWithInterval } from "../evaluation/delong";
import { quantileOfSorted } from "../evaluation/describe";
import type { PresencePrediction } from "../evaluation/presence-prediction";
import type { Estimate } from "../evaluation/types";
import { holdingPatches, type OccurrenceGroup } from "../patches/groups";
import type { OccurrencePrediction } from "../runs/occurrence-prediction";
import { type Found, given } from "../skipped";
import type { Row } from "../tables/table";
import type { Measured, Metrics } from "./measured";
import { estimateText } from "./words";

/** Known occurrences, told by labels that look at none and by each other. */
export interface OccurrenceCoherence {
  readonly group: OccurrenceGroup;
  /** AUCs of patches with an occurrence: by the map that was trained on all labels, and held out. */
  readonly byMap: Estimate;
  readonly byHeldOut: Estimate;
  readonly prediction: OccurrencePrediction;
}

/** How many of some occurrences to learn from: 2, 4, 8 and so on, up to half of them. */
export function learntCounts(occurrences: number): number[] {
  const half = Math.floor(occurrences / 2);
  const doubled = [2, 4, 8, 16, 32, 64].filter((count) => count < half);
  return [...doubled, half];
}

/** Holds labels and occurrences against occurrences. */
export function occurrenceCoherence(
  group: OccurrenceGroup,
  map: ArrayLike<number>,
  heldOut: ArrayLike<number>,
  prediction: OccurrencePrediction,
): OccurrenceCoherence {
  const { labels } = group.assignment;
  const scored = Array.from(labels, (_, patch) => patch).filter(
    (patch) => !Number.isNaN(heldOut[patch]),
  );
  return {
    group,
    byMap: aucWithInterval(map, labels),
    byHeldOut: aucWithInterval(
      scored.map((patch) => heldOut[patch]),
      scored.map((patch) => labels[patch]),
    ),
    prediction,
  };
}

/** Mean over draws, and the range of the middle 90 %. */
export function predictionSpread({ aucs }: PresencePrediction): Measured {
  const rising = Float64Array.from(aucs).sort();
  return {
    value: rising.reduce((sum, auc) => sum + auc, 0) / rising.length,
    interval: [quantileOfSorted(rising, 0.05), quantileOfSorted(rising, 0.95)],
    n: rising.length,
  };
}

/** AUCs by labels and by each other. */
export function occurrenceMetrics(found: Found<OccurrenceCoherence>): Metrics {
  const metrics: { [key: string]: Measured } = {};
  given(found, ({ group, byMap, byHeldOut, prediction }) => {
    const n = group.assignment.assigned.length;
    const plain = ({ value, interval }: Estimate): Measured => ({ value, interval, n });
    metrics["coherence.occurrences.byMap"] = plain(byMap);
    metrics["coherence.occurrences.byHeldOut"] = plain(byHeldOut);
    for (const each of prediction.known) {
      metrics[`coherence.occurrences.by${each.learnt}`] = predictionSpread(each);
    }
  });
  return metrics;
}

/** One row a number of occurrences that the others are predicted from. */
export function occurrencePredictionRows(found: Found<OccurrenceCoherence>): Found<Row[]> {
  return given(found, ({ prediction: { known, chance } }) =>
    known.map((each, at) => {
      const [own, drawn] = [predictionSpread(each), predictionSpread(chance[at])];
      return {
        "learnt from": each.learnt,
        draws: each.aucs.length,
        "AUC of the others": own.value,
        "5 %": own.interval![0],
        "95 %": own.interval![1],
        "places by chance": drawn.value,
        "chance 5 %": drawn.interval![0],
        "chance 95 %": drawn.interval![1],
      };
    }),
  );
}

/** What labels and occurrences say of occurrences. */
export function occurrenceCoherenceSentence(found: Found<OccurrenceCoherence>): Found<string> {
  return given(found, ({ group, byMap, byHeldOut, prediction: { known } }) => {
    const last = known[known.length - 1];
    const holding = holdingPatches(group);
    const { value, interval } = predictionSpread(last);
    const [low, high] = interval!;
    const beside =
      byHeldOut.value > high
        ? "more than any but the luckiest of those draws"
        : byHeldOut.value < low
          ? "less than nearly all of those draws: occurrences know each other better than the labels know them"
          : "within the range of those draws";
    return `${group.title} are told from other ground by the labels, held out by blocks, with an AUC of **${estimateText(byHeldOut)}** (by the map that saw all labels ${estimateText(byMap)}). Of the ${holding} patches that hold one, ${last.learnt} tell the others with ${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)} over ${last.aucs.length} draws). The labels' is ${beside}. Draws hold out occurrences and not ground, so that neighbours flatter them.`;
  });
}
