import { aucWithInterval } from "../evaluation/delong";
import type { FriedmanTest, NemenyiTest } from "../evaluation/friedman";
import type { MethodScores } from "../runs/method-set";
import type { Row } from "../tables/table";
import { listText, pText } from "./words";

/**
 * One row a method: its AUC on ground that it has not seen, with DeLong's interval, beside that on
 * the ground that it was fitted to, and how long it took; the best out of fold first.
 *
 * @param labels 1 for patches that hold an occurrence
 */
export function methodRows(scores: readonly MethodScores[], labels: Uint8Array): Row[] {
  return scores
    .map(({ name, isTold, inSample, outOfSample, seconds }) => {
      const outside = knownAuc(outOfSample, labels);
      return {
        method: name,
        "told of occurrences": isTold ? "yes" : "no",
        "AUC out of fold": outside?.value ?? null,
        from: outside?.interval[0] ?? null,
        to: outside?.interval[1] ?? null,
        "AUC in-sample": knownAuc(inSample, labels)?.value ?? null,
        seconds,
      };
    })
    .sort(
      (one, other) =>
        (other["AUC out of fold"] ?? other["AUC in-sample"] ?? 0) -
        (one["AUC out of fold"] ?? one["AUC in-sample"] ?? 0),
    );
}

/** One row a method: its average rank over districts, and how often it is first. */
export function methodRankRows({ methods, averageRanks, ranks }: FriedmanTest): Row[] {
  return methods
    .map((method, at) => ({
      ...{ method, "average rank": averageRanks[at] },
      "best rank": Math.min(...ranks.map((row) => row[at])),
      "worst rank": Math.max(...ranks.map((row) => row[at])),
      "districts where first": ranks.filter((row) => row[at] === 1).length,
    }))
    .sort((one, other) => one["average rank"] - other["average rank"]);
}

/**
 * Whether methods differ over districts, and which are not told apart from the best.
 *
 * @param districts what they are, such as "generated districts (synthetic)"
 */
export function methodRankSentence(
  { methods, averageRanks, districts: count, f, fP }: FriedmanTest,
  { criticalDifference, significance }: NemenyiTest,
  districts: string,
): string {
  const tested = `F ${Number.isFinite(f) ? f.toFixed(2) : "without end"}, ${pText(fP)}`;
  if (fP >= significance) {
    return `Over ${count} ${districts} no method can be told from another (${tested}): the order of their average ranks may be chance.`;
  }
  const order = methods
    .map((_, at) => at)
    .sort((one, other) => averageRanks[one] - averageRanks[other]);
  const [best, ...rest] = order;
  const alike = rest
    .filter((at) => averageRanks[at] - averageRanks[best] < criticalDifference)
    .map((at) => `${methods[at]} (${averageRanks[at].toFixed(2)})`);
  return `Over ${count} ${districts} the methods differ (${tested}). ${methods[best]} ranks first with ${averageRanks[best].toFixed(2)} on average; not told from it, by less than the critical difference of ${criticalDifference.toFixed(2)}: ${listText(alike)}.`;
}

/** AUC over the patches with a score; null where one class has none. */
function knownAuc(scores: ArrayLike<number>, labels: Uint8Array) {
  const known = Array.from(labels.keys()).filter((patch) => !Number.isNaN(scores[patch]));
  const own = known.map((patch) => labels[patch]);
  if (!own.includes(1) || !own.includes(0)) return null;
  return aucWithInterval(
    known.map((patch) => scores[patch]),
    own,
  );
}
