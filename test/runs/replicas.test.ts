import { describe, expect, it } from "vitest";
import { drawBlocks } from "../../lib/src/evaluation/drawn-blocks";
import { dropBand, patchSubset, selectByError } from "../../lib/src/patches/select";
import {
  type AutoencoderTrialOptions,
  autoencoderTrial,
} from "../../lib/src/runs/autoencoder-trial";
import { classifierTrial, classifyPatches } from "../../lib/src/runs/classifier-trial";
import { dropoutTrial } from "../../lib/src/runs/dropout-trial";
import { trainEnsemble } from "../../lib/src/runs/ensemble";
import { heldOutProbabilities } from "../../lib/src/runs/held-out";
import { heldOutEnsemble } from "../../lib/src/runs/held-out-ensemble";
import { patchErrors } from "../../lib/src/runs/patch-errors";
import { varianceDesign } from "../../lib/src/runs/variance-design";
import { wavyPatches as patches, quietRun, smallClassifier } from "../support/wavy-patches";

const autoencoder: AutoencoderTrialOptions = {
  ...{ filters: [4, 4], epochs: 1, batchSize: 8, learningRate: 0.001 },
  architecture: "full",
  outputActivation: "sigmoid",
};
const chain = { autoencoder, classifier: smallClassifier };
const proportion = [0.25, 0.25] as const;
const seeds = [3, 4];
const blockSize = 2;

describe("an ensemble", () => {
  it("holds the method itself first, and the chain once a seed and draw of ground, as by hand", async () => {
    const run = await quietRun();
    const { seeds: bySeed, blocks } = await trainEnsemble(run, patches, {
      ...{ ...chain, proportion, seeds, blockSize },
    });
    const cae = await autoencoderTrial(run, "by hand", patches, autoencoder);
    const labels = selectByError(cae.errors, { high: 0.25, low: 0.25 });
    const cnn = await classifierTrial(run, "by hand", patches, labels, smallClassifier);
    expect(bySeed[0].errors).toEqual(cae.errors);
    expect(bySeed[0].probabilities).toEqual(cnn.probabilities);
    expect(bySeed[1].probabilities).not.toEqual(cnn.probabilities);

    const drawn = patchSubset(patches, drawBlocks(patches.places, blockSize, 3)!);
    const own = await autoencoderTrial(run, "drawn", drawn, autoencoder);
    const ownLabels = selectByError(own.errors, { high: 0.25, low: 0.25 });
    const trained = await classifierTrial(run, "drawn", drawn, ownLabels, smallClassifier);
    expect(blocks).toHaveLength(2);
    expect(blocks![0].errors).toEqual(await patchErrors(own, patches));
    expect(blocks![0].probabilities).toEqual(await classifyPatches(trained, patches));
  });

  it("trains both networks once a replica, and not the method's own again", async () => {
    const computed: string[] = [];
    const run = {
      ...(await quietRun()),
      onTrial: ({ label, fromStore }: { label: string; fromStore: boolean }) => {
        if (!fromStore) computed.push(label.slice(0, 3));
      },
    };
    const cae = await autoencoderTrial(run, "the method", patches, autoencoder);
    const labels = selectByError(cae.errors, { high: 0.25, low: 0.25 });
    await classifierTrial(run, "the method", patches, labels, smallClassifier);
    computed.length = 0;
    const all = { ...chain, proportion, seeds: [3, 4, 5, 6], blockSize: 99 };
    await trainEnsemble(run, patches, all);
    expect(computed.sort()).toEqual(["CAE", "CAE", "CAE", "CNN", "CNN", "CNN"]);
  });

  it("of patches in one block has none by ground", async () => {
    const all = { ...chain, proportion, seeds, blockSize: 99 };
    expect((await trainEnsemble(await quietRun(), patches, all)).blocks).toBeNull();
  });
});

