import { pearson } from "../evaluation/correlation";
import { midRanks } from "../evaluation/ranks";
import type { RepeatedRanking } from "../evaluation/repeats";
import type { Row } from "./table";

/**
 * Ranks of things by a published number of each, 1 for the largest contribution.
 *
 * @param contributions by label; larger is more
 */
export function publishedRanks(contributions: { readonly [label: string]: number }): {
  [label: string]: number;
} {
  const ranks = midRanks(Object.values(contributions).map((value) => -value));
  return Object.fromEntries(Object.keys(contributions).map((label, at) => [label, ranks[at]]));
}

/** One row a thing: its rank, contribution with interval, span of ranks, and the published rank. */
export function rankingRows(
  { rows }: RepeatedRanking,
  published: { readonly [label: string]: number } = {},
): Row[] {
  return rows.map(({ label, contribution, meanRank, rankInterval }, at) => ({
    rank: at + 1,
    channel: label,
    contribution: contribution.value,
    from: contribution.interval[0],
    to: contribution.interval[1],
    "mean rank": meanRank,
    "best rank": rankInterval[0],
    "worst rank": rankInterval[1],
    ...(Object.keys(published).length > 0 && { "published rank": published[label] ?? null }),
  }));
}

/** Spearman's correlation of mean and published ranks over the things that have both. */
export function agreementWithPublished(
  { rows }: RepeatedRanking,
  published: { readonly [label: string]: number },
): number {
  const both = rows.filter(({ label }) => published[label] !== undefined);
  return pearson(
    midRanks(both.map(({ meanRank }) => meanRank)),
    midRanks(both.map(({ label }) => published[label])),
  );
}
