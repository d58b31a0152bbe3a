import { describe, expect, it } from "vitest";
import { predictPresences } from "../../lib/src/evaluation/presence-prediction";

const labels = Uint8Array.of(1, 0, 1, 0, 1, 0, 1, 0);

describe("presences that predict each other", () => {
  it("are judged without those that were learnt from, which count as background to the learner", () => {
    const seen: number[] = [];
    // Scores those that it was told of highest of all, then the even ones: 1 only if these are left out.
    const score = (known: Uint8Array) => {
      seen.push(known.reduce((sum, label) => sum + label, 0));
      return Array.from(known, (label, unit) => (label === 1 ? -9 : unit % 2 === 0 ? 1 : 0));
    };
    const found = predictPresences(labels, score, { learnt: [1, 2], draws: 3, seed: 1 });
    expect(seen).toEqual([1, 1, 1, 2, 2, 2]);
    expect(found.map(({ learnt, aucs }) => [learnt, [...aucs]])).toEqual([
      [1, [1, 1, 1]],
      [2, [1, 1, 1]],
    ]);
  });

  it("come to one half where the model has learnt nothing", () => {
    const [{ aucs }] = predictPresences(labels, () => new Float64Array(8), {
      ...{ learnt: [2], draws: 2, seed: 1 },
    });
    expect([...aucs]).toEqual([0.5, 0.5]);
  });

  it("must leave two to predict", () => {
    expect(() => predictPresences(labels, () => [], { learnt: [3], draws: 1, seed: 1 })).toThrow(
      "4, of which 3 are learnt from",
    );
  });
});
