import type { FriedmanTest, NemenyiTest } from "../evaluation/friedman";
import type { Row } from "../tables/table";
import { listText, pText } from "./words";

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
  test: FriedmanTest,
  nemenyi: NemenyiTest,
  districts: string,
): string {
  const { methods, averageRanks, districts: count, f, fP } = test;
  const tested = `F ${Number.isFinite(f) ? f.toFixed(2) : "without end"}, ${pText(fP)}`;
  if (fP >= nemenyi.significance) {
    return `Over ${count} ${districts} no method can be told from another (${tested}): the order of their average ranks may be chance.`;
  }
  const [best, ...alike] = notToldFromBest(test, nemenyi).map((at) => ({
    name: methods[at],
    rank: averageRanks[at].toFixed(2),
  }));
  const others = listText(alike.map(({ name, rank }) => `${name} (${rank})`));
  return `Over ${count} ${districts} the methods differ (${tested}). ${best.name} ranks first with ${best.rank} on average; not told from it, by less than the critical difference of ${nemenyi.criticalDifference.toFixed(2)}: ${others}.`;
}

/**
 * Numbers of the methods that Nemenyi's test does not tell from the best of some, that one first;
 * all of them where Friedman's finds no difference.
 *
 * @param among numbers of the methods that are asked about; all when absent
 */
export function notToldFromBest(
  { methods, averageRanks, fP }: FriedmanTest,
  { criticalDifference, significance }: NemenyiTest,
  among: readonly number[] = [...methods.keys()],
): number[] {
  const order = [...among].sort((one, other) => averageRanks[one] - averageRanks[other]);
  if (fP >= significance) return order;
  return order.filter((at) => averageRanks[at] - averageRanks[order[0]] < criticalDifference);
}
