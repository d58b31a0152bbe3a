import { describe, expect, it } from "vitest";
import { cautions, type GlancedRun, glancedNumbers } from "../../lib/src/findings/glance";
import { publishedStudy } from "../../lib/src/published/published-study";

const measured = (value: number, low: number, high: number, n: number) => ({
  ...{ value, interval: [low, high] as const, n },
});

/** Areas such as README.md tells of the Golden Triangle. */
const run: GlancedRun = {
  kind: "real",
  profiles: ["paper"],
  threshold: 0.5,
  nearBackground: 15_000,
  metrics: {
    "cae.error.auc.all": measured(0.83, 0.786, 0.873, 76),
    "baseline.pcaError.auc": measured(0.836, 0.788, 0.884, 76),
    "baseline.bestLayer.auc": measured(0.779, 0.746, 0.812, 76),
    "roc.near.caeError.auc": measured(0.552, 0.45, 0.654, 244),
    "cae.error.auc.trainedNorth.judgedSouth": measured(0.723, 0.63, 0.816, 432),
    "cae.error.auc.trainedSouth.judgedNorth": measured(0.85, 0.786, 0.913, 618),
    "successRate.cnn.main.areaAtThreshold": { value: 0.02857, n: 1050 },
    "successRate.cnn.main.shareAtThreshold": measured(0.19737, 0.1234, 0.3004, 76),
    "successRate.cnn.main.area": measured(0.843, 0.817, 0.869, 76),
    "successRate.cnn.main.area.outOfSample": measured(0.821, 0.781, 0.8553, 76),
    "cnn.15-15.saturated": { value: 0.819 },
    "sensitivity.seed.auc": { value: 0.0457 },
  },
};
const published = publishedStudy();
const withMetrics = (metrics: GlancedRun["metrics"]): GlancedRun => ({
  ...run,
  metrics: { ...run.metrics, ...metrics },
});
const said = (other: GlancedRun) => cautions(other).join("\n");

describe("a run at a glance", () => {
  it("prints each number with its interval, the published one beside it where there is one", () => {
    const numbers = glancedNumbers(run, published);
    expect(numbers.map(({ found }) => found?.value)).toEqual([
      ...["0.83", "0.84", "0.78", "2.9 %", "19.7 %", "0.82"],
    ]);
    expect(numbers[0].found).toEqual({
      value: "0.83",
      interval: "0.79 to 0.87",
      counted: "76 occurrences",
    });
    expect(numbers[3].found).toEqual({ value: "2.9 %", interval: null, counted: "1,050 patches" });
    expect(numbers[4].found?.interval).toBe("12.3 to 30.0 %");
    // Zhang et al. (2021): Fig. 6 and Fig. 12.
    expect(numbers.map(({ published }) => published)).toEqual([
      ...["0.853", null, null, "23.8 %", "77.8 %", null],
    ]);
    expect(numbers[3].what).toContain("probability 0.5");
  });

  it("has no number where the run has none, and says when an area is in-sample for want of folds", () => {
    const empty: GlancedRun = { kind: "real", profiles: [], metrics: {} };
    expect(glancedNumbers(empty, published).every(({ found }) => found === null)).toBe(true);
    const { "successRate.cnn.main.area": inside } = run.metrics;
    const unfolded = { ...empty, metrics: { "successRate.cnn.main.area": inside } };
    expect(glancedNumbers(unfolded, published)[5].what).toContain(
      "in-sample, as there are no folds",
    );
    expect(glancedNumbers(run, published)[5].what).toContain("out-of-sample");
  });
});

describe("what to be careful about", () => {
  it("names each baseline that the network does not beat, with both intervals", () => {
    expect(said(run)).toContain(
      "The network does not beat what needs none: AUC 0.83 (0.79 to 0.87) against the PCA error 0.84 (0.79 to 0.88).",
    );
    const both = withMetrics({ "baseline.bestLayer.auc": measured(0.9, 0.88, 0.92, 76) });
    expect(said(both)).toContain(
      "against the PCA error 0.84 (0.79 to 0.88) and the best single layer 0.90 (0.88 to 0.92)",
    );
  });

  it("a baseline whose interval holds the network's area leaves the gain unsure; others do not", () => {
    const lower = withMetrics({ "baseline.pcaError.auc": measured(0.8, 0.75, 0.85, 76) });
    expect(said(lower)).toContain("its gain over what needs no network is not sure");
    expect(said(lower)).not.toContain("does not beat");
    const much = withMetrics({ "baseline.pcaError.auc": measured(0.7, 0.65, 0.75, 76) });
    expect(said(much)).not.toContain("needs no network is not sure");
  });

  it("tells how little is left near occurrences, and whether that is more than chance", () => {
    expect(said(run)).toContain(
      "Against background within 15 km of an occurrence the AUC is 0.55 (0.45 to 0.65) instead of 0.83, not surely better than chance",
    );
    const sure = withMetrics({ "roc.near.caeError.auc": measured(0.74, 0.7, 0.77, 940) });
    expect(said(sure)).not.toContain("better than chance");
    const better = withMetrics({ "roc.near.caeError.auc": measured(0.9, 0.8, 0.95, 940) });
    expect(said(better)).not.toContain("Against background");
  });

  it("tells the worse of two transfers between zones", () => {
    expect(said(run)).toContain(
      "Learnt in North and judged in South the AUC is 0.72 (0.63 to 0.82).",
    );
    expect(said(run)).not.toContain("Learnt in South");
  });

  it("tells what is left out-of-sample, what a seed moves and how saturated the classifier is", () => {
    expect(said(run)).toContain(
      "is 0.84 there, and 0.82 (0.78 to 0.86) on ground that it has not seen",
    );
    expect(said(run)).toContain("by up to 0.046");
    expect(said(run)).toContain("82 % of the 15/15 % classifier's probabilities");
    expect(said(withMetrics({ "cnn.15-15.saturated": { value: 0.3 } }))).not.toContain("as ranks");
  });

  it("counts few occurrences, and is silent of many", () => {
    const few = withMetrics({ "cae.error.auc.all": measured(0.8, 0.6, 0.95, 8) });
    expect(said(few)).toContain("Only 8 occurrences are in patches: one of them is 12.5 % of all");
    expect(said(run)).not.toContain("Only");
  });

  it("a try-out, a mixture of profiles and a synthetic district are said first", () => {
    expect(cautions({ ...run, profiles: ["smoke"] })[0]).toContain("the smoke profile");
    expect(cautions({ ...run, profiles: ["paper", "smoke"] })[0]).toContain("paper, smoke");
    expect(cautions({ ...run, kind: "synthetic" })[0]).toContain("The district is generated");
    expect(cautions(run)[0]).toContain("does not beat");
  });

  it("says nothing of what was not measured, but what holds of every run", () => {
    expect(cautions({ kind: "real", profiles: ["paper"], metrics: {} })).toEqual([
      expect.stringContaining("background is unlabelled, not barren"),
    ]);
  });
});
