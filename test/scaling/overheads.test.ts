import { describe, expect, it } from "vitest";
import type { Measured } from "../../scripts/scaling/measured";
import { handleSeconds, overheadsOf } from "../../scripts/scaling/overheads";
import { heldUpBy, longestChain } from "../../scripts/scaling/page";
import { groupsOf, manyTrainings } from "../../scripts/scaling/scenarios";
import type { SimulatedGroup } from "../../scripts/scaling/simulate";

const timing = (groups: number, processor: number) => ({ groups, processor, clock: 9 });
const measured: Measured = {
  ...{ machine: "", versions: {}, load: 0 },
  graph: [timing(10, 1), timing(110, 2), timing(1110, 22)],
  nodeSnakemake: [timing(10, 0.5), timing(1110, 1.5)],
  desk: { clock: 9, processor: 2 },
  write: { one: 100, four: 250 },
  slurm: { submit: 0.01, whole: 1.5 },
  runs: [timing(1, 3), timing(41, 8.4)],
};

describe("what a plan costs beside its work", () => {
  it("is read between the sizes that were timed, and goes on beyond them as before", () => {
    // 2 s + (610 - 110) of 1,000 groups more at 20 s; beyond 1,110 by 0.02 s a group.
    expect(overheadsOf(measured, 610).plan).toBeCloseTo(12, 9);
    expect(overheadsOf(measured, 2110).plan).toBeCloseTo(42, 9);
    expect(overheadsOf(measured, 560).start).toBeCloseTo(0.5 + 0.5 + 2, 9);
  });

  it("is the store's fastest, and the queue's when nothing else stands in it", () => {
    expect(overheadsOf(measured, 100)).toMatchObject({ write: 1 / 250, dispatch: 1.5 });
  });

  it("is for each group what many took more than one, but for the reading of the plan", () => {
    // 5.4 s more for 40 groups more, of which 40 x 0.01 s went into reading them; 0.01 s of sbatch.
    expect(handleSeconds(measured)).toBeCloseTo(5 / 40 + 0.01, 9);
  });

  it("is a tenth of a second at least, since the profile hands over no more", () => {
    const quick = { ...measured, runs: [timing(1, 3), timing(41, 3.5)] };
    expect(overheadsOf(quick, 100).handle).toBe(0.1);
    expect(overheadsOf(measured, 100).handle).toBeCloseTo(0.135, 9);
  });
});

describe("what holds a run up", () => {
  const run = { seconds: 100, ideal: 10, cores: 0.1, snakemake: 0.1, store: 0.1, full: 0 };
  const group = (name: string, seconds: number, needs: string[]): SimulatedGroup => ({
    ...{ name, seconds, needs, results: 1 },
  });

  it("is the longest chain where it takes most of the time", () => {
    // a, c and d: 5 + 30 + 40.
    const groups = [
      ...[group("a", 5, []), group("b", 20, ["a"])],
      ...[group("c", 30, ["a"]), group("d", 40, ["b", "c"])],
    ];
    expect(longestChain(groups)).toBe(75);
    expect(heldUpBy(run, groups)).toBe("groups that need each other, 1 min 15 s at least");
    expect(heldUpBy({ ...run, seconds: 1000 }, groups)).toMatch(/too few groups/);
  });

  it("is what is at work nearly all the time", () => {
    expect(heldUpBy({ ...run, cores: 0.95 }, [])).toMatch(/cores/);
    expect(heldUpBy({ ...run, snakemake: 0.9 }, [])).toMatch(/^Snakemake/);
    expect(heldUpBy({ ...run, store: 0.9 }, [])).toBe("the store");
    expect(heldUpBy({ ...run, full: 0.9 }, [])).toMatch(/at once/);
  });
});

it("36,000 trainings are 10 by 30 by 20 by 6, in jobs of ten, besides the evidence of each district", () => {
  const scenario = manyTrainings(20, 6);
  expect(scenario.title).toBe("36,000 trainings");
  expect(scenario.jobs).toHaveLength(20 + 30 * 20 * 6);
  const results = groupsOf(scenario, 600).reduce((sum, group) => sum + group.results, 0);
  expect(results).toBe(36_000 + 20);
});
