import { describe, expect, it } from "vitest";
import {
  type DropoutTrials,
  dropoutRows,
  dropoutSentences,
  dropoutSpread,
} from "../../lib/src/findings/dropout-spread";
import {
  ensembleFound,
  ensembleMetrics,
  ensembleRows,
  ensembleSentences,
} from "../../lib/src/findings/ensemble";
import {
  ensembleGain,
  gainMetrics,
  gainSentences,
  mapStabilitySentence,
} from "../../lib/src/findings/ensemble-gain";
import {
  calibrationRows,
  heldOutCalibration,
  heldOutSentences,
} from "../../lib/src/findings/held-out-calibration";
import {
  type ReturningTargets,
  returnFeatures,
  returnGrid,
  returnMetrics,
  returnRows,
  returnSentences,
} from "../../lib/src/findings/returning-targets";
import { varianceSources } from "../../lib/src/findings/variance-sources";
import {
  sourceMetrics,
  sourcePanels,
  sourceRows,
  sourceSentences,
} from "../../lib/src/findings/variance-told";
import { gridOverRegion } from "../../lib/src/grid/grid";
import type { OccurrenceGroup } from "../../lib/src/patches/groups";
import type { Patches } from "../../lib/src/patches/types";
import { randomStream } from "../../lib/src/random";
import type { Replica } from "../../lib/src/runs/replicas";
import type { VarianceDesign } from "../../lib/src/runs/variance-design";
import { skipped } from "../../lib/src/skipped";

const width = 8;
const geometry = gridOverRegion({ west: 0, south: 0, east: 8, north: 8 }, 1, {
  epsg: 32750,
  name: "test",
});
const patches: Patches = {
  layout: { raster: geometry, size: 1, stride: 1, rows: width, columns: width },
  bands: ["Au"],
  values: new Float32Array(width * width),
  places: Array.from({ length: width * width }, (_, at) => {
    const [row, column] = [Math.floor(at / width), at % width];
    return { row, column, pixelRow: row, pixelColumn: column };
  }),
  leftOut: [],
};
const count = patches.places.length;
const options = { seed: 1, blockSize: 2, resamples: 400 };
const replica = (scores: ArrayLike<number>): Replica => ({
  ...{ label: "", errors: Float64Array.from(scores), probabilities: Float64Array.from(scores) },
  seconds: { autoencoder: 0, classifier: 0 },
});
/** Falls from north-west to south-east. */
const falling = Float64Array.from({ length: count }, (_, at) => 1 - (at + 0.5) / count);
const random = randomStream(1, "replicas");
const noisy = (noise: number) =>
  replica(falling.map((score) => Math.min(1, Math.max(0, score + noise * random.normal()))));
const none = { threshold: 0.5, lack: skipped("all lies in one block"), ...options };

describe("an ensemble", () => {
  it("of maps that are all the same shifts nothing and disputes nothing", () => {
    const found = ensembleFound(
      { seeds: [replica(falling), replica(falling)], blocks: null },
      ...([patches, none] as const),
    );
    expect(ensembleRows(found)).toEqual([
      {
        ...{ "replicas differ by": "another seed", replicas: 2, "mean spread of probability": 0 },
        ...{ "shift in rank (% of ground)": 0, from: 0, to: 0 },
        ...{ "% held by all": 50, "% by some": 0, "% by none": 50 },
      },
    ]);
    const said = ensembleSentences(found).join(" ");
    expect(said).toContain("Other blocks of ground were not drawn: all lies in one block.");
    expect(said).toContain("of the ground that any of them marks, **0 % is disputed**");
  });

  it("of a map and its opposite shifts as far as can be, and disputes all", () => {
    const opposite = replica(falling.map((score) => 1 - score));
    const found = ensembleFound(
      { seeds: [replica(falling), opposite], blocks: null },
      patches,
      none,
    );
    // Ranks u and 1 - u: variance 2 (u - 1/2)^2, whose mean over ranks is 1/6 less the grid's 1/(6 n^2).
    const shift = Math.sqrt((1 - 1 / count ** 2) / 6);
    expect(ensembleMetrics(found)["ensemble.seeds.shift"].value).toBeCloseTo(shift, 10);
    expect(ensembleMetrics(found)["ensemble.seeds.disputed"].value).toBe(1);
  });

  it("that holds no patch prospective says so", () => {
    const low = replica(falling.map((score) => score / 4));
    const found = ensembleFound({ seeds: [low, low], blocks: null }, patches, none);
    expect(ensembleSentences(found)[1]).toBe("No replica holds any patch prospective at 0.5.");
  });
});

