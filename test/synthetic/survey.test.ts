import { createHash } from "node:crypto";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { applyMethod } from "../../lib/src/method/apply";
import { readMethod } from "../../lib/src/method/read-method";
import { publishedStudy } from "../../lib/src/published/published-study";
import { surveyRows, syntheticSurvey } from "../../lib/src/published/synthetic-survey";
import { makeDistrict } from "../../lib/src/synthetic/district";
import { inputTexts } from "../../lib/src/synthetic/files";

const survey = syntheticSurvey();

describe("the survey of generated districts", () => {
  it("is of this generator: the files of seed 1 have the checksums that it keeps", () => {
    const sums = [...inputTexts(makeDistrict({ seed: 1 }))].map(([name, text]) => [
      name,
      createHash("sha256").update(text).digest("hex"),
    ]);
    expect(survey.generator).toEqual(Object.fromEntries(sums));
  });

  it("is of the method that the notebooks have", () => {
    const file = readMethod(join(__dirname, "../../notebooks/method.json"));
    const { method } = applyMethod(file, { notebook: { profile: "paper" } });
    expect(method).toMatchObject(survey.method as object);
    expect(Object.keys(survey.method as object)).toContain("filters");
  });

  it("is of twenty seeds that the calibration, on 1 to 5, has not seen", () => {
    expect(survey.seeds).toEqual(Array.from({ length: 20 }, (_, at) => 11 + at));
  });

  // Occurrences anywhere know nothing of the evidence: the leak test.
  it("finds nothing where occurrences lie anywhere: mean AUC within 0.03 of 0.5", () => {
    expect(Math.abs(survey.anywhereAuc - 0.5)).toBeLessThanOrEqual(0.03);
  });

  it("stands beside the published numbers, ranges about medians", () => {
    const { roc, table2CaeStability } = publishedStudy();
    const of = (key: string) => survey.numbers.find((number) => number.key === key)!;
    expect(of("auc.all").published).toBe(roc.allDepositsAllEvidenceAuc);
    expect(of("baseAndLong").published).toBe(table2CaeStability.matrix[1][2]);
    for (const { low, median, high } of survey.numbers) {
      expect(low).toBeLessThanOrEqual(median);
      expect(median).toBeLessThanOrEqual(high);
    }
    expect(surveyRows(survey).length).toBe(survey.numbers.length);
  });
});
