import { join } from "node:path";
import { expect, it } from "vitest";
import { applyMethod } from "../../lib/src/method/apply";
import { readMethod } from "../../lib/src/method/read-method";
import { notebookCommand } from "../../scripts/playground/page/command";
import type { PlaygroundParameters } from "../../scripts/playground/protocol";
import { readStudyOptions } from "../../scripts/study-options";
import { district, ownParameters } from "../support/three-layers";

const root = join(__dirname, "..", "..");

it("the command says only what differs from method.json", () => {
  const parameters = { ...ownParameters, filters: [32, 16], seed: 7 } as const;
  expect(notebookCommand(district, parameters)).toEqual({
    command: "npm run study -- --study hezuo-synthetic --set filters=32,16 --seed 7",
    remark: null,
  });
});

it("npm run study reads the command as the parameters that the page trained by", () => {
  const changes: Partial<PlaygroundParameters> = {
    ...{ patchSize: 8, architecture: "reduced", loss: "meanAbsoluteError", epochs: 3 },
    ...{ outputActivation: "linear", batchSize: 16, learningRate: 0.0005, seed: 99, dense: 32 },
    ...{ batchNormalisation: false, classifierEpochs: 5, threshold: 0.7, pcaVarianceShare: 0.8 },
    percentiles: [2, 98],
    filters: [16, 8],
    proportion: [0.1, 0.3],
    classifierFilters: [8, 16],
    dropout: [0, 0],
  };
  const { command } = notebookCommand(district, { ...ownParameters, ...changes });
  const options = readStudyOptions(root, command.replace("npm run study -- ", "").split(" "));
  const file = readMethod(join(root, "notebooks", "method.json"));
  const { method } = applyMethod(file, {
    commandLine: { ...options.set, seed: `${options.seed}` },
  });
  expect(method).toMatchObject(changes);
  expect(options.studies).toEqual(["hezuo-synthetic"]);
});

it("coarser pixels of a pack are part of the command, and layers are said to be none", () => {
  const parameters = { ...ownParameters, layers: ["gold"] };
  const { command, remark } = notebookCommand({ ...district, coarsening: 4 }, parameters);
  expect(command).toBe("npm run study -- --study hezuo-synthetic --set coarsening=4");
  expect(remark).toContain("data/hezuo-synthetic/study.json");
  expect(remark).toContain("Map of arsenic, Map of faults");
});