describe("what an ensemble gains", () => {
  const group = (...held: number[]) =>
    ({
      ...{ ids: ["main"], title: `${held.length} Au occurrences` },
      assignment: {
        ...{ labels: Uint8Array.from({ length: count }, (_, at) => Number(held.includes(at))) },
        assigned: [],
      },
    }) as unknown as OccurrenceGroup;

  it("is the AUC of the mean less the mean of the AUCs, by hand", () => {
    const one = new Float64Array(count);
    const other = new Float64Array(count);
    one[5] = 2;
    other[9] = 2;
    const seeds = [replica(one), replica(other)];
    const found = ensembleFound({ seeds, blocks: null }, patches, none);
    const gained = ensembleGain(found, group(5, 9), options);
    const metrics = gainMetrics(gained);
    // Each replica puts one occurrence above all and ties the other: (1 + 1/2) / 2; the mean both above.
    expect(metrics["ensemble.seeds.error.singleAuc"].value).toBeCloseTo(0.75, 12);
    expect(metrics["ensemble.seeds.error.ensembleAuc"].value).toBe(1);
    expect(metrics["ensemble.seeds.error.gain"].value).toBeCloseTo(0.25, 12);
    expect(String(gainSentences(gained))).toMatch(
      /^Averaging over seeds gains in AUC by the error and the probability\./,
    );
  });

  it("says first where it is nothing, and skips where too few occurrences are held", () => {
    const seeds = [replica(falling), replica(falling)];
    const found = ensembleFound({ seeds, blocks: null }, patches, none);
    const gained = ensembleGain(found, group(3, 40), options);
    expect(String(gainSentences(gained))).toMatch(
      /^\*\*Averaging over seeds gains nothing in AUC by the error and the probability that the occ/,
    );
    const lacking = ensembleGain(found, skipped("too few"), options);
    expect(gainSentences(lacking)).toEqual({ because: "too few" });
    expect(mapStabilitySentence(lacking)).toBe(
      "Maps of two seeds correlate by 1.000 (1.000 to 1.000 over 1 pair); there are too few replicas for means over halves of them.",
    );
  });
});

describe("dropout in place of seeds", () => {
  const spread = falling.map((score) => 0.01 + score / 10);
  const trial = (own: Float64Array) => ({ mean: falling, spread: own, seconds: 0 });
  const seeds = [0, 1, 2, 3].map((at) =>
    replica(falling.map((score, cell) => score + [-1, 1, -1, 1][at] * spread[cell])),
  );
  const told = { passes: 9, rate: 0.1, patches };
  const held = (trials: DropoutTrials) => dropoutSpread(trials, seeds, told, options);

  it("is told as wide as it is, and which rank correlation it has", () => {
    const half = trial(spread.map((each) => each / 2));
    const found = held({ classifier: half, autoencoder: half });
    const [dropout] = dropoutRows(found);
    expect(dropout["rank correlation"]).toBeCloseTo(1, 12);
    // Of -1, 1, -1, 1 the standard deviation is the root of 4/3.
    expect(dropout["times as wide"]).toBeCloseTo(0.5 / Math.sqrt(4 / 3), 10);
    expect(dropoutSentences(found)[0]).toContain("too narrow");
    expect(dropoutSentences(found)[0]).toContain("better than p (1 − p) does");
  });

  it("that has nothing to do with seeds does not tell where they part", () => {
    const own = falling.map(() => 0.1 + 0.01 * random.uniform());
    const said = dropoutSentences(held({ classifier: trial(own), autoencoder: trial(own) }));
    expect(said[0]).toMatch(/^\*\*Dropout does not tell for certain where seeds do not agree on/);
  });

  it("is no stand-in where what costs nothing tells better", () => {
    const weak = trial(spread.map((each) => each + 0.1 * random.uniform()));
    const [classifier, error] = dropoutSentences(
      held({ classifier: skipped("the classifier has no dropout"), autoencoder: weak }),
    );
    expect(classifier).toBe("No passes of the classifier, since the classifier has no dropout.");
    expect(error).toMatch(/^\*\*Dropout is no stand-in for the error\*\*/);
  });
});

describe("held-out calibration", () => {
  const selection = {
    prospective: Uint32Array.from({ length: 16 }, (_, at) => at),
    background: Uint32Array.from({ length: 16 }, (_, at) => count - 1 - at),
  };
  const all = (told: (patch: number) => number) =>
    Float64Array.from({ length: count }, (_, patch) => told(patch));
  const right = all((patch) => (patch < 32 ? 1 : 0));
  const half = all(() => 0.5);

  it("sees labelled patches alone, and says where it is no better than the base rate", () => {
    const held = { single: half, ensemble: right, dropout: half, singles: [half, right] };
    const found = heldOutCalibration(held, right, selection, patches, options)!;
    expect(found.patches).toBe(32);
    expect(found.scores.single.brier.value).toBe(0.25);
    expect(found.gained.ensemble.value).toBe(-0.25);
    const [first, second] = heldOutSentences(found) as string[];
    expect(first).toContain("**no better than the 0.250 of telling the base rate");
    expect(second).toContain("mean over 2 seeds is better than one classifier");
    expect(second).toContain("mean over passes with dropout is no better for certain");
    expect((calibrationRows(found) as object[]).length).toBe(5);
  });

  it("is none where one kind alone was scored", () => {
    const low = all((patch) => (patch < 32 ? Number.NaN : 0.1));
    const held = { single: low, ensemble: low, dropout: low, singles: [low] };
    expect(heldOutCalibration(held, low, selection, patches, options)).toBeNull();
  });
});

