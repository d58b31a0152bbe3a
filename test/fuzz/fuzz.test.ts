import { expect, it } from "vitest";
import { fuzz } from "./harness";
import { isCostly, READERS } from "./reader";

// A longer look, or another seed: npm run fuzz -- --cases 2000 --seed 2
const [CASES, COSTLY_CASES, SEED] = [60, 12, 1];

it.each(Object.keys(READERS))(
  "%s gives a sound value or says what is wrong, whatever the file holds",
  async (reader) => {
    const to = isCostly(reader) ? COSTLY_CASES : CASES;
    const { failures, cases, read, refused } = await fuzz(reader, { seed: SEED, from: 0, to });
    expect(failures).toEqual([]);
    expect(cases).toBe(to);
    // Changes that nobody notices, or that spoil every file, would try nothing.
    expect(Math.min(refused, read)).toBeGreaterThan(0);
  },
);
