import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Metrics } from "../../lib/src/findings/measured";
import { applyMethod } from "../../lib/src/method/apply";
import { readMethod } from "../../lib/src/method/read-method";
import type { RunContext } from "../../lib/src/runs/context";
import { studySteps } from "../../lib/src/steps/flow";
import { definer, type StepContext, step } from "../../lib/src/steps/step";
import { stepTable } from "../../lib/src/steps/table";
import type { Study } from "../../lib/src/study/types";

const file = readMethod(join(__dirname, "../../notebooks/method.json"));
const { method } = applyMethod(file, {});

function contextOf(record: (metrics: Metrics) => void = () => undefined): StepContext {
  return { study: {} as Study, run: { seed: 1 } as RunContext, method, file, record };
}

/** Two steps that count how often they compute. */
function pair(record?: (metrics: Metrics) => void) {
  const counts = { cut: 0, train: 0 };
  const context = contextOf(record);
  const cut = definer(context)("cut", {
    needs: {},
    reads: ["patchSize"],
    compute({ method: { patchSize } }) {
      counts.cut++;
      return 10 * patchSize;
    },
  });
  const train = definer(context)("train", {
    needs: { cut },
    reads: ["epochs"],
    compute({ from, method: { epochs }, run, label }) {
      counts.train++;
      return { value: from.cut + epochs, seed: run.seed, label };
    },
    metrics: ({ value }) => ({ "train.value": { value } }),
  });
  return { counts, cut, train };
}

describe("a step", () => {
  it("is computed once for the same values, however it is asked for", async () => {
    const { counts, train } = pair();
    expect((await train()).value).toBe(140);
    await train({});
    await train({ epochs: method.epochs });
    await Promise.all([train(), train()]);
    expect(counts).toEqual({ cut: 1, train: 1 });
  });

  it("hands changes down to the steps that read them, and computes nothing else again", async () => {
    const { counts, train } = pair();
    await train();
    expect(await train({ epochs: 5 })).toMatchObject({ value: 125, label: "epochs 5" });
    expect(counts).toEqual({ cut: 1, train: 2 });
    expect((await train({ patchSize: 24 })).value).toBe(260);
    expect(counts).toEqual({ cut: 2, train: 3 });
  });

  it("keeps its numbers when it is asked for as the method has it, and not when changed", async () => {
    const kept: Metrics[] = [];
    const { train } = pair((metrics) => kept.push(metrics));
    await train({ epochs: 5 });
    expect(kept).toEqual([]);
    await train.each([{ epochs: 7 }, {}]);
    expect(kept).toEqual([{ "train.value": { value: 140 } }]);
  });

  it("runs by the seed of its asking", async () => {
    const context = contextOf();
    const seeded = definer(context)("seeded", {
      needs: {},
      reads: ["seed"],
      compute: ({ run }) => run.seed,
    });
    expect(await seeded()).toBe(method.seed);
    expect(await seeded({ seed: 3 })).toBe(3);
  });

  it("refuses parameters that it does not hang on, and names that are none", async () => {
    const { cut, train } = pair();
    await expect(cut({ epochs: 5 })).rejects.toThrow(/steps.cut.*"epochs".*one of patchSize/);
    await expect(train({ epochs: 0 })).rejects.toThrow(/epochs: found 0; expected 1 to/);
    const misspelt = { epoch: 5 } as object;
    await expect(train(misspelt)).rejects.toThrow(/steps.train: found "epoch".*epochs/);
  });

  it("that failed is asked anew", async () => {
    let calls = 0;
    const once = definer(contextOf())("once", {
      needs: {},
      reads: [],
      compute() {
        calls++;
        if (calls === 1) throw new Error("no disk");
        return calls;
      },
    });
    await expect(once()).rejects.toThrow("no disk");
    expect(await once()).toBe(2);
  });

  it("answers several askings together, each once", async () => {
    const asked: number[] = [];
    const many = step(contextOf(), "many", {
      needs: {},
      reads: ["epochs"],
      async compute(tasks) {
        asked.push(tasks.length);
        return tasks.map(({ method: { epochs } }) => epochs);
      },
    });
    expect(await many.each([{ epochs: 3 }, { epochs: 4 }, { epochs: 3 }])).toEqual([3, 4, 3]);
    expect(await many.each([{ epochs: 4 }, { epochs: 5 }])).toEqual([4, 5]);
    expect(asked).toEqual([2, 1]);
  });
});

describe("the flow of the study", () => {
  const steps = studySteps(contextOf());
  const reading = (name: string) =>
    Object.values(steps).flatMap(({ title, reads }) =>
      reads.some((read) => read === name) ? [title] : [],
    );

  it("says what hangs on a parameter: a tree count moves no network, filters move all but evidence", () => {
    expect(reading("trees")).toEqual([
      ...["comparators", "judgement", "newGround", "surveyedMethods", "methods", "methodBenchmark"],
    ]);
    // Nor do detectors and weights of evidence hang on how networks are trained.
    expect(reading("svmOutside")).toEqual(["detectorSettings"]);
    for (const untouched of ["methodSet", "evidenceWeights", "detectorSettings"]) {
      expect(reading("filters")).not.toContain(untouched);
    }
    expect(reading("filters")).toContain("targets");
    for (const untouched of ["evidence", "patches", "correlation", "folds", "comparators"]) {
      expect(reading("filters")).not.toContain(untouched);
    }
    expect(reading("classifierEpochs")).not.toContain("autoencoder");
  });

  it("uses every parameter of the method but those of exercises and of the run", () => {
    const read = new Set<string>(Object.values(steps).flatMap(({ reads }) => reads));
    const unread = Object.keys(file.parameters).filter((name) => !read.has(name));
    expect(unread).toEqual(["study", "profile", "framePixels"]);
  });

  it("is listed step by step, each after those that it follows", () => {
    const rows = stepTable(steps);
    const order = rows.map((row) => row.step);
    for (const { step: title, follows } of rows) {
      for (const before of String(follows)
        .split(", ")
        .filter((name) => name !== "")) {
        expect(order.indexOf(before), `${before} before ${title}`).toBeLessThan(
          order.indexOf(title),
        );
      }
    }
    expect(rows.find((row) => row.step === "classifier")).toMatchObject({
      follows: "patches, selection",
    });
  });
});
