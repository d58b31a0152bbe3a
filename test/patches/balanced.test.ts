import { expect, it } from "vitest";
import { balancedPatches } from "../../lib/src/patches/balanced";

const labels = Uint8Array.of(0, 1, 0, 0, 1, 0, 0, 1);

it("positives are repeated in turn until they are as many as the others", () => {
  expect([...balancedPatches([0, 1, 2, 3, 4, 5, 6], labels)]).toEqual([
    ...[1, 4, 1, 4, 1],
    ...[0, 2, 3, 5, 6],
  ]);
});

it("nothing is repeated where they are the more, or there are none", () => {
  expect([...balancedPatches([0, 1, 4, 7], labels)]).toEqual([1, 4, 7, 0]);
  expect([...balancedPatches([0, 2], labels)]).toEqual([0, 2]);
});
