import { type AucComparison, compareAucs } from "../evaluation/delong";
import { medianOf } from "../evaluation/describe";
import { holmAdjusted } from "../evaluation/holm";
import { holdingPatches } from "../patches/groups";
import type { MethodScores } from "../runs/method-set";
import { type Found, given, skipped } from "../skipped";
import type { Row } from "../tables/table";
import { type MethodAreas, type MethodComparison, methodAreas } from "./methods";
import { estimateText, shortListText } from "./words";

/** The paper's two scores, which the others are held against. */
const PAPERS = ["cae", "cnn"] as const;
const SIGNIFICANCE = 0.05;
/** Begins a paragraph of what is said together. */
const PARAGRAPH = "\n\n";
/** Names that a sentence lists; the table has all. */
const NAMED = 5;

/** A method held against one of the paper's on ground that neither has seen. */
export interface MethodTest {
  readonly method: MethodScores;
  /** Of the method (first) and the paper's score. */
  readonly comparison: AucComparison;
  /** Two-sided p adjusted by Holm for all methods that were held against the same score. */
  readonly adjusted: number;
}

/** One of the paper's scores, and every other method against it. */
export interface PaperTests {
  readonly paper: MethodScores;
  readonly tests: readonly MethodTest[];
}

/**
 * Every method against the reconstruction error and against the CNN, out of fold, by DeLong's paired
 * test on the patches that both score.
 */
export function methodTests({ group, scores }: MethodComparison): Found<PaperTests[]> {
  const { labels } = group.assignment;
  const found = scores
    .filter(({ id }) => PAPERS.some((paper) => paper === id))
    .map((paper) => {
      const compared = scores
        .filter((method) => method !== paper)
        .flatMap((method) => {
          const comparison = paired(method.outOfSample, paper.outOfSample, labels);
          return comparison === null ? [] : [{ method, comparison }];
        });
      const adjusted = holmAdjusted(compared.map(({ comparison }) => comparison.p));
      return { paper, tests: compared.map((each, at) => ({ ...each, adjusted: adjusted[at] })) };
    })
    .filter(({ tests }) => tests.length > 0);
  return found.length === 0
    ? skipped("no two methods have scores for occurrences and background that were held out")
    : found;
}

function paired(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  labels: Uint8Array,
): AucComparison | null {
  const known = Array.from(labels.keys()).filter(
    (patch) => !Number.isNaN(first[patch]) && !Number.isNaN(second[patch]),
  );
  const own = known.map((patch) => labels[patch]);
  if (!own.includes(1) || !own.includes(0)) return null;
  const of = (scores: ArrayLike<number>) => known.map((patch) => scores[patch]);
  return compareAucs(of(first), of(second), own);
}

/** One row a method and score of the paper: the difference with its interval, p and Holm's p. */
export function methodTestRows(found: Found<readonly PaperTests[]>): Found<Row[]> {
  return given(found, (papers) =>
    papers.flatMap(({ paper, tests }) =>
      [...tests]
        .sort((one, other) => other.comparison.difference.value - one.comparison.difference.value)
        .map(({ method, comparison, adjusted }) => ({
          "held against": paper.name,
          method: method.name,
          "told of occurrences": method.isTold ? "yes" : "no",
          difference: comparison.difference.value,
          from: comparison.difference.interval[0],
          to: comparison.difference.interval[1],
          p: comparison.p,
          "p (Holm)": adjusted,
        })),
    ),
  );
}

/**
 * What the others say of the paper's two scores: of each its own area, what is above it, told of nothing
 * as it is or told, and what is near or below; then what all of it is worth. A paragraph each.
 */
export function methodTestSentences(
  comparison: MethodComparison,
  found: Found<readonly PaperTests[]>,
): Found<string[]> {
  return given(found, (papers) => {
    const areas = methodAreas(comparison).filter(({ outOfFold }) => outOfFold !== null);
    const holding = holdingPatches(comparison.group);
    return [
      ...papers.flatMap((paper, at) => {
        const [own, ...others] = paperSentences(paper, areas);
        return [`${at === 0 ? "" : PARAGRAPH}${own}`, ...others];
      }),
      `${PARAGRAPH}The areas are of ${holding} patches that hold ${comparison.group.title}; one patch is ${(100 / holding).toFixed(1)} % of them. A difference that is not told from none may still be there: its interval reaches ${reachText(papers)} to either side.`,
    ];
  });
}

function paperSentences({ paper, tests }: PaperTests, areas: readonly MethodAreas[]): string[] {
  const place = areas.findIndex(({ id }) => id === paper.id);
  const own = areas[place].outOfFold!;
  const named = (isOf: (test: MethodTest) => boolean) =>
    shortListText(
      tests
        .filter(isOf)
        .sort((one, other) => other.comparison.first - one.comparison.first)
        .map(({ method, comparison }) => `${method.name} (${comparison.first.toFixed(3)})`),
      NAMED,
    );
  const isAbove = ({ comparison }: MethodTest) => comparison.difference.value > 0;
  const isApart = ({ adjusted }: MethodTest) => adjusted < SIGNIFICANCE;
  const above = (isTold: boolean) =>
    named((test) => isAbove(test) && isApart(test) && test.method.isTold === isTold);
  const near = named((test) => isAbove(test) && !isApart(test));
  const below = named((test) => !isAbove(test) && isApart(test));
  return [
    `**${paper.name}** has an AUC of ${estimateText(own)} on ground held out, rank ${place + 1} of ${areas.length}.`,
    `Above it by the paired test, after Holm, and told of no occurrence either: ${above(false)}; told of occurrences: ${above(true)}.`,
    `Higher, but not told apart from it: ${near}. Below it by the test: ${below}.`,
  ];
}

/** Half of the interval of a difference, the median of all. */
function reachText(papers: readonly PaperTests[]): string {
  const reaches = papers.flatMap(({ tests }) =>
    tests.map(
      ({ comparison: { difference } }) => (difference.interval[1] - difference.interval[0]) / 2,
    ),
  );
  return `about ${medianOf(reaches).toFixed(2)}`;
}
