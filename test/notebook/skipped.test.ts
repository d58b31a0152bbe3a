import { expect, it } from "vitest";
import {
  oneBlockSentence,
  withoutDirection,
  withoutPairs,
  withoutSecondLayer,
  withTooFewOccurrences,
} from "../../lib/src/notebook/skipped";
import { tilePatches } from "../../lib/src/patches/tile";
import type { Study } from "../../lib/src/study/types";
import { counting, stackOf } from "../support/stacks";

it("steps that a study does not allow say why they are skipped", () => {
  const study = { id: "tin", evidence: [{ label: "Sn" }] } as unknown as Study;
  expect(withoutSecondLayer(study, "Table 3")).toBe(
    "*Table 3: skipped, because study tin has one evidence layer, Sn, and the only one cannot be left out.*",
  );
  expect(withoutPairs(study, "The matrix")).toBe(
    "*The matrix: skipped, because study tin has one evidence layer, and so no pairs.*",
  );
  expect(withoutDirection(study, "Success rate")).toBe(
    "*Success rate: skipped, because the manifest of study tin holds no layer favourable beforehand.*",
  );
  expect(withTooFewOccurrences(study, "Folds")).toBe(
    "*Folds: skipped, because too few patches of study tin hold an occurrence.*",
  );
});

it("one block of patches is said to tell no interval, two are not", () => {
  // 2 x 3 patches.
  const patches = tilePatches(stackOf(4, 6, { Sn: counting(24) }), { size: 2 });
  expect(oneBlockSentence(patches, { blockSize: 3 })).toMatch(
    /^All 6 patches lie in one block of 3 by 3.*intervals over blocks are −1 to 1\.$/,
  );
  expect(oneBlockSentence(patches, { blockSize: 2 })).toBeNull();
});
