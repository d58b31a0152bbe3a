import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { quantileOfSorted } from "../../lib/src/evaluation/describe";
import { applyMethod } from "../../lib/src/method/apply";
import { readMethod } from "../../lib/src/method/read-method";
import { methodSurvey } from "../../lib/src/published/method-survey";
import { publishedStudy } from "../../lib/src/published/published-study";
import { surveyRows, syntheticSurvey } from "../../lib/src/published/synthetic-survey";
import { isSkipped } from "../../lib/src/skipped";
import { makeDistrict } from "../../lib/src/synthetic/district";
import { inputTexts } from "../../lib/src/synthetic/files";

const survey = syntheticSurvey();

describe("the survey of methods", () => {
  const found = methodSurvey();
  const methods = isSkipped(found) ? [] : found.methods;
  const districts = isSkipped(found) ? [] : found.districts;

  it("is of the same generator, of the method that the notebooks have, and of seeds from 11 up", () => {
    const file = readMethod(join(__dirname, "../../notebooks/method.json"));
    const { method } = applyMethod(file, { notebook: { profile: "paper" } });
    expect(found).toMatchObject({ generator: survey.generator });
    expect(method).toMatchObject(isSkipped(found) ? {} : found.method);
    expect(districts.map(({ seed }) => seed)).toEqual(districts.map((_, at) => 11 + at));
    expect(districts.length).toBeGreaterThan(1);
  });

  it("has the error's area of every district within the survey's range, and every method's", () => {
    const known = survey.numbers.find(({ key }) => key === "auc.all")!;
    const areas = districts.map((district) => district.methods.cae.inSample.all ?? Number.NaN);
    const median = quantileOfSorted(
      areas.sort((one, other) => one - other),
      0.5,
    );
    expect(median).toBeGreaterThan(known.low);
    expect(median).toBeLessThan(known.high);
    // Over the same twenty districts it is the same number.
    if (districts.length === survey.seeds.length) expect(median).toBeCloseTo(known.median, 3);
    for (const district of districts) {
      expect(Object.keys(district.methods)).toEqual(methods.map(({ id }) => id));
      for (const { inSample, outOfFold } of Object.values(district.methods)) {
        for (const area of [inSample.main, inSample.all, outOfFold.main, outOfFold.all]) {
          expect(area).toBeGreaterThan(0.3);
          expect(area).toBeLessThanOrEqual(1);
        }
      }
    }
  });

  it("npm run synthetic refuses --methods without --survey", () => {
    const script = join(__dirname, "../../scripts/make-synthetic.ts");
    const words = ["--import", "tsx", script, "--methods"];
    const { status, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/--methods: expected --survey N beside it/);
  });
});

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
