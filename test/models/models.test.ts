import { beforeAll, describe, expect, it } from "vitest";
import { buildAutoencoder } from "../../lib/src/models/autoencoder";
import { buildClassifier } from "../../lib/src/models/classifier";
import { useBackend } from "../../lib/src/training/backend";

beforeAll(async () => {
  await useBackend("wasm");
});

const cae = {
  size: 12,
  bands: 9,
  filters: [32, 64],
  outputActivation: "sigmoid",
  seed: 1,
} as const;
/** Weights and biases of a 3 x 3 convolution. */
const convolution = (inputs: number, outputs: number) => (9 * inputs + 1) * outputs;

describe("auto-encoders", () => {
  it("b pools and grows twice, and has the parameters counted by hand", () => {
    const model = buildAutoencoder({ ...cae, architecture: "full" });
    const kinds = model.layers.map((layer) => layer.getClassName());
    expect(kinds.filter((kind) => kind === "MaxPooling2D").length).toBe(2);
    expect(kinds.filter((kind) => kind === "UpSampling2D").length).toBe(2);
    expect(model.outputs[0].shape).toEqual([null, 12, 12, 9]);
    expect(model.countParams()).toBe(
      convolution(9, 32) +
        convolution(32, 64) +
        convolution(64, 64) +
        convolution(64, 32) +
        convolution(32, 9),
    );
  });

  it("a pools and grows once, with the same parameters", () => {
    const model = buildAutoencoder({ ...cae, architecture: "reduced" });
    const kinds = model.layers.map((layer) => layer.getClassName());
    expect(kinds.filter((kind) => kind === "MaxPooling2D").length).toBe(1);
    expect(kinds.filter((kind) => kind === "UpSampling2D").length).toBe(1);
    expect(model.outputs[0].shape).toEqual([null, 12, 12, 9]);
  });

  it("start from the same weights for the same seed, and from others for another", () => {
    const first = (seed: number) => [
      ...buildAutoencoder({ ...cae, architecture: "full", seed })
        .getWeights()[0]
        .dataSync(),
    ];
    expect(first(1)).toEqual(first(1));
    expect(first(1)).not.toEqual(first(2));
  });

  it.each([8, 14, 0, 12.5])("refuse patches of %d pixels", (size) => {
    expect(() => buildAutoencoder({ ...cae, size, architecture: "full" })).toThrow(
      /patch size: found .* expected a multiple of 4 from 12 up/,
    );
  });
});

describe("classifier", () => {
  const cnn = {
    size: 12,
    bands: 9,
    filters: [32, 64],
    dense: 128,
    dropout: [0.25, 0.5],
    batchNormalisation: true,
    seed: 1,
  };

  it("has the parameters counted by hand", () => {
    // Batch normalisation keeps scale, shift, mean and variance a map; 3 x 3 x 64 reach the dense layer.
    const normalisation = 4 * 32 + 4 * 64;
    const dense = (9 * 64 + 1) * 128 + 129;
    expect(buildClassifier(cnn).countParams()).toBe(
      convolution(9, 32) + convolution(32, 64) + normalisation + dense,
    );
  });

  it("leaves out what is switched off", () => {
    const model = buildClassifier({ ...cnn, dropout: [0, 0], batchNormalisation: false });
    const kinds = model.layers.map((layer) => layer.getClassName());
    expect(kinds).not.toContain("Dropout");
    expect(kinds).not.toContain("BatchNormalization");
  });
});
