import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pearson } from "../../lib/src/evaluation/correlation";
import { areaUnderRoc } from "../../lib/src/evaluation/roc";
import { scaleByRanges } from "../../lib/src/evidence/scale";
import { readGeoTiff } from "../../lib/src/grid/geotiff-read";
import { openGeoTiff } from "../../lib/src/grid/geotiff-window";
import { writeGeoTiff } from "../../lib/src/grid/geotiff-write";
import { type GridStack, gridOverRegion } from "../../lib/src/grid/grid";
import { applyMethod } from "../../lib/src/method/apply";
import { readMethod } from "../../lib/src/method/read-method";
import { patchGrid } from "../../lib/src/patches/assemble";
import { selectByError } from "../../lib/src/patches/select";
import { tilePatches } from "../../lib/src/patches/tile";
import { autoencoderTrial, autoencoderTrials } from "../../lib/src/runs/autoencoder-trial";
import { reconstructionErrorsByBand } from "../../lib/src/runs/band-errors";
import { classifierTrial, classifyPatches } from "../../lib/src/runs/classifier-trial";
import type { RunContext } from "../../lib/src/runs/context";
import { evidenceRun } from "../../lib/src/runs/evidence-run";
import { scoreRaster } from "../../lib/src/runs/score-raster";
import { openRunStore } from "../../lib/src/runs/store";
import { districtNumbers, stabilityNumbers } from "../../lib/src/steps/district-numbers";
import { type Steps, studySteps } from "../../lib/src/steps/flow";
import { autoencoderOptions, classifierOptions } from "../../lib/src/steps/network-options";
import { bandsForScorer, type StudyScorer, studyScorer } from "../../lib/src/steps/study-scorer";
import { loadStudy } from "../../lib/src/study/load";
import type { Study } from "../../lib/src/study/types";
import { useBackend } from "../../lib/src/training/backend";
import { refusalOf } from "../support/refusal";
import { stackOf } from "../support/stacks";
import { rasterBytes, rightStudy, writeStudy } from "../support/study-folder";

const file = readMethod(join(__dirname, "../../notebooks/method.json"));
const { method } = applyMethod(file, {
  notebook: {
    ...{ percentiles: [2, 98], proportion: [0.25, 0.25], seed: 3, longEpochs: 2, repeats: 2 },
    ...{ filters: [4, 4], epochs: 1, batchSize: 8, classifierFilters: [4, 4], dense: 4 },
    classifierEpochs: 1,
  },
});

const folder = mkdtempSync(join(tmpdir(), "study-scorer-"));
let run: RunContext;
let study: Study;
let steps: Steps;
const scorers: StudyScorer[] = [];
let [classifier, autoencoder]: StudyScorer[] = [];

beforeAll(async () => {
  const { manifest, files } = rightStudy();
  const values = Array.from({ length: 72 * 96 }, (_, pixel) => Math.sin(pixel * 1.3) ** 2);
  files["arsenic.tif"] = rasterBytes(stackOf(72, 96, { arsenic: values }));
  manifest.region = { west: 0, east: 9600, south: 0, north: 7200 };
  manifest.evidence[0].favourable = "high";
  study = await loadStudy(writeStudy({ manifest, files }));
  run = {
    store: openRunStore(join(folder, ".runs")),
    seed: 3,
    backend: await useBackend(),
    progress: () => ({ update() {}, finish() {} }),
    onTrial() {},
  };
  steps = studySteps({ study, run, method, file });
  classifier = await studyScorer(steps, "probability");
  autoencoder = await studyScorer(steps, "error");
  scorers.push(classifier, autoencoder);
});

afterAll(() => {
  for (const scorer of scorers) scorer.dispose();
});

/** Other ground: larger, in another zone, values half beyond the study's, bands the other way round. */
function elsewhere(names: readonly [string, string] = ["DTF", "AS"], pixel = 100): GridStack {
  const region = { west: 0, east: 100 * pixel, south: 0, north: 80 * pixel };
  const geometry = gridOverRegion(region, pixel, { epsg: 32751, name: "next zone" });
  const bands = names.map((name, band) => ({
    name,
    geometry,
    values: Float32Array.from({ length: 8000 }, (_, at) =>
      at % 100 < 15 && at > 4000 ? Number.NaN : 2 * Math.cos(at * (band + 0.7)) ** 2,
    ),
  }));
  return { geometry, bands };
}

function written(stack: GridStack): string {
  const path = join(mkdtempSync(join(tmpdir(), "elsewhere-")), "elsewhere.tif");
  writeGeoTiff(path, stack);
  return path;
}

