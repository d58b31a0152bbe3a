import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventQueue } from "../../scripts/scaling/event-queue";
import { type Overheads, type SimulatedGroup, simulate } from "../../scripts/scaling/simulate";

const nothing: Overheads = {
  ...{ plan: 0, handle: 0, dispatch: 0, start: 0, poll: 0, write: 0, most: 1000 },
};
const group = (name: string, seconds: number, needs: readonly string[] = []): SimulatedGroup => ({
  ...{ name, seconds, needs, results: 1 },
});

describe("events", () => {
  it("come by time, and of one time in their order", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9)), (times) => {
        const queue = eventQueue<number>();
        for (const [at, time] of times.entries()) queue.add(time, at);
        const came = times.map(() => queue.next()?.event);
        const sorted = times.map((_, at) => at).sort((a, b) => times[a] - times[b] || a - b);
        expect(came).toEqual(sorted);
        expect(queue.next()).toBeNull();
      }),
    );
  });
});

describe("a simulated run", () => {
  it("takes its work over its cores where nothing else costs", () => {
    const groups = Array.from({ length: 12 }, (_, at) => group(`${at}`, 5));
    // 12 groups of 5 s: 60 s on one core, three rounds on four, one on twelve and more.
    expect([1, 4, 12, 99].map((cores) => simulate(groups, cores, nothing).seconds)).toEqual([
      60, 15, 5, 5,
    ]);
    expect(simulate(groups, 4, nothing)).toMatchObject({ ideal: 15, cores: 1 });
    expect(simulate(groups, 24, nothing)).toMatchObject({ ideal: 2.5, cores: 0.5 });
  });

  it("waits for what a group needs, and half a round of asking each time", () => {
    const groups = [group("a", 5), group("b", 7, ["a"]), group("c", 1, ["a", "b"])];
    expect(simulate(groups, 9, nothing).seconds).toBe(13);
    expect(simulate(groups, 9, { ...nothing, poll: 10 }).seconds).toBe(13 + 3 * 5);
  });

  it("adds what a group costs on its core and on its way to it", () => {
    // 3 s of planning; the second group is handed over at 3 + 2 x 0.5, queued 1 s later, 2 + 4 s at work.
    const costs = { ...nothing, plan: 3, handle: 0.5, dispatch: 1, start: 2 };
    expect(simulate([group("a", 4), group("b", 4)], 2, costs).seconds).toBe(3 + 1 + 1 + 2 + 4);
  });

  it("is held up by Snakemake, which handles one group after another", () => {
    const groups = Array.from({ length: 100 }, (_, at) => group(`${at}`, 1));
    // The last is handed over after 100 x 0.2 s.
    const run = simulate(groups, 1000, { ...nothing, handle: 0.2 });
    expect(run.seconds).toBeCloseTo(21, 9);
    expect(run.snakemake).toBeCloseTo(20 / 21, 9);
  });

  it("is held up by the store, which takes one result after another", () => {
    const groups = Array.from({ length: 10 }, (_, at) => ({ ...group(`${at}`, 1), results: 50 }));
    // 500 results at 0.01 s: 5 s, though all groups have computed after one.
    expect(simulate(groups, 10, { ...nothing, write: 0.01 }).seconds).toBeCloseTo(5, 9);
  });

  it("hands over no more than are allowed at once", () => {
    const groups = Array.from({ length: 12 }, (_, at) => group(`${at}`, 5));
    // Four rounds of three; in the last one none waits any more.
    expect(simulate(groups, 12, { ...nothing, most: 3 })).toMatchObject({
      seconds: 20,
      full: 0.75,
    });
    expect(simulate(groups, 12, nothing).full).toBe(0);
  });
});
