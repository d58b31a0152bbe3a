import { availableParallelism } from "node:os";
import { afterEach, expect, it } from "vitest";
import { host } from "../../lib/src/training/engine/host";

const before = process.env.PROSPECTIVITY_THREADS;
afterEach(() => {
  if (before === undefined) delete process.env.PROSPECTIVITY_THREADS;
  else process.env.PROSPECTIVITY_THREADS = before;
});

it("a process keeps to the threads that it is told to have, else to those of the machine", () => {
  process.env.PROSPECTIVITY_THREADS = "3";
  expect(host.cores).toBe(3);
  process.env.PROSPECTIVITY_THREADS = "";
  expect(host.cores).toBe(availableParallelism());
});

it.each(["0", "two", "-1", "1.5"])("refuses %s threads", (text) => {
  process.env.PROSPECTIVITY_THREADS = text;
  expect(() => host.cores).toThrow(/PROSPECTIVITY_THREADS: found ".*"; expected a whole number/);
});
