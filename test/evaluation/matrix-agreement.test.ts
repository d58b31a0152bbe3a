import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { matrixAgreement } from "../../lib/src/evaluation/matrix-agreement";
import { publishedStudy } from "../../lib/src/published/published-study";
import { refusalOf } from "../support/refusal";

const reference = JSON.parse(
  readFileSync(join(__dirname, "../reference/evaluation/matrix-agreement.json"), "utf8"),
);
const { matrix: published } = publishedStudy().table1EvidenceCorrelation;
const corner = (matrix: number[][]) => matrix.slice(0, 5).map((row) => row.slice(0, 5));

describe("the agreement of two correlation matrices", () => {
  it("is scipy's rank correlation of the pairs, ties and all, and a count of signs", () => {
    const found = matrixAgreement(reference.matrix, published, { seed: 1, relabellings: 50 });
    expect(found.rank).toBeCloseTo(reference.rank, 12);
    expect(found).toMatchObject({ pairs: 36, signedPairs: reference.signed });
    expect(found.signs.value).toBeCloseTo(reference.same / reference.signed, 12);
  });

  it("lies among relabellings as among all 120 of five things", () => {
    const five = [reference.matrix, published].map((matrix) => corner(matrix));
    const found = matrixAgreement(five[0], five[1], { seed: 1, relabellings: 20_000 });
    expect(found.rank).toBeCloseTo(reference.fiveRank, 12);
    expect(Math.abs(found.pValue - reference.fiveShareAsHigh)).toBeLessThan(0.003);
    // Of 120 values, 3 lie in either tail; a sample of them may take one more or less.
    const [low, high] = found.chance;
    const every: number[] = reference.fiveEvery;
    expect(Math.abs(every.filter((value) => value < low).length - 3)).toBeLessThanOrEqual(2);
    expect(Math.abs(every.filter((value) => value > high).length - 3)).toBeLessThanOrEqual(2);
  });

  it("is complete of a matrix with itself, and the same for the same seed", () => {
    const found = matrixAgreement(published, published, { seed: 3 });
    expect(found.rank).toBeCloseTo(1, 12);
    expect(found.signs.value).toBe(1);
    expect(matrixAgreement(published, published, { seed: 3 })).toEqual(found);
  });

  it("refuses matrices of unlike sizes", async () => {
    const refusal = await refusalOf(() =>
      matrixAgreement(corner(reference.matrix), published, { seed: 1 }),
    );
    expect(refusal).toMatchObject({ kind: "values", found: "5 and 9 rows" });
  });
});
