import { readFileSync } from "node:fs";
import { join } from "node:path";
import type {
  Judged,
  PackedDistrict,
  PlaygroundParameters,
  Prepared,
} from "../../scripts/playground/protocol";

const { parameters: method } = JSON.parse(
  readFileSync(join(__dirname, "..", "..", "notebooks", "method.json"), "utf8"),
) as { parameters: Record<string, { value: unknown }> };

const names = [
  ...["patchSize", "percentiles", "architecture", "filters", "outputActivation", "loss", "epochs"],
  ...["batchSize", "learningRate", "seed", "proportion", "classifierFilters", "dense", "dropout"],
  ...["batchNormalisation", "classifierEpochs", "threshold", "pcaVarianceShare"],
];

/** Parameters as the file of the method has them, with three layers. */
export const ownParameters = {
  layers: ["gold", "arsenic", "faults"],
  ...Object.fromEntries(names.map((name) => [name, method[name].value])),
} as unknown as PlaygroundParameters;

/** A district of 3 by 2 patches of 12 pixels, three layers and two occurrences. */
export const district: PackedDistrict = {
  ...{ id: "small", study: "hezuo-synthetic", coarsening: 1, title: "Small", kind: "synthetic" },
  ...{ licence: "", source: "", mainCommodity: "Au", crs: "UTM", width: 36, height: 24 },
  ...{ region: [0, 0, 3600, 2400], pixelSize: 100, lines: [], lineTolerance: 0, outline: [] },
  layers: ownParameters.layers.map((id) => ({
    ...{ id, label: id, title: `Map of ${id}`, unit: null, favourable: "high" as const },
  })),
  occurrences: [
    { name: "One", commodity: "Au", east: 50, north: 2350 },
    { name: "Two", commodity: "Au", east: 3550, north: 50 },
  ],
  parameters: ownParameters,
  remarks: [],
};

/** Its patches: all but the fifth, row 1 and column 1, which has no data. */
export const prepared: Prepared = {
  ...{ columns: 3, rows: 2, patchSize: 12, leftOut: 1 },
  places: Int32Array.of(0, 0, 0, 1, 0, 2, 1, 0, 1, 2),
  groups: [
    {
      ids: ["all", "main"],
      title: "2 Au occurrences",
      held: [
        { occurrence: 0, patch: 0 },
        { occurrence: 1, patch: 4 },
      ],
    },
  ],
  baselines: [],
  means: new Float32Array(15),
};

/** A judgement with an AUC; its curves say nothing. */
export function judged(auc: number): Judged {
  const curve = Float64Array.of(0, 1);
  return {
    ...{ auc, interval: [auc - 0.1, auc + 0.1] },
    roc: { x: curve, y: curve },
    success: { area: curve, occurrences: curve, thresholds: curve },
  };
}
