import type { PackContent } from "../../scripts/playground/packs/format";

/** The content of a made-up pack: three layers of 30 x 20 pixels, two of them with a direction. */
export function smallPack(): PackContent {
  const [width, height] = [30, 20];
  const layers = [0, 1, 2].map((layer) =>
    Float32Array.from({ length: width * height }, (_, at) =>
      at === 5 ? Number.NaN : Math.sin(at / (3 + layer)) * 10 ** layer,
    ),
  );
  return {
    district: {
      ...{ id: "small", study: "small", coarsening: 1, title: "Small district", kind: "synthetic" },
      ...{ licence: "CC0", source: "made up", mainCommodity: "Au", crs: "made up" },
      ...{ region: [1000, 2000, 4000, 4000], width, height, pixelSize: 100, lineTolerance: 25 },
      layers: layers.map((_, at) => ({
        ...{ id: `layer${at}`, label: `L${at}`, title: `Layer ${at}`, unit: "m" },
        favourable: (["high", "low", null] as const)[at],
      })),
      occurrences: [
        { name: "One", commodity: "Au", east: 1650, north: 3350 },
        { name: "Two", commodity: "Cu", east: 2850, north: 2650 },
        { name: "Placer", commodity: "Au", east: 3450, north: 3850 },
      ],
      lines: [{ id: "faults", title: "Faults", lines: [[1000, 2000, 4000, 4000]] }],
      outline: [],
      parameters: {
        layers: ["layer0", "layer1", "layer2"],
        ...{ patchSize: 4, percentiles: [0, 100], architecture: "reduced", filters: [4, 4] },
        ...{ outputActivation: "sigmoid", loss: "meanSquaredError", epochs: 2, batchSize: 8 },
        ...{ learningRate: 0.001, seed: 1, proportion: [0.2, 0.2], classifierFilters: [4, 4] },
        ...{ dense: 8, dropout: [0, 0], batchNormalisation: false, classifierEpochs: 2 },
        ...{ threshold: 0.5, pcaVarianceShare: 0.9 },
      },
      remarks: ["Made up."],
    },
    occurrencesTitle: null,
    own: [0, 1],
    groups: [{ id: "placers", title: "placers", members: [2] }],
    crs: { epsg: null, name: "made up" },
    pca: { errors: Float64Array.from({ length: 34 }, (_, at) => at / 7), components: 3 },
    layers,
  };
}
