import { expect, it } from "vitest";
import { pairedTable } from "../../scripts/bench/study-table";

it("a pair has the ratio of its two times, and all that of their sums", () => {
  const pairs = [
    { notebook: "00-evidence", here: 3, there: 4, load: 0.25 },
    { notebook: "02-cae-variants", here: 6, there: 20, load: 1 },
  ];
  // 3 / 4, 6 / 20, and 9 / 24 of both: not the mean of the two ratios, 0.53.
  expect(pairedTable(pairs).split("\n").slice(2)).toEqual([
    "| 00-evidence | 3.0 | 4.0 | 0.75 | 0.3 |",
    "| 02-cae-variants | 6.0 | 20.0 | 0.30 | 1.0 |",
    "| all | 9.0 | 24.0 | 0.38 |  |",
  ]);
});

it("a time that rounds to nothing has no ratio", () => {
  const table = pairedTable([{ notebook: "01", here: 0.1, there: 0, load: 0 }]);
  expect(table).toContain("| 01 | 0.1 | 0.0 |  | 0.0 |");
});
