import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type GroupableJob, groupJobs } from "../../lib/src/plan/groups";

const job = (key: string, seconds: number, more: Partial<GroupableJob> = {}): GroupableJob => ({
  ...{ key, seconds, needs: [], mebibytes: 200, threads: 1 },
  ...more,
});
const keysOf = (jobs: readonly GroupableJob[], seconds: number) =>
  groupJobs(jobs, seconds).map(({ keys }) => keys);

describe("groups of jobs", () => {
  it("are filled in order up to the length, and one longer job stands alone", () => {
    // 4 + 6 = 10 fills one; 7 + 5 > 10 begins another; 25 alone; 5 + 1 go on after it.
    const jobs = [job("a", 4), job("b", 6), job("c", 7), job("d", 25), job("e", 5), job("f", 1)];
    expect(keysOf(jobs, 10)).toEqual([["a", "b"], ["c"], ["d"], ["e", "f"]]);
    expect(groupJobs(jobs, 10).map(({ seconds }) => seconds)).toEqual([10, 7, 25, 6]);
  });

  it("never join a job with what it needs, nor what is as deep as one of them with the other", () => {
    const jobs = [
      job("map", 1),
      job("net", 1, { needs: ["map"] }),
      job("other", 1),
      job("scores", 1, { needs: ["map", "net"] }),
      job("next", 1, { needs: ["other"] }),
    ];
    const groups = groupJobs(jobs, 60);
    expect(groups.map(({ keys }) => keys)).toEqual([["map", "other"], ["net", "next"], ["scores"]]);
    const [first, second] = groups.map(({ name }) => name);
    expect(groups.map(({ needs }) => needs)).toEqual([[], [first], [first, second]]);
  });

  it("ask for one number of threads, and for memory within a doubling, the largest of it", () => {
    const jobs = [
      job("a", 1, { mebibytes: 300 }),
      job("b", 1, { threads: 4, mebibytes: 300 }),
      job("c", 1, { mebibytes: 512 }),
      job("d", 1, { mebibytes: 513 }),
    ];
    const groups = groupJobs(jobs, 60);
    expect(groups.map(({ keys }) => keys)).toEqual([["a", "c"], ["b"], ["d"]]);
    expect(groups.map(({ mebibytes }) => mebibytes)).toEqual([512, 300, 513]);
    expect(groups.map(({ threads }) => threads)).toEqual([1, 4, 1]);
  });

  it("have a name by their jobs alone", () => {
    const [one] = groupJobs([job("a", 1), job("b", 1)], 60);
    const [same] = groupJobs([job("a", 9), job("b", 9), job("z", 99)], 20);
    const [other] = groupJobs([job("a", 1)], 60);
    expect(same.name).toBe(one.name);
    expect(other.name).not.toBe(one.name);
  });

  it("hold no more keys than a line of a shell: 2,500 jobs of no time are three groups", () => {
    const jobs = Array.from({ length: 2500 }, (_, at) => job(`${at}`, 0));
    expect(keysOf(jobs, 60).map(({ length }) => length)).toEqual([1000, 1000, 500]);
  });

  it("refuse a length of nothing, and a job before what it needs", () => {
    expect(() => groupJobs([], 0)).toThrow(/length of a group: found 0; expected seconds above 0/);
    const jobs = [job("a", 1, { needs: ["b"] }), job("b", 1)];
    expect(() => groupJobs(jobs, 60)).toThrow(
      /job a: found it needs b; expected a job that stands/,
    );
  });

  it("hold every job once, after all that it needs, whatever the plan", () => {
    const plans = fc
      .array(fc.record({ seconds: fc.nat(20), threads: fc.constantFrom(1, 8), back: fc.nat(6) }))
      .map((rows) =>
        rows.map(({ seconds, threads, back }, at) =>
          job(`${at}`, seconds, { threads, needs: back > 0 && back <= at ? [`${at - back}`] : [] }),
        ),
      );
    fc.assert(
      fc.property(plans, fc.integer({ min: 1, max: 60 }), (jobs, seconds) => {
        const groups = groupJobs(jobs, seconds);
        expect(groups.flatMap(({ keys }) => keys).sort()).toEqual(
          jobs.map(({ key }) => key).sort(),
        );
        const done = new Set<string>();
        const byKey = new Map(jobs.map((each) => [each.key, each]));
        for (const { name, keys, needs } of groups) {
          for (const need of needs)
            expect(groups.findIndex((g) => g.name === need)).toBeLessThan(
              groups.findIndex((g) => g.name === name),
            );
          for (const key of keys)
            for (const need of byKey.get(key)?.needs ?? []) expect(done.has(need)).toBe(true);
          for (const key of keys) done.add(key);
        }
      }),
    );
  });
});
