import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { keyOf, type Mutant, mutantsOf, mutated } from "../../scripts/mutate/mutants";
import { testsReaching } from "../../scripts/mutate/reach";
import { equivalents, mutantsOfRoom, sampleOf } from "../../scripts/mutate/sample";
import { shareFound, summary } from "../../scripts/mutate/summary";

const root = resolve(__dirname, "..", "..");
const changesOf = (text: string) => mutantsOf("lib/src/a.ts", text).map(({ becomes }) => becomes);

describe("the mutants of a text", () => {
  it.each([
    ["f(a < b);", ["f(a <= b);"]],
    ["f(a >= b);", ["f(a > b);"]],
    ["f(a === b);", ["f(a !== b);"]],
    ["f(a + b * c);", ["f(a - b * c);", "f(a + b / c);"]],
    ["sum += a;", ["sum -= a;"]],
    ["f((a + b) * c);", ["f((a + b) / c);", "f((a - b) * c);"]],
    ["f(a && b);", ["f(a || b);"]],
    ["f(a ?? b);", ["f((a));", "f((b));"]],
    ["f(!a);", ["f(a);"]],
    ["f(!(a));", ["f((a));"]],
    ["Math.min(a, Math.floor(b));", ["Math.max(a, Math.floor(b));", "Math.min(a, Math.ceil(b));"]],
    ["f(0, 1, 7, a[2], 0.5);", ["1", "0", "8", "3", "1.5"].map(replaceNumber)],
    ["if (a.ok) f();", ["if (!(a.ok)) f();"]],
    ["if (a < b) f();", ["if (!(a < b)) f();", "if (a <= b) f();"]],
    ["if (!a) f();", ["if (a) f();"]],
    ["f(a === b ? c : d);", ["f(a !== b ? c : d);"]],
    ["f(a! - b as number);", ["f(a! + b as number);"]],
    ["const f = ({ a = 3 }: B) => a;", ["const f = ({ a = 4 }: B) => a;"]],
  ])("%s", (text, expected) => {
    expect(changesOf(text)).toEqual(expected);
  });

  function replaceNumber(number: string, at: number): string {
    const numbers = ["0", "1", "7", "a[2]", "0.5"];
    numbers[at] = at === 3 ? `a[${number}]` : number;
    return `f(${numbers.join(", ")});`;
  }

  it.each([
    ["types", "type A = 1 | 2; const a: B<3> = f<4>(b) as 0 | 1; interface C { d: 1 }"],
    ["imports", 'import { a } from "b/1"; export * from "./2"; import type { c } from "d";'],
    ["strings", `f("a + 1 < 2", \`b \${c + 1}\`, "d" + e);`],
    ["comments", "// a + 1 < 2\nf(/* !a && 1 */ b);"],
    ["messages of errors", "throw bad(a + 1, b ?? 2); const e = new InputError({ found: 1 + a });"],
    ["names", "const a = { 1: b };"],
  ])("are none in %s", (_, text) => {
    expect(changesOf(text)).toEqual([]);
  });

  it("say where they are, and make one change", () => {
    const text = "const zero = f;\n\nfunction half(a: number): number {\n  return a / 2;\n}\n";
    const [division, two] = mutantsOf("lib/src/a.ts", text);
    expect(division).toMatchObject({
      ...{ file: "lib/src/a.ts", line: 4, within: "half" },
      ...{ text: "return a / 2;", becomes: "return a * 2;" },
    });
    expect(mutated(text, two)).toBe(text.replace("2", "3"));
  });

  it("keep their names when lines are put before them, and no two have one", () => {
    const text = "function a() {\n  f(0, 0);\n}\n";
    const ids = mutantsOf("a.ts", text).map(({ id }) => id);
    expect(mutantsOf("a.ts", `const b = 3;\n\n${text}`).map(({ id }) => id)).toEqual(
      expect.arrayContaining(ids),
    );
    expect(new Set(ids).size).toBe(2);
  });
});

it("the tests of a file are those that import it for its values, its own room's first", () => {
  const graph = new Map([
    ["lib/src/a/one.ts", []],
    ["lib/src/b/two.ts", ["lib/src/a/one.ts"]],
    ["test/a/far.test.ts", ["lib/src/b/two.ts"]],
    ["test/a/near.test.ts", ["lib/src/a/one.ts"]],
    ["test/b/near.test.ts", ["lib/src/a/one.ts"]],
    ["test/b/other.test.ts", []],
    ["test/report/whole.test.ts", ["lib/src/a/one.ts"]],
  ]);
  expect(testsReaching(graph, "lib/src/a/one.ts")).toEqual([
    { test: "test/a/near.test.ts", steps: 1 },
    { test: "test/a/far.test.ts", steps: 2 },
    { test: "test/b/near.test.ts", steps: 1 },
  ]);
});

it("the share is of mutants that were tried, and survivors are told of", () => {
  const mutant = (id: string) => ({ ...mutantsOf("a.ts", "f(a < b);")[0], id });
  const rooms = [
    { room: "a", outcomes: [{ mutant: mutant("x"), foundBy: "a test" }], equivalent: 2 },
    {
      ...{ room: "b", equivalent: 0 },
      outcomes: ["y", null, "z"].map((foundBy) => ({ mutant: mutant("w"), foundBy })),
    },
  ];
  expect(shareFound(rooms)).toBe(3 / 4);
  expect(summary(rooms)).toMatch(
    /^a +1 +1 +100.0 % +2\nb +3 +2 +66.7 % +0\nall +4 +3 +75.0 % +2\n\n.*\nw a.ts:1\n/m,
  );
});

it("a sample is that of its seed, without any twice, and all where there are fewer", () => {
  const mutants: Mutant[] = mutantsOf("a.ts", "f(1, 2, 3, 4, 5, 6, 7, 8, 9);");
  const ids = (seed: number, count: number) => sampleOf(mutants, count, seed).map(({ id }) => id);
  expect(ids(1, 4)).toEqual(ids(1, 4));
  expect(ids(2, 4)).not.toEqual(ids(1, 4));
  expect(new Set(ids(1, 4)).size).toBe(4);
  expect(ids(1, 99)).toEqual(mutants.map(({ id }) => id));
});

it("every mutant that is listed as equivalent can still be made, once, and has its reason", () => {
  const files = [...new Set(equivalents(root).map(({ file }) => file))];
  const keys = files.flatMap((file) =>
    mutantsOfRoom(root, file.replace(/^lib\/src\/|\.ts$/g, "")).map(keyOf),
  );
  for (const known of equivalents(root)) {
    expect(
      keys.filter((key) => key === keyOf(known)),
      keyOf(known),
    ).toHaveLength(1);
    expect(known.reason).toMatch(/\w{3,}.*\.$/);
  }
});
