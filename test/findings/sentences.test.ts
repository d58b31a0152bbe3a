import { describe, expect, it } from "vitest";
import type { MethodHeadline, Sensitivity } from "../../lib/src/evaluation/method-headline";
import type { Estimate } from "../../lib/src/evaluation/types";
import {
  captureMetrics,
  captureSentence,
  type MapCapture,
  newGroundSentence,
  publishedZonesSentence,
} from "../../lib/src/findings/capture";
import { componentMetrics, componentSentence } from "../../lib/src/findings/components";
import {
  type Contributions,
  contributionMetrics,
  contributionSentences,
  firstBySeedRows,
  type LayerContributions,
  withAllSentences,
} from "../../lib/src/findings/contributions";
import {
  agreementCaution,
  correlationMetrics,
  type EvidenceCorrelation,
  frameSentence,
  table1AgreementSentence,
  weakPairsSentence,
} from "../../lib/src/findings/correlation";
import { foldRows, foldSentence } from "../../lib/src/findings/folds";
import { interpolationMetrics, krigingSentence } from "../../lib/src/findings/interpolation";
import {
  firstLayerTurned,
  holdingHalfSentence,
  layerAucMetrics,
  oneOccurrenceSentence,
  turnedSentence,
} from "../../lib/src/findings/layers";
import { nearMetrics } from "../../lib/src/findings/near";
import { singlePatchSentence, sizeMetrics, sizeRows } from "../../lib/src/findings/patch-sizes";
import { proportionName, trainingSentence } from "../../lib/src/findings/proportions";
import { reliabilityMetrics, reliabilitySentence } from "../../lib/src/findings/reliability";
import { scalingMetrics, scalingSentence } from "../../lib/src/findings/scaling";
import {
  type ErrorStability,
  stabilityMetrics,
  stabilitySentences,
} from "../../lib/src/findings/stability";
import {
  halfWidthSentence,
  notVariedSentence,
  sensitivityMetrics,
  sensitivitySentence,
  stricterSentence,
  surveyBeside,
} from "../../lib/src/findings/summary";
import {
  keptSentence,
  type Targets,
  targetMetrics,
  targetSentence,
} from "../../lib/src/findings/targets";
import { transferMetrics, transfersFound } from "../../lib/src/findings/transfer";
import { estimateText, percentRange, percentText, rangeText } from "../../lib/src/findings/words";
import type { EvidenceLayer } from "../../lib/src/manifest/evidence-layer";
import type { Patches } from "../../lib/src/patches/types";
import { skipped } from "../../lib/src/skipped";
import type { Study } from "../../lib/src/study/types";

const estimate = (value: number, low: number, high: number): Estimate => ({
  ...{ value, interval: [low, high], confidence: 0.95 },
});
const none = skipped("study tin has no such thing");
const tin = { id: "tin", kind: "real", evidence: [{ label: "Sn" }] } as unknown as Study;

describe("numbers in words", () => {
  it("are rounded, with their interval where there is one", () => {
    expect(estimateText(estimate(0.8304, 0.786, 0.8735))).toBe("0.830 (0.786 to 0.874)");
    expect(estimateText({ value: 0.5 }, 1)).toBe("0.5");
    expect(percentText(0.2376)).toBe("23.8 %");
    expect(percentRange([0.5479, 0.91])).toBe("54.8 to 91.0 %");
    expect(rangeText([0.88, 0.843, 0.86])).toBe("0.843 to 0.880");
  });
});

