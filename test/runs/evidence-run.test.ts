import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { clippedShares, scaleEvidence } from "../../lib/src/evidence/scale";
import type { RunContext } from "../../lib/src/runs/context";
import { evidenceRun } from "../../lib/src/runs/evidence-run";
import { loadStudy } from "../../lib/src/study/load";
import { refusalOf } from "../support/refusal";
import { stackOf } from "../support/stacks";
import { rightStudy, writeStudy } from "../support/study-folder";

describe("scaling by percentiles", () => {
  it("takes numpy's percentiles and says which share it clips", () => {
    const powers = [Number.NaN, 1, 2, 4, 8, 16, 32, 64];
    const { stack, ranges } = scaleEvidence(stackOf(4, 2, { powers }), { percentiles: [10, 90] });
    // numpy.percentile([1, 2, 4, 8, 16, 32, 64], [10, 90]): [1.6, 44.8]
    expect(ranges[0].low).toBeCloseTo(1.6, 12);
    expect(ranges[0].high).toBeCloseTo(44.8, 12);
    expect(stack.bands[0].values[2]).toBeCloseTo((2 - 1.6) / 43.2, 6);
    expect([...stack.bands[0].values.slice(-1)]).toEqual([1]);
    expect(clippedShares(stackOf(4, 2, { powers }), ranges)).toEqual([
      { band: "powers", below: 1 / 7, above: 1 / 7 },
    ]);
  });

  it("is refused but for two that rise", async () => {
    const stack = stackOf(2, 1, { a: [1, 2] });
    for (const percentiles of [[2], [98, 2], [0, 50, 100], [-1, 99]]) {
      const details = await refusalOf(() => scaleEvidence(stack, { percentiles }));
      expect(details).toMatchObject({ field: "percentiles", found: `[${percentiles.join(", ")}]` });
    }
  });
});

describe("an evidence run with percentiles", () => {
  const folder = mkdtempSync(join(tmpdir(), "evidence-run-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const run: RunContext = {
    store: { folder, code: "test" },
    seed: 1,
    backend: { name: "wasm", version: "test", threads: 1 } as RunContext["backend"],
    progress: () => ({ update: () => {}, finish: () => {} }),
    onTrial: () => {},
  };

  it("scales otherwise and takes the same layers from the store; without them nothing changes", async () => {
    const study = await loadStudy(writeStudy(rightStudy()));
    const plain = await evidenceRun(run, study, { coarsening: 1 });
    const robust = await evidenceRun(run, study, { coarsening: 1, percentiles: [5, 95] });
    const whole = await evidenceRun(run, study, { coarsening: 1, percentiles: [0, 100] });
    expect(readdirSync(join(folder, "evidence")).filter((name) => name.endsWith(".run"))).toEqual([
      expect.any(String),
    ]);
    expect(robust.layers).toEqual(plain.layers);
    expect(whole.scaled).toEqual(plain.scaled);
    expect(robust.scaled).not.toEqual(plain.scaled);
    expect(clippedShares(plain.layers, plain.ranges).map(({ below }) => below)).toEqual([0, 0]);
    // 20 values: the lowest lies below the fifth percentile, which is at 0.95 of the way up to the next.
    expect(clippedShares(robust.layers, robust.ranges)[0]).toEqual({
      band: "AS",
      below: 0.05,
      above: 0.05,
    });
  });

  it("of another study area is another run, outside which all is nodata", async () => {
    const study = await loadStudy(writeStudy(rightStudy()));
    const runOf = async (east: number) => {
      const ring = Float64Array.of(0, 0, east, 0, east, 400, 0, 400, 0, 0);
      const area = { from: "polygons", polygons: [[ring]], extent: 400 * east } as const;
      return evidenceRun(run, { ...study, area }, { coarsening: 1 });
    };
    const known = async (east: number) => {
      const { layers } = await runOf(east);
      return layers.bands.map(
        ({ values }) => values.filter((value) => !Number.isNaN(value)).length,
      );
    };
    expect(await known(300)).toEqual([12, 12]);
    expect(await known(200)).toEqual([8, 8]);
    const { scaled } = await runOf(200);
    expect(Math.max(...scaled.bands[1].values.filter((value) => !Number.isNaN(value)))).toBe(1);
  });
});
