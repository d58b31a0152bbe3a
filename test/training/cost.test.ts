import { expect, it } from "vitest";
import { buildAutoencoder } from "../../lib/src/models/autoencoder";
import { buildClassifier } from "../../lib/src/models/classifier";
import { type CostedNetwork, engineNetwork, trainingCost } from "../../lib/src/training/cost";
import { networkOf } from "../../lib/src/training/engine/network";

const bands = 5;
const size = 12;
const classifier = { kind: "classifier", filters: [16, 12], dense: 24 } as const;

/** Seconds of 1,000 patches and 10 epochs, by multiplications of a patch worked out on paper. */
const seconds = (multiplications: number, rate: number) =>
  10 * 1000 * (1e-5 + multiplications / rate);

it.each(["full", "reduced"] as const)(
  "the layers of a %s auto-encoder are its model's",
  (architecture) => {
    const network = { kind: "autoencoder", architecture, filters: [16, 12] } as const;
    const model = buildAutoencoder({
      ...{ size, bands, ...network, outputActivation: "sigmoid", seed: 1 },
    });
    expect(engineNetwork(network, { size, bands })).toEqual(networkOf(model));
    model.dispose();
  },
);

it("the layers of a classifier are its model's", () => {
  const model = buildClassifier({
    ...{ size, bands, ...classifier, dropout: [0.25, 0.5], batchNormalisation: true, seed: 1 },
  });
  expect(engineNetwork(classifier, { size, bands })).toEqual(networkOf(model));
  model.dispose();
});

it("seconds are those of the multiplications, counted by hand", () => {
  const cost = (network: CostedNetwork) =>
    trainingCost(network, { count: 1000, size, bands }, 10).seconds;
  // 12x12: 5 to 16; 6x6: 16 to 12; 3x3: 12 to 12; 6x6: 12 to 16; 12x12: 16 to 5.
  const full = 9 * (144 * 5 * 16 + 36 * 16 * 12 + 9 * 12 * 12 + 36 * 12 * 16 + 144 * 16 * 5);
  // And each value of the two poolings.
  const pools = 36 * 16 + 9 * 12;
  const autoencoder = { kind: "autoencoder", architecture: "full", filters: [16, 12] } as const;
  expect(cost(autoencoder)).toBeCloseTo(seconds(full + pools, 2.1e10), 9);
  // 12x12: 5 to 16; 6x6: 16 to 12; 6x6: 12 to 12; 12x12: 12 to 16; 12x12: 16 to 5.
  const reduced = 9 * (144 * 5 * 16 + 36 * 16 * 12 + 36 * 12 * 12 + 144 * 12 * 16 + 144 * 16 * 5);
  expect(cost({ ...autoencoder, architecture: "reduced" })).toBeCloseTo(
    seconds(reduced + 36 * 16, 2.1e10),
    9,
  );
  // 3x3 of 12 go to 24 and those to one; normalising touches what convolutions make, pooling,
  // dropping and flattening what is left of it.
  const products = 9 * (144 * 5 * 16 + 36 * 16 * 12) + 108 * 24 + 24;
  const touched = 144 * 16 + 2 * 36 * 16 + 36 * 12 + 3 * 108 + 24;
  expect(cost(classifier)).toBeCloseTo(seconds(products + touched, 1.35e10), 9);
});

it("memory is that of the patches, twice, and of a network that does not grow with them", () => {
  const cost = (count: number) =>
    trainingCost(classifier, { count, size, bands }, 1).mebibytes * 2 ** 20;
  // 12 x 12 x 5 values of 4 bytes, there twice; a number in the order of an epoch; a label.
  const ofPatch = 2 * 720 * 4 + 4 + 4;
  expect(cost(16_000) - cost(8000)).toBe(8000 * ofPatch);
  // Without patches: more than a batch of both convolutions' images, values and gradients with a pixel's
  // border, and less than ten times as much beside the thread.
  const images = 32 * 2 * 4 * (14 * 14 * (5 + 16) + 8 * 8 * (16 + 12));
  const rest = cost(0) - 25 * 2 ** 20;
  expect(rest).toBeGreaterThan(images);
  expect(rest).toBeLessThan(10 * images);
});
