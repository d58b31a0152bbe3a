import { expect, it } from "vitest";
import { classifierTrial } from "../../lib/src/runs/classifier-trial";
import { heldOutProbabilities } from "../../lib/src/runs/held-out";
import { mutualTrials } from "../../lib/src/runs/mutual-trials";
import { wavyPatches as patches, quietRun, smallClassifier } from "../support/wavy-patches";

it("each patch is scored by a classifier that saw no label of its fold; a fold without labels outside has no score", async () => {
  const run = await quietRun();
  const selection = {
    prospective: Uint32Array.of(0, 1, 2, 3),
    background: Uint32Array.of(44, 45, 46, 47),
  };
  const alternating = patches.places.map((_, patch) => patch % 2);
  // All prospective patches lie in fold 0, so that nothing could be learnt to score it.
  const halves = patches.places.map((_, patch) => (patch < 24 ? 0 : 1));
  const tasks = [
    { label: "alternating", selection, fold: alternating },
    { label: "halves", selection, fold: halves },
  ];
  const [first, second] = await heldOutProbabilities(run, patches, tasks, smallClassifier);
  const odd = {
    prospective: Uint32Array.of(1, 3),
    background: Uint32Array.of(45, 47),
  };
  const byHand = await classifierTrial(run, "by hand", patches, odd, smallClassifier);
  patches.places.forEach((_, patch) => {
    if (patch % 2 === 0) expect(first[patch]).toBe(byHand.probabilities[patch]);
    else expect(first[patch]).not.toBe(byHand.probabilities[patch]);
  });
  expect([...second].every(Number.isNaN)).toBe(true);
});

it("labels are held out by ground and patch by patch, beside shuffled ones and a mixture's", async () => {
  const run = await quietRun();
  const labels = {
    prospective: Uint32Array.of(0, 1, 2, 3, 4, 5),
    background: Uint32Array.of(42, 43, 44, 45, 46, 47),
  };
  const fold = Uint8Array.from(patches.places, ({ column }) => (column < 4 ? 0 : 1));
  const trials = await mutualTrials(run, patches, labels, {
    ...{ proportion: { high: 0.125, low: 0.125 }, draws: [{ seed: 5, fold }], folds: 2 },
    ...{ blockSize: 4, classifier: smallClassifier },
  });
  const of = (scheme: string) => trials.find((trial) => trial.scheme === scheme)!;
  expect(trials.map(({ scheme }) => scheme)).toEqual(["mixture", "shuffled", "blocks", "random"]);
  expect(of("blocks").selection).toBe(labels);
  const task = { label: "by hand", selection: labels, fold };
  const [byHand] = await heldOutProbabilities(run, patches, [task], smallClassifier);
  expect(of("blocks").scores).toEqual(byHand);
  expect(of("random").scores).not.toEqual(byHand);
  // Shuffled labels are those of the labelled patches; a mixture's are any.
  const all = ({ selection }: (typeof trials)[number]) =>
    [...selection.prospective, ...selection.background].sort((one, other) => one - other);
  expect(all(of("shuffled"))).toEqual(all(of("blocks")));
  expect(all(of("mixture"))).not.toEqual(all(of("blocks")));
  expect(of("mixture").selection.prospective).toHaveLength(6);
});
