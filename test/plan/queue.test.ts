import { describe, expect, it } from "vitest";
import type { PlannedJob } from "../../lib/src/plan/types";
import { jobQueue } from "../../scripts/work/queue";

function job(key: string, seconds: number, ...needs: string[]): PlannedJob {
  const task = { place: { folder: "x" }, step: "ablations", method: {} } as const;
  const facts = { kind: "ablations", label: key, study: "x", mebibytes: 1, threads: 1 };
  return { ...facts, key, seconds, needs, task };
}

describe("jobs side by side", () => {
  it("begin with the one on which the longest chain waits", () => {
    // b needs a: 2 + 5 s stand before the end, and c's 6 s are less.
    const queue = jobQueue([job("c", 6), job("a", 2), job("b", 5, "a")]);
    expect([queue.next()?.key, queue.next()?.key]).toEqual(["a", "c"]);
    expect(queue.next()).toBeUndefined();
    expect(queue.mayCome()).toBe(true);
  });

  it("wait for those that they need, and for no other plan's", () => {
    const [a, b] = [job("a", 1), job("b", 1, "a", "done long ago")];
    const queue = jobQueue([a, b]);
    expect(queue.next()).toBe(a);
    queue.done(a);
    expect(queue.next()).toBe(b);
    queue.done(b);
    expect(queue.mayCome()).toBe(false);
  });

  it("of one that failed none is begun that needs it, near or far", () => {
    const [a, b, c, d] = [job("a", 9), job("b", 1, "a"), job("c", 1, "b"), job("d", 1)];
    const queue = jobQueue([a, b, c, d]);
    expect(queue.next()).toBe(a);
    queue.failed(a);
    expect(queue.next()).toBe(d);
    queue.done(d);
    expect([queue.next(), queue.mayCome()]).toEqual([undefined, false]);
  });
});
