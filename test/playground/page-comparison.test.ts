import { describe, expect, it } from "vitest";
import {
  differingAmong,
  isKept,
  type KeptRun,
  keep,
  MOST_KEPT,
  rankDifference,
  valueIn,
} from "../../scripts/playground/page/comparison";
import { begun, type Cut, type Network, type Run } from "../../scripts/playground/page/runs";
import { ownParameters, prepared } from "../support/three-layers";

const cut: Cut = { district: "small", parameters: ownParameters, prepared };

function run(values: readonly number[], changes = {}, network: Network = "autoencoder"): Run {
  const parameters = { ...ownParameters, ...changes };
  const scores = Float64Array.from(values);
  return { ...begun(network, cut, parameters), epochs: parameters.epochs, scores, status: "done" };
}

describe("kept runs", () => {
  it("have letters; one that is removed frees its own, and six are kept at most", () => {
    const runs = Array.from({ length: MOST_KEPT + 1 }, (_, at) => run([at, 1, 2, 3, 4]));
    const kept = runs.reduce<readonly KeptRun[]>(keep, []);
    expect(kept.map(({ letter }) => letter).join("")).toBe("ABCDEF");
    const without = kept.filter(({ letter }) => letter !== "C");
    const again = keep(without, runs[MOST_KEPT]);
    expect(again.find(({ letter }) => letter === "C")?.run).toBe(runs[MOST_KEPT]);
  });

  it("are kept once", () => {
    const one = run([1, 2, 3, 4, 5]);
    expect(keep(keep([], one), one)).toHaveLength(1);
    expect(isKept(keep([], one), { ...one, status: "stopped" })).toBe(true);
  });

  it("show the parameters in which they differ, those that decide none of them left out", () => {
    const kept = [
      { letter: "A", run: run([1, 2, 3, 4, 5]) },
      {
        letter: "B",
        run: run([1, 2, 3, 4, 5], { filters: [32, 16], dense: 64, layers: ["gold"] }),
      },
    ];
    expect(differingAmong(kept)).toEqual(["layers", "filters"]);
    expect(valueIn(kept[1].run, "layers", ownParameters.layers)).toBe("without arsenic, faults");
    expect(valueIn(kept[0].run, "layers", ownParameters.layers)).toBe("all");
    expect(valueIn(kept[1].run, "layers", null)).toBe("1 layer");
    const classifier = { letter: "C", run: run([1, 2, 3, 4, 5], { dense: 64 }, "classifier") };
    expect(differingAmong([kept[0], classifier])).toEqual([]);
    const other = { letter: "D", run: run([1, 2, 3, 4, 5], { dense: 32 }, "classifier") };
    expect(differingAmong([kept[0], classifier, other])).toEqual(["dense"]);
    expect(valueIn(kept[0].run, "dense", ownParameters.layers)).toBe("–");
  });
});

describe("the difference of two runs", () => {
  it("is of ranks, so that runs in other units compare: counted by hand", () => {
    const found = rankDifference(run([50, 40, 30, 20, 10]), run([0.5, 0.3, 0.4, 0.2, 0.1]));
    if (typeof found === "string") throw new Error(found);
    expect([...found.values]).toEqual([0, 0.25, -0.25, 0, 0]);
    // Deviations 20, 10, 0, -10, -20 and 0.2, 0, 0.1, -0.1, -0.2: 9 / sqrt(1000 · 0.1).
    expect(found.correlation).toBeCloseTo(0.9, 12);
  });

  it("is refused where patches are not the same", () => {
    const elsewhere = run([1, 2, 3, 4, 5]);
    const other = { ...elsewhere, cut: { ...cut, prepared: { ...prepared, patchSize: 8 } } };
    expect(rankDifference(elsewhere, other)).toContain("different districts or patches");
    const far = { ...elsewhere, cut: { ...cut, district: "another" } };
    expect(rankDifference(elsewhere, far)).toContain("different districts or patches");
  });
});
