import { describe, expect, it } from "vitest";
import { caseOf } from "./child";
import { type FuzzOptions, fuzz } from "./harness";
import { csv } from "./read-texts";

const OPTIONS: FuzzOptions = { seed: 1, from: 0, to: 2 };

/** What each case of a reader is said to fail by. */
async function complaints(reader: string, options: Partial<FuzzOptions> = {}): Promise<string[]> {
  const { failures, cases } = await fuzz(reader, { ...OPTIONS, ...options });
  expect(cases).toBe((options.to ?? OPTIONS.to) - OPTIONS.from);
  return failures.map(({ number, text }) => `${number} ${text.split("\n")[0]}`);
}

describe("a reader that is wrong is told of, case by case", () => {
  it("what is no InputError, an unsound value, a file written or removed elsewhere; no more", async () => {
    const outside = "outside the study and results";
    expect(await complaints("bad-wrong", { to: 6 })).toEqual([
      "0 untyped TypeError: cannot read properties of undefined",
      "1 unsound: three values for four pixels",
      `2 ${outside}: made a/b/c/stray`,
      `3 ${outside}: removed a/b/c/project/x`,
    ]);
  });

  it("one that never ends, and the case after it", async () => {
    const text = "hangs: not done in 0.4 s";
    const most = { mostMilliseconds: 400 };
    expect(await complaints("bad-hangs", most)).toEqual([`0 ${text}`, `1 ${text}`]);
    expect(await complaints("bad-awaits", { ...most, to: 1 })).toEqual([`0 ${text}`]);
  });

  it("one that holds 64 MiB more with each case", async () => {
    const found = await complaints("bad-grows", { mostGrowth: 2 ** 28, to: 5 });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^[34] the process grew by \d+ MiB$/);
  });

  it("one that ends the process", async () => {
    const found = await complaints("bad-ends");
    expect(found.map((text) => text.slice(0, 12))).toEqual(["0 ended by 0", "1 ended by 0"]);
  });
});

it("a case hangs on reader, seed and number alone", async () => {
  const samples = await csv.samples();
  const bytes = (name: string, seed: number, number: number) =>
    caseOf(name, csv, samples, seed, number).bytes.toString("latin1");
  expect(bytes("csv", 1, 7)).toBe(bytes("csv", 1, 7));
  const others = [bytes("csv", 2, 7), bytes("csv", 1, 8), bytes("tables", 1, 7)];
  for (const other of others) expect(other).not.toBe(bytes("csv", 1, 7));
  const verdicts = new Map<number, string>();
  const onCase = (number: number, { text }: { text: string }) => verdicts.set(number, text);
  await fuzz("csv", { seed: 1, from: 0, to: 9, onCase });
  await fuzz("csv", {
    ...{ seed: 1, from: 8, to: 9 },
    onCase: (number, { text }) => expect(text).toBe(verdicts.get(number)),
  });
});
