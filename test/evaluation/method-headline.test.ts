import { describe, expect, it } from "vitest";
import { methodHeadline } from "../../lib/src/evaluation/method-headline";
import { occurrenceGroups } from "../../lib/src/patches/groups";
import { tilePatches } from "../../lib/src/patches/tile";
import { counting, stackOf } from "../support/stacks";

describe("the headline", () => {
  // Eight patches in one row of 200 m each; Au in patches 0, 1, 2 and 5, Cu in 7.
  const patches = tilePatches(stackOf(2, 16, { A: counting(32) }), { size: 2 });
  const at = (commodity: string, patch: number) => ({
    ...{ name: `${commodity} ${patch}`, commodity },
    ...{ easting: 200 * patch + 100, northing: 100 },
  });
  const occurrences = [at("Au", 0), at("Au", 1), at("Au", 2), at("Au", 5), at("Cu", 7)];
  const groups = occurrenceGroups({ occurrences, mainCommodity: "Au" }, patches);
  const probabilities = Float64Array.from([0.9, 0.8, 0.5, 0.4, 0.6, 0.3, 0.2, 0.1]);
  const errors = Float64Array.from([8, 7, 6, 5, 4, 3, 2, 1]);
  const history = { loss: [3, 2], accuracy: [0.5, 0.75] };
  const headline = methodHeadline(errors, { probabilities, history }, groups, 0.5);

  it("has the main commodity's share above the threshold, as counted by hand", () => {
    // At or above 0.5 are patches 0, 1, 2 and 4 of eight, and three of the four of Au.
    expect(headline.areaShare).toBe(0.5);
    expect(headline.mainShare.value).toBe(0.75);
    expect(headline.mainOccurrences).toBe(4);
  });

  it("has the AUC of all, and the last epoch", () => {
    // Positives 8, 7, 6, 3 and 1 against 5, 4 and 2: 3 + 3 + 3 + 1 + 0 of 15 pairs.
    expect(headline.auc.value).toBeCloseTo(10 / 15, 12);
    expect(headline).toMatchObject({ finalLoss: 2, finalAccuracy: 0.75 });
  });

  it("is of all where no patch holds one of the main commodity", () => {
    const copper = [at("Cu", 0), at("Cu", 7)];
    const without = occurrenceGroups({ occurrences: copper, mainCommodity: "Au" }, patches);
    expect(without.some(({ ids }) => ids.includes("main"))).toBe(false);
    const found = methodHeadline(errors, { probabilities, history }, without, 0.5);
    expect(found.mainShare.value).toBe(0.5);
    expect(found.mainOccurrences).toBe(2);
  });
});