describe("other ground scored by a study's networks", () => {
  it("is scaled by the study's ranges and scored as its patches by hand, block by block", async () => {
    const { scaled, ranges } = await evidenceRun(run, study, method);
    const own = tilePatches(scaled, { size: 12 });
    const cae = await autoencoderTrial(run, "by hand", own, autoencoderOptions(method));
    const selection = selectByError(cae.errors, { high: 0.25, low: 0.25 });
    const options = classifierOptions(method);
    const cnn = await classifierTrial(run, "by hand", own, selection, options);
    const stack = elsewhere();
    const turned = { ...stack, bands: [stack.bands[1], stack.bands[0]] };
    const patches = tilePatches(scaleByRanges(turned, ranges), { size: 12, stride: 6 });
    const byHand = patchGrid(patches, "probability", await classifyPatches(cnn, patches));
    const path = written(stack);
    const output = join(path, "../score.tif");
    for (const scorer of scorers) {
      const raster = await openGeoTiff(path);
      await scoreRaster(raster, output, {
        ...{ ...scorer, stride: 6, blockBytes: 100_000 },
        bands: bandsForScorer(raster, scorer),
      });
      raster.close();
      const [map] = (await readGeoTiff(output)).bands;
      expect(map.name).toBe(scorer.name);
      // A file does not say that its cells stand for windows.
      if (scorer === classifier) expect({ ...map, cell: "window" }).toEqual(byHand);
      else {
        const byBand = await reconstructionErrorsByBand(cae, patches);
        map.values.forEach((error, at) => {
          const mean = (byBand[0].values[at] + byBand[1].values[at]) / 2;
          if (Number.isNaN(mean)) expect(error).toBeNaN();
          else expect(error / mean).toBeCloseTo(1, 5);
        });
      }
    }
    expect(byHand.values.some(Number.isNaN)).toBe(true);
  });

  it("needs a band a layer and the study's pixels", async () => {
    const unnamed = await openGeoTiff(written(elsewhere(["one", "two"])));
    const details = await refusalOf(() => bandsForScorer(unnamed, classifier));
    expect(details).toMatchObject({ field: "bands", found: "one, two" });
    expect(details.expected).toContain("AS, DTF");
    expect(bandsForScorer(unnamed, classifier, [2, 1])).toEqual([2, 1]);
    for (const given of [[1], [1, 3], [0, 1], [1, Number.NaN]]) {
      expect((await refusalOf(() => bandsForScorer(unnamed, classifier, given))).field).toBe(
        "bands",
      );
    }
    unnamed.close();
    const coarse = await openGeoTiff(written(elsewhere(["AS", "DTF"], 200)));
    expect(await refusalOf(() => bandsForScorer(coarse, autoencoder))).toMatchObject({
      field: "pixel size",
      found: "200 by 200",
    });
    coarse.close();
  });
});

describe("the flow of steps on a small study", () => {
  it("stability compares seeds, architectures, epochs and layers by the trainings themselves", async () => {
    const found = await stabilityNumbers(steps, true);
    const patches = await steps.patches();
    const train = (changes: object, seed = 3) =>
      autoencoderTrials(run, [
        { label: "", patches, options: { ...autoencoderOptions(method), ...changes }, seed },
      ]).then(([{ errors }]) => errors);
    const base = await train({});
    expect(found.seeds).toBe(pearson(base, await train({}, 4)));
    expect(found.baseAndLong).toBe(pearson(base, await train({ epochs: 2 })));
    expect(found.reducedAndBase).toBe(pearson(await train({ architecture: "reduced" }), base));
    expect(Object.keys(found.ablations)).toEqual(["AS", "DTF"]);
    const numbers = await districtNumbers(steps, 0.5);
    expect(numbers.errors).toEqual(base);
    const [{ assignment }] = await steps.groups();
    expect(numbers.auc.all).toBe(areaUnderRoc(base, assignment.labels));
  });

  it("a sensitivity is the headline with one parameter changed, evidence made otherwise too", async () => {
    const open = { filters: [[2, 2]], seeds: 1 } as const;
    const { base, variations } = await steps.sensitivity({ open });
    expect(variations.map(({ choice, value }) => `${choice} ${value}`)).toEqual([
      "filters 2, 2",
      "seed 4",
    ]);
    const [fewer, reseeded] = await steps.headline.each([{ filters: [2, 2] }, { seed: 4 }]);
    expect(variations[0].headline).toEqual(fewer.headline);
    expect(variations[1].errorCorrelation).toBe(
      pearson(reseeded.errors, (await steps.autoencoder()).errors),
    );
    expect(base).toEqual((await steps.headline()).headline);
  });
});
