import { describe, expect, it } from "vitest";
import type { ErrorReliability } from "../../lib/src/runs/reliability";
import {
  reliabilityAdvice,
  reliabilityRows,
  scalingName,
  scalingRows,
} from "../../lib/src/tables/reliability";

const found = (mean: number) =>
  ({
    ...{ members: 5, trials: Array.from({ length: 10 }), predicted: 0.9 },
    single: { mean, least: 0.2, largest: 0.99 },
    measured: { value: 0.93, interval: [0.9, 0.96], confidence: 0.95 },
  }) as unknown as ErrorReliability;

describe("words and rows about reliability", () => {
  it("count the pairs of ten seeds, 45, and keep ranges apart from intervals", () => {
    const [single, predicted, measured] = reliabilityRows(found(0.6));
    expect(single).toMatchObject({
      how: "mean, least and largest of 45 pairs",
      from: 0.2,
      to: 0.99,
    });
    expect(predicted).toMatchObject({ correlation: 0.9, from: null });
    expect(measured).toMatchObject({ correlation: 0.93, from: 0.9, to: 0.96 });
  });

  it("advise a mean over seeds only where one training disagrees with another", () => {
    expect(reliabilityAdvice(found(0.6))).toContain("`members: 5` agrees by 0.930");
    expect(reliabilityAdvice(found(0.97))).toContain("One training is enough");
  });

  it("name scalings by their percentiles, whichever stands first", () => {
    expect([scalingName([0, 100]), scalingName([2, 98])]).toEqual([
      "minimum to maximum",
      "percentiles 2 to 98",
    ]);
    const layers = (share: number) => [{ band: "As", mean: 1, share, correlation: 1 }];
    const clipped = (below: number) => [{ band: "As", below, above: 0.01 }];
    const [row] = scalingRows(
      { percentiles: [1, 99], layers: layers(0.25), clipped: clipped(0.01) },
      { percentiles: [0, 100], layers: layers(0.5), clipped: clipped(0) },
    );
    expect(row).toEqual({
      layer: "As",
      "% of the error, percentiles 1 to 99": 25,
      "% clipped, percentiles 1 to 99": 2,
      "% of the error, minimum to maximum": 50,
      "% clipped, minimum to maximum": 1,
    });
  });
});
