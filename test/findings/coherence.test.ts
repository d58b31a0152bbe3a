import { describe, expect, it } from "vitest";
import {
  coherenceCurve,
  coherenceEstimates,
  coherenceSentence,
} from "../../lib/src/findings/coherence";
import {
  meanScores,
  mutualDraw,
  mutualPrediction,
  mutualSentences,
  oddPatches,
} from "../../lib/src/findings/mutual-prediction";
import {
  learntCounts,
  occurrenceCoherence,
  occurrenceCoherenceSentence,
  predictionSpread,
} from "../../lib/src/findings/occurrence-coherence";
import type { OccurrenceGroup } from "../../lib/src/patches/groups";
import { labelSlices } from "../../lib/src/patches/label-slices";

const blocks = { seed: 1, blockSize: 1, resamples: 200 };

describe("the coherence curve", () => {
  // Ten patches, the worst first: core 0 and 1, added 2 and 3, unlabelled 4 to 7, background 8 and 9.
  const errors = Array.from({ length: 10 }, (_, patch) => 9 - patch);
  const shares = [0.2, 0.4];
  const slices = labelSlices(errors, shares, 0.2);
  const places = errors.map((_, column) => ({ row: 0, column }));
  const settings = { low: 0.2, folds: 2, leftOut: [], blocks };

  it("judges core, added and all labelled patches against what no share labels, by hand", () => {
    // Against 0.5, 0.4, 0.3, 0.2: the core wins 4 + 2 of 8; the patches added 3 + 1 of 8.
    const scores = [0.9, 0.35, 0.45, 0.25, 0.5, 0.4, 0.3, 0.2, 0, 0];
    const [first, second] = coherenceCurve(
      { places },
      slices,
      shares,
      [scores, scores],
      settings,
    ).shares;
    expect(first.core.value).toBeCloseTo(6 / 8, 12);
    expect(first.added.value).toBeCloseTo(6 / 8, 12);
    expect(second.core.value).toBeCloseTo(6 / 8, 12);
    expect(second.added.value).toBeCloseTo(4 / 8, 12);
    expect(second.all.value).toBeCloseTo(10 / 16, 12);
    expect(second.patches).toBe(4);
  });

  it("takes the smallest share within a standard error of the best", () => {
    const worst = [0.1, 0.1, 0, 0, 0.5, 0.4, 0.3, 0.2, 0, 0];
    const best = [0.9, 0.8, 0, 0, 0.5, 0.4, 0.3, 0.2, 0, 0];
    const chosen = (scores: number[][]) =>
      coherenceCurve({ places }, slices, shares, scores, settings).chosen;
    expect(chosen([best, best])).toBe(0.2);
    // The best is told without error, so that nothing else comes near.
    expect(chosen([worst, best])).toBe(0.4);
  });

  it("is drawn with the rule's choice marked", () => {
    const scores = [0.9, 0.35, 0.45, 0.25, 0.5, 0.4, 0.3, 0.2, 0, 0];
    const curve = coherenceCurve({ places }, slices, shares, [scores, scores], settings);
    expect(coherenceEstimates(curve)).toMatchObject({
      estimates: [
        { at: 20, group: "the first 20 %" },
        { at: 20, group: "those that the share adds" },
        { at: 40, group: "the first 20 %" },
        { at: 40, group: "those that the share adds", estimate: { value: 0.5 } },
      ],
      mark: { at: 20 },
    });
  });

  it("says where shares do not differ, and which were left out", () => {
    const scores = [0.9, 0.8, 0, 0, 0.5, 0.4, 0.3, 0.2, 0, 0];
    const found = coherenceCurve({ places }, slices, shares, [scores, scores], {
      ...settings,
      leftOut: [0.05],
    });
    const text = coherenceSentence(found, [0.4, 0.1]);
    expect(text).toContain("coherence does not choose between them");
    expect(text).toContain("40 % 1.000");
    expect(text).toContain("too few patches to hold some out: 5 %.");
  });
});

describe("mutual prediction", () => {
  const selection = { prospective: Uint32Array.of(0, 1), background: Uint32Array.of(4, 5) };

  it("tells AUCs of held-out labels, worked by hand", () => {
    const scores = [0.9, 0.3, 0.6, 0.2, 0.4, 0.1];
    expect(mutualDraw(scores, selection)).toEqual({
      // 0.9 above 0.4 and 0.1; 0.3 above 0.1 alone.
      labels: 3 / 4,
      // 0.9 above all four others; 0.3 above 0.2 and 0.1.
      prospective: 6 / 8,
      // 0.1 below all four; 0.4 below 0.9 and 0.6.
      background: 6 / 8,
    });
  });

  it("leaves out what was not scored, and is none where one kind is left", () => {
    const { NaN: none } = Number;
    expect(mutualDraw([0.9, none, 0.6, 0.2, 0.4, 0.1], selection)?.labels).toBe(1);
    expect(mutualDraw([none, none, 0.6, 0.2, 0.4, 0.1], selection)).toBeNull();
  });

  it("finds the odd ones by rank: below the median of all other ground", () => {
    // Others 0.01, 0.02, 0.03, 0.04: median 0.025, far below one half.
    expect([...oddPatches([0.03, 0.02, 0.01, 0.02, 0.03, 0.04], selection)]).toEqual([1]);
    expect([
      ...meanScores([
        [1, 0],
        [0, 0.5],
      ]),
    ]).toEqual([0.5, 0.25]);
  });
});