describe("a design", () => {
  const rescaled = { ...patches, values: patches.values.map((value) => value ** 2) };
  const options = {
    ...{ ...chain, patches, rescaled, scalings: ["as they are", "squared"] as const, blockSize },
    ...{ proportions: [proportion, [0.5, 0.5] as const], count: 4, firstSeed: 20, seedStep: 2 },
  };

  it("draws every source anew but for what its pairs share", async () => {
    const run = await quietRun();
    const design = await varianceDesign(run, options);
    const { drawn, reseeded, sameGround, others, draws, values } = design;
    expect(values).toEqual({
      labels: ["25 and 25 % labelled", "50 and 50 % labelled"],
      scaling: ["as they are", "squared"],
      layer: ["all layers", "without Au", "without DTF"],
    });
    expect([drawn, reseeded, sameGround, others].map(({ length }) => length)).toEqual([4, 4, 4, 4]);
    expect(draws.map(({ seed }) => seed)).toEqual(
      Array.from({ length: 12 }, (_, at) => 20 + 2 * at),
    );
    expect(draws.map(({ ground }) => ground)).toEqual([
      ...[20, 22, 24, 26, 20, 22, 24, 26, 36, 38, 40, 42],
    ]);
    for (let kind = 0; kind < 3; kind++) {
      const dealt = draws.slice(4 * kind, 4 * kind + 4).map((draw) => draw.values.scaling);
      expect(dealt.sort()).toEqual([0, 0, 1, 1]);
    }
    expect(design.drawsGround).toBe(true);

    // The first pair by hand: one ground, one scaling, one set of layers, two seeds.
    const { scaling, layer, labels } = draws[0].values;
    const scaled = scaling === 0 ? patches : rescaled;
    const cut = layer === 0 ? scaled : dropBand(scaled, ["Au", "DTF"][layer - 1]);
    const trained = patchSubset(cut, drawBlocks(patches.places, blockSize, 20)!);
    const share = [0.25, 0.5][labels];
    for (const [seed, replica] of [
      [20, drawn[0]],
      [44, reseeded[0]],
    ] as const) {
      const own = { ...run, seed };
      const cae = await autoencoderTrial(own, "by hand", trained, autoencoder);
      const chosen = selectByError(cae.errors, { high: share, low: share });
      const cnn = await classifierTrial(own, "by hand", trained, chosen, smallClassifier);
      expect(replica.errors).toEqual(await patchErrors(cae, cut));
      expect(replica.probabilities).toEqual(await classifyPatches(cnn, cut));
    }
  });

  it("of few replicas leaves some layers in, so that some values come twice", async () => {
    const few = { ...options, count: 2, proportions: [proportion], blockSize: 99 };
    const { values, drawsGround } = await varianceDesign(await quietRun(), few);
    expect(values.layer).toHaveLength(3);
    expect(drawsGround).toBe(false);
    const one = { ...few, count: 1 };
    expect((await varianceDesign(await quietRun(), one)).values.layer).toEqual(["all layers"]);
  });
});

it("held-out probabilities are those of each seed, their mean, and the mean over passes", async () => {
  const run = await quietRun();
  const selection = {
    prospective: Uint32Array.of(0, 1, 2, 3),
    background: Uint32Array.of(44, 45, 46, 47),
  };
  const fold = Uint8Array.from(patches.places, (_, patch) => patch % 2);
  const options = { seeds, passes: 3, classifier: smallClassifier };
  const found = await heldOutEnsemble(run, patches, selection, fold, options);
  const task = { label: "by hand", selection, fold };
  const [first, second] = await heldOutProbabilities(
    run,
    patches,
    [task, { ...task, seed: 4 }],
    smallClassifier,
  );
  expect(found.single).toEqual(first);
  expect([...found.ensemble]).toEqual(
    Array.from(first, (probability, patch) => (probability + second[patch]) / 2),
  );
  const outside = { prospective: Uint32Array.of(1, 3), background: Uint32Array.of(45, 47) };
  const { model } = await classifierTrial(run, "odd", patches, outside, smallClassifier);
  const control = { passes: 3, seed: 3 };
  const passed = await dropoutTrial(run, "probabilities", model, patches, control);
  for (const patch of [0, 2, 46]) expect(found.dropout[patch]).toBe(passed.mean[patch]);
});
