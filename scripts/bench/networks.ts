import { buildAutoencoder, buildClassifier } from "prospectivity";
import type { Trial } from "./trials";

const size = { size: 12, bands: 9 };

/** CAE b with some filters, on patches as the paper cuts them. */
export const autoencoder = (id: string, filters: readonly [number, number]): Trial => ({
  id,
  name: `CAE b, ${filters.join(" and ")} filters`,
  model: "cae",
  filters,
  build: () =>
    buildAutoencoder({
      ...{ ...size, architecture: "full", filters, outputActivation: "sigmoid", seed: 1 },
    }),
});

/** The networks that are timed: the paper's sizes. */
export const trials: readonly Trial[] = [
  autoencoder("caeB", [32, 16]),
  autoencoder("caeBWide", [32, 64]),
  {
    id: "cnn",
    name: "CNN, 32 and 64 filters",
    model: "cnn",
    filters: [32, 64],
    build: () =>
      buildClassifier({
        ...{ ...size, filters: [32, 64], dense: 128, dropout: [0.25, 0.5] },
        ...{ batchNormalisation: true, seed: 1 },
      }),
  },
];
