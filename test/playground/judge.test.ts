import { describe, expect, it } from "vitest";
import type { OccurrenceGroup } from "../../lib/src/patches/groups";
import { judged } from "../../scripts/playground/worker/judge";

/** A group of occurrences in some of ten patches. */
function group(...held: number[]): OccurrenceGroup {
  const labels = Uint8Array.from({ length: 10 }, (_, patch) => (held.includes(patch) ? 1 : 0));
  const assigned = held.map((patch) => ({
    ...{ patch, occurrence: { name: `${patch}`, commodity: "Au", easting: 0, northing: 0 } },
  }));
  return { ids: ["all"], title: "", assignment: { labels, assigned, unassigned: [] } };
}

describe("scores held against occurrences", () => {
  // Patches 0 to 9 score 9 down to 0; occurrences in 0 and 3, two of them in 3.
  const scores = Float64Array.from({ length: 10 }, (_, patch) => 9 - patch);
  const [found] = judged(scores, [group(0, 3, 3)]);

  it("have the AUC that counting pairs gives", () => {
    // Of 16 pairs of a patch with and one without, those of patch 0 are all right, and six of patch 3's.
    expect(found.auc).toBeCloseTo(14 / 16, 12);
    expect(found.interval[0]).toBeLessThan(14 / 16);
  });

  it("have a ROC curve of its corners alone", () => {
    expect([...found.roc.x]).toEqual([0, 0, 2 / 8, 2 / 8, 1]);
    expect([...found.roc.y]).toEqual([0, 0.5, 0.5, 1, 1]);
  });

  it("have a success-rate curve that says at each corner from which score on", () => {
    expect([...found.success.area]).toEqual([0, 0.1, 0.3, 0.4, 1]);
    const third = 1 / 3;
    expect([...found.success.occurrences]).toEqual([0, third, third, 1, 1]);
    expect([...found.success.thresholds]).toEqual([Infinity, 9, 7, 6, 0]);
  });
});