describe("evidence", () => {
  it("kriging says whether it knows its own error, under keys of the three ways", () => {
    const rmse = (value: number) => ({
      ...{ method: "a way", bias: 0, skill: 0, n: 9 },
      rmse: { value, interval: [value - 0.1, value + 0.1] as const },
    });
    const found = { errors: [rmse(1), rmse(0.8), rmse(0.7)], standardisedError: 1.234, n: 9 };
    expect(krigingSentence(found)).toContain("1.23 times the variance");
    expect(interpolationMetrics(found)).toMatchObject({
      "evidence.interpolation.mean.rmse": { value: 1, n: 9 },
      "evidence.interpolation.kriging.rmse": { value: 0.7 },
      "evidence.interpolation.kriging.standardisedError": { value: 1.234, n: 9 },
    });
    expect(krigingSentence(none)).toBe(none);
    expect(interpolationMetrics(none)).toEqual({});
  });

  it("components say what two of them explain", () => {
    const found = {
      explained: [0.42, 0.21, 0.1],
      parts: ["Au", "As", "Sb"],
      leftOut: new Uint32Array(2),
    };
    expect(componentSentence(found as never)).toBe(
      "Two components explain 63 % of the variance of 3 elements; 2 samples lack an element and are left out.",
    );
    expect(componentMetrics(found as never)["evidence.components.explained"].value).toBeCloseTo(
      0.63,
      12,
    );
  });

  it("a layer that is turned has one less its area, and the two add up to 1", () => {
    const layer = {
      id: "dtf",
      label: "DTF",
      title: "Distance",
      favourable: "low",
    } as EvidenceLayer;
    const auc = (value: number) => [
      { layer, auc: estimate(value, value - 0.1, value + 0.1), n: 7 },
    ];
    expect(turnedSentence(auc(0.7), auc(0.3))).toBe(
      "DTF as the manifest holds it: 0.700; turned: 0.300; the sum: 1.000.",
    );
    expect(holdingHalfSentence([...auc(0.45), ...auc(0.7)])).toBe("1 of 2 intervals hold 0.5.");
    expect(layerAucMetrics(auc(0.7))).toMatchObject({ "evidence.dtf.auc": { value: 0.7, n: 7 } });
    const turned = firstLayerTurned({ ...tin, evidence: [layer, layer] });
    expect(turned.evidence.map(({ favourable }) => favourable)).toEqual(["high"]);
    expect(oneOccurrenceSentence(18)).toBe("One occurrence is 5.6 % of the 18 counted.");
  });

  it("correlations tell agreement with Table 1 where there is any, and call calibrated ground so", () => {
    const agreement = {
      ...{ rank: 0.756, chance: [-0.3, 0.31] as const, pValue: 0.0004 },
      ...{ signs: estimate(0.8, 0.63, 0.91), signedPairs: 34, pairs: 36 },
    };
    const pairs = [{ first: "As", second: "Sb", correlation: -0.6 }];
    const compared = { matrix: [], published: {} };
    const found = {
      labels: [],
      matrix: [],
      pairs,
      compared,
      agreement,
    } as unknown as EvidenceCorrelation;
    expect(table1AgreementSentence(found)).toBe(
      "The correlations of 36 pairs rank like the published ones by **0.76**; names given at random reach -0.30 to 0.31 in 95 % of draws (p = 0.0004). Signs agree in **80 %** of the 34 pairs with a published sign (95 % interval 63 to 91 %).",
    );
    expect(Object.keys(correlationMetrics(found)).sort()).toEqual([
      "evidence.correlation.largestAbsolute",
      "evidence.correlation.rankWithPublished",
      "evidence.correlation.signsAgree",
    ]);
    expect(agreementCaution({ id: "x", kind: "synthetic" }, found)).toContain("no finding");
    const alone = { ...found, pairs: none, compared: none, agreement: none };
    expect(correlationMetrics(alone)).toEqual({});
    expect(agreementCaution({ id: "x", kind: "synthetic" }, alone)).toContain("without a look");
    // Table 1 as printed: the strongest pair is As with Sb.
    expect(weakPairsSentence(alone)).toMatch(
      /of 36 published for Hezuo, where the strongest pair is/,
    );
    expect(frameSentence(5000, 1.2e-7, 0.0123)).toContain("1.2e-7");
  });
});

