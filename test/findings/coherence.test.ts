import { describe, expect, it } from "vitest";
import { coherenceCurve, coherenceSentence } from "../../lib/src/findings/coherence";
import { meanScores, mutualDraw, oddPatches } from "../../lib/src/findings/mutual-prediction";
import { learntCounts } from "../../lib/src/findings/occurrence-coherence";
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

it("occurrences are learnt from by doubling numbers, up to half of them", () => {
  expect(learntCounts(18)).toEqual([2, 4, 8, 9]);
  expect(learntCounts(6)).toEqual([2, 3]);
});