describe("what mutual prediction says", () => {
  const selection = { prospective: Uint32Array.of(0, 1), background: Uint32Array.of(2, 3) };
  const right = Float64Array.of(0.9, 0.8, 0.2, 0.1);
  const half = Float64Array.of(0.9, 0.1, 0.8, 0.2);
  const wrong = Float64Array.from(right, (score) => 1 - score);
  const of = (mixture: Float64Array, blocksOf: Float64Array) =>
    mutualPrediction(selection, [
      { scheme: "mixture", selection, scores: mixture },
      { scheme: "shuffled", selection, scores: half },
      { scheme: "blocks", selection, scores: blocksOf },
      { scheme: "random", selection, scores: right },
    ]);

  it("is told beside labels that mean nothing, and how", () => {
    const [below] = mutualSentences(of(right, half)!) as string[];
    expect(below).toContain("an AUC of 1.000");
    // 0.9 above both, 0.1 above neither: 2 of 4.
    expect(below).toContain("**0.500 (0.500 to 0.500 over draws)**, less than any of those");
    const [above] = mutualSentences(of(half, right)!) as string[];
    expect(above).toContain("more than any of those");
    const [alike] = mutualSentences(of(right, right)!) as string[];
    expect(alike).toContain("within the range of those");
  });

  it("tells what neighbours add, and the odd ones out", () => {
    const [, near, odd] = mutualSentences(of(right, half)!) as string[];
    expect(near).toContain("the difference of 0.500 is what neighbours tell each other");
    // 0.1 lies below the median 0.5 of 0.8 and 0.2; 0.9 does not.
    expect(odd).toContain("1 of 2 prospective patches (50.0 %) are the odd ones out");
    expect(of(right, wrong)?.odd).toEqual(Uint32Array.of(0, 1));
  });

  it("is none where no draw of a scheme has labels of both kinds", () => {
    expect(of(right, Float64Array.of(Number.NaN, Number.NaN, 0.2, 0.1))).toBeNull();
  });
});

describe("what labels say of occurrences", () => {
  const labels = Uint8Array.of(1, 1, 0, 0, 0);
  const assigned = [0, 1].map((patch) => ({ patch }));
  const group = {
    title: "2 Au occurrences",
    assignment: { labels, assigned },
  } as unknown as OccurrenceGroup;
  const known = [{ learnt: 1, aucs: Float64Array.of(0.6, 0.7, 0.8) }];
  const sentence = (heldOut: number[]) =>
    occurrenceCoherenceSentence(
      occurrenceCoherence(group, [0.9, 0.8, 0.3, 0.2, 0.1], heldOut, { known, chance: known }),
    );

  it("is told beside what they say of each other", () => {
    // Over draws 0.6 to 0.8: 5 % at 0.61, 95 % at 0.79, by hand.
    expect(predictionSpread(known[0]).interval?.map((bound) => bound.toFixed(3))).toEqual([
      ...["0.610", "0.790"],
    ]);
    const more = sentence([0.9, 0.8, 0.3, 0.2, 0.1]);
    expect(more).toContain("Of the 2 patches that hold one, 1 tell the others with 0.700");
    expect(more).toContain("more than any but the luckiest of those draws");
    // 0.9 above all, 0.05 above none: 3 of 6.
    const less = sentence([0.9, 0.05, 0.3, 0.2, 0.1]);
    expect(less).toContain("**0.500 (");
    expect(less).toContain("occurrences know each other better than the labels know them");
    // 0.9 above all, 0.15 above 0.1 alone: 4 of 6.
    expect(sentence([0.9, 0.15, 0.3, 0.2, 0.1])).toContain("within the range of those draws");
  });

  it("leaves out patches that were not scored", () => {
    expect(sentence([0.9, 0.05, Number.NaN, Number.NaN, 0.01])).toContain("**1.000 (");
  });
});

it("occurrences are learnt from by doubling numbers, up to half of them", () => {
  expect(learntCounts(18)).toEqual([2, 4, 8, 9]);
  expect(learntCounts(6)).toEqual([2, 3]);
});