describe("auto-encoders", () => {
  const patches = {
    places: [
      { row: 0, column: 0 },
      { row: 0, column: 9 },
    ],
  } as unknown as Patches;

  it("sizes that cannot be compared have no number, and are named", () => {
    const of = (size: number, withFinest: Estimate | null) => ({
      label: `${size} px`,
      size,
      withFinest,
    });
    const sizes = [of(32, null), of(24, estimate(0.9, 0.8, 0.95)), of(12, null)] as never;
    expect(Object.keys(sizeMetrics(sizes))).toEqual(["cae.patchSize.24.correlation"]);
    expect(sizeRows(sizes)).toEqual([{ map: "24 px", correlation: 0.9, from: 0.8, to: 0.95 }]);
    expect(singlePatchSentence(sizes)).toContain("left out: 32 px.");
  });

  it("stability names the lowest of Table 2 beside that of another seed", () => {
    const pair = (value: number) => ({
      first: "",
      second: "",
      estimate: estimate(value, value - 0.1, 1),
    });
    const found = {
      ...{ pairs: [pair(0.96), pair(0.84), pair(0.77)], seedOnly: estimate(0.91, 0.88, 0.93) },
      ...{ beside: {}, patches, blocks: { blockSize: 6, seed: 1 } },
    } as unknown as ErrorStability;
    const [first, second] = stabilitySentences(found);
    expect(first).toContain("**0.770 (0.670 to 1.000)**");
    expect(first).toContain("**0.910 (0.880 to 0.930)**");
    expect(first).toContain("The lowest published for Hezuo is 0.9108.");
    expect(second).toContain("only the shape");
    expect(stabilityMetrics(found)).toMatchObject({
      "cae.stability.reducedAndBase": { value: 0.96, n: 2 },
      "cae.stability.baseAndLong": { value: 0.77 },
      "cae.stability.seed": { value: 0.91 },
    });
  });

  it("reliability and scaling tell their intervals", () => {
    const reliability = {
      ...{ members: 5, predicted: 0.98, measured: estimate(0.97, 0.96, 0.98) },
      ...{ single: { mean: 0.9, least: 0.8, largest: 0.95 }, trials: [{ errors: [1, 2] }] },
    } as never;
    expect(reliabilitySentence(reliability)).toContain("0.970 (0.960 to 0.980), where 0.980");
    expect(reliabilityMetrics(reliability)).toMatchObject({
      "cae.reliability.single": { value: 0.9, n: 2 },
      "cae.reliability.measured": { value: 0.97, n: 2 },
    });
    const scaling = { alike: estimate(0.8, 0.7, 0.9), n: 4 } as never;
    expect(scalingSentence(scaling, estimate(0.9, 0.85, 0.95))).toContain(
      "two seeds by 0.900 (0.850",
    );
    expect(scalingMetrics(scaling)["cae.stability.percentiles"]).toMatchObject({
      value: 0.8,
      n: 4,
    });
  });

  const layers: LayerContributions = {
    ...{ bands: ["As", "DTF"], labels: ["As", "DTF", "All"], seeds: [7, 8], pairs: [] },
    ...{
      matrix: [
        [1, 0, 0.95],
        [0, 1, 0.5],
        [0.95, 0.5, 1],
      ],
      beside: {},
      publishedRanks: {},
    },
    ...{
      withAll: [
        [0.95, 0.5],
        [0.9, 0.97],
      ],
      contributions: [
        [0.05, 0.5],
        [0.1, 0.03],
      ],
    },
    ranking: {
      concordance: 0.5,
      rows: [
        {
          label: "DTF",
          contribution: estimate(0.265, -1, 1),
          ranks: [1, 2],
          meanRank: 1.5,
          rankInterval: [1, 2],
        },
        {
          label: "As",
          contribution: estimate(0.4, 0.3, 0.5),
          ranks: [2, 1],
          meanRank: 1.5,
          rankInterval: [1, 2],
        },
      ],
    },
    ...{ agreement: null, oneBlock: null },
  };
  const contributions: Contributions = {
    ...{ trials: [], seed: { value: 0.9, interval: [0.8, 0.95], n: 1 }, byLayer: layers },
  };

  it("layers whose absence says no more than another seed are named", () => {
    const [yardstick, told] = contributionSentences(contributions);
    expect(yardstick).toContain("**0.900 (0.800 to 0.950)**");
    expect(told).toContain("Kendall's W over 2 seeds: **0.50**");
    expect(told).toContain("another seed: DTF. There are no published ranks");
    expect(contributionSentences({ ...contributions, byLayer: none })).toHaveLength(1);
    // Table 3 as printed: all evidence against without each layer .865 to .957.
    expect(withAllSentences(contributions)).toContain(
      "Correlation with all evidence: 0.500 to 0.950 here, above 0.9 for 1 of 2 layers; 0.865 to 0.957 as published for Hezuo, above 0.9 for 5 of 9.",
    );
  });

  it("a mean over seeds is of the correlations themselves, and one layer leaves the yardstick alone", () => {
    const study = {
      evidence: [
        { id: "as", label: "As" },
        { id: "dtf", label: "DTF" },
      ],
    } as unknown as Study;
    const metrics = contributionMetrics(contributions, study);
    expect(metrics["ablation.as.correlationWithAll"].value).toBe((0.95 + 0.9) / 2);
    expect(metrics["ablation.concordance"]).toEqual({ value: 0.5, n: 2 });
    expect(metrics["ablation.agreementWithPublished"]).toBeUndefined();
    expect(Object.keys(contributionMetrics({ ...contributions, byLayer: none }, study))).toEqual([
      "ablation.seed.correlation",
    ]);
    expect(firstBySeedRows(contributions)).toEqual([
      { seed: "7", first: "DTF", second: "As", last: "As" },
      { seed: "8", first: "As", second: "DTF", last: "DTF" },
    ]);
  });
});

