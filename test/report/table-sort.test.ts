import { describe, expect, it } from "vitest";
import { compareCells, sortValue } from "../../scripts/report/client/table-sort";

describe("a table's cells", () => {
  it.each([
    ["0.830 (0.786 to 0.873)", 0.83],
    ["9,041", 9041],
    ["−0.05", -0.05],
    ["-0.4", -0.4],
    ["12 of 76", 12],
    ["above 0.99", 0.99],
    ["1.5e-4", 0.00015],
    ["23.8 %", 23.8],
  ])("%s is sorted by its number", (text, value) => {
    expect(sortValue(text)).toBe(value);
  });

  it.each(["PC1", "without As", "15-15", "", "–"])("%s is no number", (text) => {
    expect(sortValue(text)).toBeNaN();
  });

  it("stand by value, words after numbers, what is missing last either way", () => {
    const cells = ["1,050", "–", "B10", "9.5 (8 to 11)", "B2", "−3"];
    const sorted = (direction: 1 | -1) =>
      [...cells].sort((one, other) => compareCells(one, other, direction));
    expect(sorted(1)).toEqual(["−3", "9.5 (8 to 11)", "1,050", "B2", "B10", "–"]);
    expect(sorted(-1)).toEqual(["1,050", "9.5 (8 to 11)", "−3", "B10", "B2", "–"]);
  });
});
