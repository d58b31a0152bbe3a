import { aucWithInterval } from "../evaluation/delong";
import type { Estimate } from "../evaluation/types";
import type { NamedEstimate } from "../figures/interval-plot";
import type { OccurrenceGroup } from "../patches/groups";
import type { MethodScores } from "../runs/method-set";
import { type Found, isSkipped } from "../skipped";
import type { Row } from "../tables/table";
import type { DealtFolds } from "./folds";
import type { Measured, Metrics } from "./measured";
import { listText } from "./words";

/** Methods on the same patches, judged by the occurrences that those are told of which are told. */
export interface MethodComparison {
  readonly group: OccurrenceGroup;
  readonly folds: Found<DealtFolds>;
  readonly scores: readonly MethodScores[];
  /** Geochemical samples that the study has. */
  readonly samples: number;
}

/** A method and what it is worth on the ground that it was fitted to, and on ground held out. */
export interface MethodAreas extends Pick<MethodScores, "id" | "name" | "isTold" | "seconds"> {
  /** Null where it has no score for occurrences and background both. */
  readonly inSample: Estimate | null;
  readonly outOfFold: Estimate | null;
}

/** Areas of every method, the best out of fold first; without folds the best in-sample. */
export function methodAreas({
  group,
  scores,
}: Pick<MethodComparison, "group" | "scores">): MethodAreas[] {
  const { labels } = group.assignment;
  return scores
    .map(({ id, name, isTold, seconds, inSample, outOfSample }) => ({
      ...{ id, name, isTold, seconds },
      inSample: knownAuc(inSample, labels),
      outOfFold: knownAuc(outOfSample, labels),
    }))
    .sort((one, other) => orderedBy(other) - orderedBy(one));
}

const orderedBy = ({ inSample, outOfFold }: MethodAreas) =>
  outOfFold?.value ?? inSample?.value ?? 0;

/** AUC of every method in-sample and, where there are folds, on ground that it has not seen. */
export function methodMetrics(comparison: MethodComparison): Metrics {
  const n = comparison.group.assignment.assigned.length;
  const metrics: { [key: string]: Measured } = {
    "methods.samples": { value: comparison.samples },
  };
  for (const { id, inSample, outOfFold } of methodAreas(comparison)) {
    if (inSample !== null) metrics[`methods.${id}.inSample.auc`] = { ...inSample, n };
    if (outOfFold !== null) metrics[`methods.${id}.outOfFold.auc`] = { ...outOfFold, n };
  }
  return metrics;
}

/**
 * One row a method: its AUC on ground that it has not seen, with DeLong's interval, that on the
 * ground that it was fitted to, by how much the second is higher, and how long it took.
 */
export function methodRows(comparison: Pick<MethodComparison, "group" | "scores">): Row[] {
  return methodAreas(comparison).map(({ name, isTold, inSample, outOfFold, seconds }) => ({
    method: name,
    "told of occurrences": isTold ? "yes" : "no",
    "AUC out of fold": outOfFold?.value ?? null,
    from: outOfFold?.interval[0] ?? null,
    to: outOfFold?.interval[1] ?? null,
    "AUC in-sample": inSample?.value ?? null,
    optimism: inSample === null || outOfFold === null ? null : inSample.value - outOfFold.value,
    seconds,
  }));
}

/** Areas of every method for one plot, held-out and fitted ground apart. */
export function methodEstimates(
  comparison: Pick<MethodComparison, "group" | "scores">,
): NamedEstimate[] {
  return methodAreas(comparison).flatMap(({ name, isTold, inSample, outOfFold }) => {
    const row = isTold ? `${name} (told)` : name;
    return [
      ...(outOfFold === null ? [] : [{ name: row, group: "out of fold", estimate: outOfFold }]),
      ...(inSample === null ? [] : [{ name: row, group: "in-sample", estimate: inSample }]),
    ];
  });
}

/** By how much methods flatter themselves where they were fitted. */
export function optimismSentence(comparison: MethodComparison): string {
  const both = methodAreas(comparison).flatMap(({ name, isTold, inSample, outOfFold }) =>
    inSample === null || outOfFold === null
      ? []
      : [{ name, isTold, optimism: inSample.value - outOfFold.value, inSample, outOfFold }],
  );
  if (both.length === 0) {
    return isSkipped(comparison.folds)
      ? "No ground could be held out: what stands here is in-sample, and says nothing of how methods that are told of occurrences fare elsewhere."
      : "No method has a score for occurrences and background both, held out and in-sample.";
  }
  const most = (isTold: boolean) =>
    both
      .filter((each) => each.isTold === isTold)
      .sort((one, other) => other.optimism - one.optimism)
      .slice(0, 1)
      .map(
        ({ name, optimism, inSample, outOfFold }) =>
          `${name} by ${optimism.toFixed(3)} (${inSample.value.toFixed(3)} in-sample, ${outOfFold.value.toFixed(3)} held out)`,
      );
  const lost = Math.max(0, ...both.filter(({ isTold }) => !isTold).map((each) => each.optimism));
  const unstable =
    lost > STEADY
      ? " What is told of nothing has nothing to remember: so much less on held-out ground says that without a part of the ground it takes other ground for the usual, and is not to be relied on here."
      : "";
  return `In-sample numbers flatter most, of methods that are told of occurrences: ${listText(most(true))}; of those that are not: ${listText(most(false))}. An order by in-sample numbers is one of how well methods remember.${unstable}`;
}

/** By less than this an area moves with the ground that happens to be held out. */
const STEADY = 0.05;

/** AUC over the patches with a score; null where one class has none. */
export function knownAuc(scores: ArrayLike<number>, labels: Uint8Array): Estimate | null {
  const known = Array.from(labels.keys()).filter((patch) => !Number.isNaN(scores[patch]));
  const own = known.map((patch) => labels[patch]);
  if (!own.includes(1) || !own.includes(0)) return null;
  return aucWithInterval(
    known.map((patch) => scores[patch]),
    own,
  );
}