describe("judgements", () => {
  it("folds say their blocks, and when there are fewer than asked for", () => {
    const folds = {
      fold: new Uint8Array(2),
      blockSize: 12_500,
      folds: [{ units: 2, occurrences: 1, blocks: 1 }],
    };
    expect(foldSentence(folds, 5)).toBe(
      "Blocks of 12.5 km. 1 folds instead of 5: no more blocks hold an occurrence.",
    );
    expect(foldSentence(folds, 1)).toBe("Blocks of 12.5 km.");
    expect(foldRows(none)).toBe(none);
  });

  it("proportions are named without the digits of binary fractions", () => {
    expect(proportionName([0.15, 0.15])).toBe("15/15 %");
    expect(proportionName([0.07, 0.14])).toBe("7/14 %");
    const trial = (loss: number, accuracy: number) => ({
      trial: { history: { loss: [1, loss], accuracy: [0.5, accuracy] } },
    });
    const trials = [trial(0.01, 0.999), trial(0.2, 0.9)] as never;
    expect(trainingSentence(trials, tin)).toMatch(
      /Here 1 of 2 trials end above that accuracy, with losses of 0.010 to 0.20\. The evidence/,
    );
  });

  it("a map tells its density, and with no area marked none", () => {
    const found: MapCapture = {
      ...{ areaShare: 0.25, occurrenceShare: { value: 0.75, interval: [0.5, 0.9], n: 8 } },
      ...{ patches: 100, threshold: 0.5, commodity: "Au" },
      byZone: [{ zone: "West", "at or above the threshold": 5, "in a patch": 6 }],
    };
    expect(captureSentence(found)).toBe(
      "25.0 % of the area scores at least 0.5 and holds 75.0 % of the 8 occurrences (95 % interval 50.0 to 90.0 %): a density of 3.00 times the district's, which is more than a map drawn by chance has.",
    );
    expect(captureSentence({ ...found, areaShare: 0 })).toContain("no density to tell");
    expect(captureMetrics(found)).toEqual({
      "map.areaShareAtThreshold": { value: 0.25, n: 100 },
      "map.occurrenceShareAtThreshold": { value: 0.75, interval: [0.5, 0.9], n: 8 },
      "map.zone.West.Au.captured": { value: 5, n: 6 },
    });
    expect(Object.keys(captureMetrics({ ...found, byZone: none }))).toHaveLength(2);
    expect(publishedZonesSentence()).toContain("6 of 6 Au occurrences in the west and 8 of 12");
    expect(newGroundSentence({ share: 0.1, patches: 10 })).toContain("10.0 % of the area");
  });

  it("targets tell their share of the area and the files that keep them", () => {
    const found = {
      ...{ targets: [{ cells: [1, 2, 3] }, { cells: [4] }], patches: 40 },
      options: { threshold: 0.5, awayFromKnown: 12, minimumCells: 1 },
    } as unknown as Targets;
    expect(targetSentence(found, { pixelSize: 50 })).toBe(
      "2 targets cover 10.0 % of the area, each of at least 1 patches and farther than 0.6 km from every known occurrence.",
    );
    expect(targetMetrics(found)).toEqual({
      "targets.count": { value: 2 },
      "targets.areaShare": { value: 0.1, n: 40 },
    });
    const crs = { epsg: null, name: "mine" };
    expect(keptSentence(["maps/t.gpkg"], { crs })).toMatch(/^Kept as `maps\/t.gpkg`\. No GeoJSON/);
    expect(keptSentence([], { crs })).toBe("No target, so no file of targets is kept.");
  });

  it("near background and other zones are told where they can be", () => {
    const near = [
      {
        id: "caeError",
        name: "x",
        all: estimate(0.8, 0.7, 0.9),
        near: estimate(0.5, 0.4, 0.6),
        patches: 9,
      },
    ];
    expect(nearMetrics(near as never)).toMatchObject({
      "roc.near.caeError.auc": { value: 0.5, n: 9 },
    });
    expect(nearMetrics(none)).toEqual({});
    expect(transfersFound([], { id: "tin", zones: [] })).toEqual({
      because: "study tin has fewer than two zones",
    });
    const transfer = {
      trained: "South",
      judged: "North",
      patches: 5,
      transferred: estimate(0.8, 0.7, 0.9),
    };
    expect(transferMetrics([transfer as never])).toMatchObject({
      "cae.error.auc.trainedSouth.judgedNorth": { value: 0.8, n: 5 },
    });
  });
});

