import { describe, expect, it } from "vitest";
import { kilometreTicks } from "../../lib/src/figures/map-axes";
import { logTicks } from "../../lib/src/figures/ticks";

describe("ticks of a logarithmic axis", () => {
  it("are powers of ten, doubled and quintupled where the range is short", () => {
    expect(logTicks(0.00087, 0.051)).toEqual([0.001, 0.002, 0.005, 0.01, 0.02, 0.05]);
    expect(logTicks(1, 1e4)).toEqual([1, 10, 100, 1000, 1e4]);
  });

  it("are round numbers where the range holds fewer than two of those", () => {
    expect(logTicks(0.0211, 0.045)).toEqual([0.03, 0.04]);
    expect(logTicks(0.0068, 0.0076)).toEqual([0.0068, 0.007, 0.0072, 0.0074, 0.0076]);
  });
});

describe("ticks of a map's axis", () => {
  it("are two at least, however short the axis is", () => {
    // 9 km on 140 px: one tick every 10 km would leave 3,800 alone.
    expect(kilometreTicks(3_800_000, 3_809_000, 90, 48)).toEqual([3800, 3805]);
    expect(kilometreTicks(500_000, 500_400, 60, 62)).toEqual([500, 500.2, 500.4]);
  });

  it("are no more than there is room for where two or more fit", () => {
    expect(kilometreTicks(352_500, 683_000, 250, 62)).toEqual([400, 500, 600]);
  });
});
