import { expect, it } from "vitest";
import type { EvidenceLayer } from "../../lib/src/manifest/evidence-layer";
import type { OpenChoices } from "../../lib/src/method/parameters";
import { openChoices } from "../../lib/src/steps/open-choices";
import type { Study } from "../../lib/src/study/types";

const description = { label: "Au", title: "", unit: "", favourable: null } as const;
const gold: EvidenceLayer = {
  ...description,
  id: "gold",
  origin: { from: "samples", method: "singularity", element: "Au", spacings: [1, 3, 5, 7] },
};
const fault: EvidenceLayer = {
  ...description,
  id: "fault",
  origin: { from: "vectors", method: "distance", layer: "faults" },
};
const studyWith = (...evidence: EvidenceLayer[]) => ({ evidence }) as unknown as Study;

it("makes one variation a value, seeds counted from the study's own", () => {
  const choices: OpenChoices = { filters: [[16, 32]], dropout: [[0, 0]], seeds: 2 };
  const { variations, skipped } = openChoices(studyWith(gold), choices, 7);
  expect(skipped).toEqual([]);
  expect(variations).toEqual([
    { choice: "filters", value: "16, 32", changes: { filters: [16, 32] } },
    { choice: "dropout", value: "0, 0", changes: { dropout: [0, 0] } },
    { choice: "seed", value: "8", changes: { seed: 8 } },
    { choice: "seed", value: "9", changes: { seed: 9 } },
  ]);
});

it("varies how layers are made from samples, and leaves the others as they are", () => {
  const { variations } = openChoices(studyWith(gold, fault), { windows: [[1, 3]] }, 1);
  expect(variations[0].study?.evidence.map(({ origin }) => origin)).toEqual([
    { ...gold.origin, spacings: [1, 3] },
    fault.origin,
  ]);
});

it("names the choices that a study without samples does not have", () => {
  const choices = { windows: [[1, 3]], interpolation: [{ power: 1 }], batchSize: [16] };
  const { variations, skipped } = openChoices(studyWith(fault), choices, 1);
  expect(variations.map(({ choice }) => choice)).toEqual(["batch"]);
  expect(skipped).toEqual(["windows", "interpolation"]);
});
