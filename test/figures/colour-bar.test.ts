import { describe, expect, it } from "vitest";
import { colourBar } from "../../lib/src/figures/colour-bar";
import { colourScale } from "../../lib/src/figures/colour-scale";

describe("a colour bar", () => {
  // Of steps of 0.5 and 2, one tick alone would fall on these bars, and a scale needs two.
  it.each([
    [
      [-0.45, 0.49],
      ["−0.4", "0", "0.4"],
    ],
    [
      [-1.9, 1.8],
      ["−1", "0", "1"],
    ],
    [
      [0, 10],
      ["0", "5", "10"],
    ],
  ] as const)("over %j has labels at %j", (domain, labels) => {
    const bar = colourBar(colourScale([], { domain }), "x", {
      left: 0,
      top: 0,
      width: 86,
      height: 7,
    });
    const written = JSON.stringify(bar.layers);
    for (const label of labels) expect(written).toContain(`"${label}"`);
  });
});