describe("the summary", () => {
  const headline = (auc: number, share: number) =>
    ({
      ...{ auc: estimate(auc, auc - 0.05, auc + 0.05), areaShare: 0.2 },
      ...{ mainShare: estimate(share, 0, 1), mainOccurrences: 10 },
    }) as MethodHeadline;
  const variation = (choice: string, auc: number, share: number) => ({
    ...{ choice, value: "1", headline: headline(auc, share), errorCorrelation: 1 },
  });

  it("names the choices that move the headline by more than a seed does", () => {
    const sensitivity = {
      base: headline(0.8, 0.5),
      variations: [
        variation("seed", 0.83, 0.6),
        variation("learning rate", 0.7, 0.5),
        variation("batch", 0.81, 0.5),
      ],
    } as unknown as Sensitivity;
    expect(sensitivitySentence(sensitivity, { mainCommodity: "Au" })).toBe(
      "Another seed moves the AUC by up to 0.030 and the share of Au occurrences by up to 10.0 %. Moving the AUC by more than that: learning rate (0.100).",
    );
    const metrics = sensitivityMetrics(sensitivity);
    expect(Object.keys(metrics).sort()).toEqual([
      "sensitivity.batch.auc",
      "sensitivity.learningrate.auc",
      "sensitivity.seed.auc",
    ]);
  });

  it("says what a stricter threshold does, and what half an interval takes", () => {
    const strict = { ...headline(0.8, 0.4), areaShare: 0.1 };
    expect(stricterSentence(headline(0.8, 0.5), strict)).toBe(
      "Area 20.0 % to 10.0 %, occurrences 50.0 % to 40.0 %.",
    );
    expect(halfWidthSentence(headline(0.8, 0.5), 30)).toContain(
      "0.100 wide with 30 occurrences; half of that takes about 120",
    );
    expect(notVariedSentence([])).toBeNull();
    expect(notVariedSentence(["windows"])).toContain("made from samples: windows.");
    expect(surveyBeside({ kind: "real" })).toEqual({ because: "this study is real" });
  });
});
