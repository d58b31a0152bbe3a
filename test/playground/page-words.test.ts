import { expect, it } from "vitest";
import { counted, duration, percent, threshold } from "../../scripts/playground/page/words";

it("a threshold that is not 1 is not told as 1", () => {
  expect(threshold(0.99962)).toBe("0.99962");
  expect(threshold(1)).toBe("1");
  expect(threshold(0.0123456)).toBe("0.0123");
  expect(threshold(0.8)).toBe("0.8");
});

it("shares are whole per cent, but none is told as nothing or as all that is not", () => {
  expect([0, 0.002, 0.237, 0.998, 1].map(percent)).toEqual([
    "0 %",
    "0.2 %",
    "24 %",
    "99.8 %",
    "100 %",
  ]);
});

it("times and counts read as a person says them", () => {
  expect([1.04, 12.6, 125].map(duration)).toEqual(["1.0 s", "13 s", "2 min 5 s"]);
  expect([counted(1, "epoch"), counted(1200, "epoch")]).toEqual(["1 epoch", "1,200 epochs"]);
});
