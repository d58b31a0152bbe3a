import { expect, it } from "vitest";
import { compareCaptures } from "../../lib/src/evaluation/paired-capture";

const holding = (...patches: readonly number[]) => ({
  assigned: patches.map((patch, at) => ({ occurrence: `deposit ${at}`, patch })),
});

it("compares two maps at the same occurrences, by hand", () => {
  // Deposits lie in patches 0 and 3 of four. By the first map they stand first and second: areas
  // below are 1 - 1/8 = 7/8 and 1 - 3/8 = 5/8. By the second, first and last: 7/8 and 1/8.
  const first = { scores: [9, 1, 2, 8], holding: holding(0, 3) };
  const second = { scores: [9, 8, 7, 1], holding: holding(0, 3) };
  const found = compareCaptures(first, second, { seed: 1 });
  expect(found).toMatchObject({ first: 6 / 8, second: 4 / 8, occurrences: 2 });
  expect(found?.difference.value).toBe(2 / 8);
  // Two deposits with differences 0 and 1/2: resamples are 0, 1/4, 1/4 and 1/2, a quarter each.
  expect(found?.difference.interval).toEqual([0, 1 / 2]);
  // A quarter of the resamples are at most 0; with 9,999 of them within 0.02 of twice that.
  expect(Math.abs((found?.p ?? 0) - 1 / 2)).toBeLessThan(0.02);
});

it("pairs maps whose patches are others, by the occurrences that both score", () => {
  // Two large patches against four small ones; the third deposit has no patch in the first map.
  const first = { scores: [5, 1], holding: holding(0, 1) };
  const second = { scores: [1, 5, 3, 2], holding: holding(1, 0, 2) };
  const found = compareCaptures(first, second, { seed: 1 });
  // Large: 3/4 and 1/4. Small: 7/8 and 1/8.
  expect(found).toMatchObject({ first: 1 / 2, second: 1 / 2, occurrences: 2 });
  expect(found?.difference.interval).toEqual([-1 / 8, 1 / 8]);
});

it("draws together what shares a patch on either map: many deposits of one field are one place", () => {
  // Nine deposits in patch 0, one in patch 3. The first map has patch 0 first and patch 3 last, the
  // second the other way round: differences are 7/8 - 1/8 = 3/4, nine times, and -3/4, once.
  const places = [...Array.from({ length: 9 }, () => 0), 3];
  const first = { scores: [4, 3, 2, 1], holding: holding(...places) };
  const second = { scores: [1, 3, 2, 4], holding: holding(...places) };
  const found = compareCaptures(first, second, { seed: 1 });
  expect(found?.difference.value).toBeCloseTo((9 * 0.75 - 0.75) / 10, 12);
  // Two places: resamples are the field twice, both, or the lone deposit twice.
  expect(found?.difference.interval).toEqual([-0.75, 0.75]);
  expect(Math.abs((found?.p ?? 0) - 1 / 2)).toBeLessThan(0.02);
  // Deposits 0 and 1 share a patch on one map, 1 and 2 on the other: one place, no interval.
  const chain = { scores: [2, 1], holding: holding(0, 0, 1) };
  const other = { scores: [2, 1], holding: holding(0, 1, 1) };
  expect(compareCaptures(chain, other, { seed: 1 })).toBeNull();
});

it("tells nothing apart of a map from itself, and nothing at all of one occurrence", () => {
  const map = { scores: [3, 2, 1], holding: holding(0, 2) };
  expect(compareCaptures(map, map, { seed: 1 })).toMatchObject({
    difference: { value: 0, interval: [0, 0] },
    p: 1,
  });
  const one = { ...map, holding: holding(0) };
  expect(compareCaptures(map, one, { seed: 1 })).toBeNull();
});

it("leaves out what lies in a patch without a score", () => {
  const map = { scores: [3, 2, 1, Number.NaN], holding: holding(0, 1, 3) };
  expect(compareCaptures(map, map, { seed: 1 })?.occurrences).toBe(2);
});

it("tells a difference that every occurrence shows, and its p hangs on the resamples alone", () => {
  const places = Array.from({ length: 10 }, (_, at) => at);
  const good = {
    scores: Array.from({ length: 40 }, (_, at) => 40 - at),
    holding: holding(...places),
  };
  const bad = { scores: Array.from({ length: 40 }, (_, at) => at), holding: holding(...places) };
  const found = compareCaptures(good, bad, { seed: 1, resamples: 999 });
  // Mean of the best ten of forty is 1 - 5/40; of the worst ten, 5/40.
  expect(found?.first).toBeCloseTo(35 / 40, 12);
  expect(found?.second).toBeCloseTo(5 / 40, 12);
  // No resample is at or beyond 0: twice one in a thousand.
  expect(found?.p).toBe(2 / 1000);
});