describe("sources of variance", () => {
  const turned = replica(falling.map((score) => 1 - score));
  /** A missing layer turns the map about; nothing else does anything. */
  const maps = (layers: readonly number[]) =>
    layers.map((layer) => (layer === 0 ? noisy(0.01) : turned));
  const layers = [0, 1, 0, 1, 1, 0, 1, 0, 0, 0, 1, 1];
  const design: VarianceDesign = {
    drawn: maps(layers.slice(0, 4)),
    reseeded: maps(layers.slice(0, 4)),
    sameGround: maps(layers.slice(4, 8)),
    others: maps(layers.slice(8)),
    draws: layers.map((layer) => ({
      ...{ seed: 0, ground: 0, values: { labels: 0, scaling: 0, layer } },
    })),
    values: { labels: ["15 and 15"], scaling: ["as it is"], layer: ["all", "without Au"] },
    drawsGround: false,
  };

  it("are led by the one that turns the map, and chance is next to nothing", () => {
    const found = varianceSources(design, patches, options);
    const metrics = sourceMetrics(found);
    // Two values u and 1 - u, equally likely: (u - 1/2)^2, in the mean 1/12, and next to all there is.
    expect(metrics["variance.layer.shift"].value).toBeCloseTo(Math.sqrt(1 / 12), 2);
    expect(metrics["variance.layer.share"].value).toBeCloseTo(1, 2);
    expect(metrics["variance.chance.share"].value).toBeLessThan(0.01);
    expect(sourceRows(found).map(({ source }) => source)).toEqual([
      ...["chance in training", "a missing layer", "only together", "all drawn together"],
    ]);
    expect(sourcePanels(found).map(({ heading }) => heading)).toEqual([
      ...["Chance in training", "A missing layer"],
    ]);
    expect(sourceSentences(found)[0]).toContain("Most of it comes from **a missing layer**");
  });

  it("of two replicas of a kind have no error over replicas, and say none", () => {
    const half = (list: readonly Replica[]) => list.slice(0, 2);
    const few = {
      ...{ ...design, drawn: half(design.drawn), reseeded: half(design.reseeded) },
      ...{ sameGround: half(design.sameGround), others: half(design.others) },
      draws: design.draws.filter((_, at) => at % 4 < 2),
    };
    const found = varianceSources(few, patches, options);
    expect(sourceRows(found).every((row) => row["± over replicas"] === null)).toBe(true);
    expect(sourceSentences(found).join(" ")).not.toContain("NaN");
  });
});

describe("targets by how often they come back", () => {
  const target = (rank: number, ...cells: number[]) => ({
    ...{ rank, cells: Uint32Array.from(cells), squareKilometres: 2, mean: 0.9, maximum: 0.95 },
    ...{ centroid: { easting: 1, northing: 2 }, nearestKnown: 9000 },
  });
  const grid = { name: "p", geometry, values: Float32Array.from(falling) };
  const options = { threshold: 0.5, awayFromKnown: 0, minimumCells: 1 };
  const targets = { grid, targets: [target(1, 0, 1), target(2, 9)], drivers: [[], []] };
  const found: ReturningTargets = {
    targets: { ...targets, patches: count, options },
    returns: [
      { rank: 1, share: 0.95, rankLow: 1, rankHigh: 2 },
      { rank: 2, share: 0.2, rankLow: 1, rankHigh: 2 },
    ],
    chance: [0.1, 0.15],
    replicas: 20,
  };

  it("carry it in rows, map and features, and are told from chance or not", () => {
    expect(returnRows(found)[0]).toMatchObject({ rank: 1, best: 1, worst: 2, patches: 2 });
    const { values } = returnGrid(found);
    expect([values[0], values[1], values[9]].map((value) => value.toFixed(2))).toEqual([
      ...["0.95", "0.95", "0.20"],
    ]);
    expect(values[2]).toBeNaN();
    expect(returnFeatures(found)[1].properties).toMatchObject({
      ...{ rank: 2, returnShare: 0.2, replicas: 20, returnByChance: 0.15 },
    });
    expect(returnMetrics(found)["targets.returnShare"].value).toBeCloseTo(0.575, 12);
    const [said] = returnSentences(found);
    expect(said).toMatch(
      /^Not told from chance, .* 1 of 2 targets \(2\)\. Of 2 targets 1 comes back/,
    );
    expect(said).toContain("ranks from 1 to 2 of 2");
  });

  it("are none of a map without any", () => {
    const empty = { ...found, returns: [], chance: [] };
    expect(returnSentences(empty)).toEqual(["The map has no target, so none can come back."]);
    expect(returnMetrics(empty)).toEqual({});
  });
});
