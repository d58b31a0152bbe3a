import { expect, it } from "vitest";
import { oneBlockSentence } from "../../lib/src/findings/stability";
import { tilePatches } from "../../lib/src/patches/tile";
import { given, isSkipped, skipped, skippedSentence } from "../../lib/src/skipped";
import {
  noDirection,
  noPairs,
  noSamples,
  noSheets,
  noZones,
  oneLayer,
  tooFewOccurrences,
} from "../../lib/src/study/lacks";
import type { Study } from "../../lib/src/study/types";
import { counting, stackOf } from "../support/stacks";

it("what a study lacks is said in one plain sentence", () => {
  const study = { id: "tin", evidence: [{ label: "Sn" }] } as unknown as Study;
  const sentences = [
    skippedSentence(noSamples(study), "Variogram"),
    skippedSentence(noSheets(study), "Sample sheets"),
    skippedSentence(oneLayer(study), "Table 3"),
    skippedSentence(noPairs(study), "The matrix"),
    skippedSentence(noDirection(study), "Success rate"),
    skippedSentence(noZones(study)),
    skippedSentence(tooFewOccurrences(study), "Folds"),
  ];
  expect(sentences).toEqual([
    "*Variogram: skipped, because study tin has no geochemical samples.*",
    "*Sample sheets: skipped, because study tin names no column of map sheets.*",
    "*Table 3: skipped, because study tin has one evidence layer, Sn, and the only one cannot be left out.*",
    "*The matrix: skipped, because study tin has one evidence layer, and so no pairs.*",
    "*Success rate: skipped, because the manifest of study tin holds no layer favourable beforehand.*",
    "*Skipped, because study tin names no zones.*",
    "*Folds: skipped, because too few patches of study tin hold an occurrence.*",
  ]);
});

it("a skipped result goes through what would be made of it, and no other value is taken for one", () => {
  const none = skipped("there is none");
  expect(given(none, () => 1)).toBe(none);
  expect(given(2, (value) => value + 1)).toBe(3);
  expect(given([1, 2], (values) => values.length)).toBe(2);
  expect(isSkipped({ because: "x", rows: [] })).toBe(false);
  expect(isSkipped(null)).toBe(false);
  expect(isSkipped({ because: 3 })).toBe(false);
});

it("one block of patches is said to tell no interval, two are not", () => {
  // 2 x 3 patches.
  const patches = tilePatches(stackOf(4, 6, { Sn: counting(24) }), { size: 2 });
  expect(oneBlockSentence(patches, { blockSize: 3 })).toMatch(
    /^All 6 patches lie in one block of 3 by 3.*intervals over blocks are −1 to 1\.$/,
  );
  expect(oneBlockSentence(patches, { blockSize: 2 })).toBeNull();
});
