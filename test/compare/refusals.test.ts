import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { keepVariant } from "../../lib/src/method/variant-files";
import { compareVariants } from "../../scripts/compare/compare-variants";
import { readStudyOptions } from "../../scripts/study-options";

const root = join(__dirname, "../..");
const results = mkdtempSync(join(tmpdir(), "compare-refusals-"));
keepVariant(results, { name: "wide", profile: "smoke", settings: { filters: [64, 128] } });

afterAll(() => rmSync(results, { recursive: true, force: true }));

function run(script: string, ...options: string[]) {
  const command = [join(root, "node_modules/tsx/dist/cli.mjs"), join(root, "scripts", script)];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...command, ...options], {
    cwd: tmpdir(),
  });
  return { status, out: stdout.toString(), err: stderr.toString() };
}

const options = (...args: string[]) =>
  readStudyOptions(root, ["--study", "murchison", "--out", results, ...args]);

describe("npm run study plans", () => {
  it("one run of the method without a name", () => {
    const { plans, isSweep, again } = options("--set", "epochs=50", "--seed", "7");
    expect(plans).toEqual([{ variant: null, profile: "paper", set: { epochs: "50", seed: "7" } }]);
    expect({ isSweep, again }).toEqual({ isSweep: false, again: false });
  });

  it("a variant by its name, seed and profile among what it sets", () => {
    const [{ variant }] = options("--name", "long", "--set", "epochs=50", "--seed", "7").plans;
    expect(variant).toEqual({ name: "long", profile: "paper", settings: { epochs: 50, seed: 7 } });
  });

  it("a variant that there is as it was made, where nothing is set", () => {
    const [{ variant, profile }] = options("--name", "wide").plans;
    expect(variant?.settings).toEqual({ filters: [64, 128] });
    expect(profile).toBe("smoke");
  });

  it("a sweep of notebook 07 alone, what method.json has first", () => {
    const { plans, notebooks } = options("--sweep", "--set", "epochs=10,20,50");
    expect(plans.map(({ variant }) => variant?.name)).toEqual([
      ...["epochs-20", "epochs-10", "epochs-50"],
    ]);
    expect(notebooks).toEqual(["07-prospectivity-map.ipynb"]);
    const whole = options("--sweep", "--set", "epochs=1,2", "--only", "all").notebooks;
    expect([whole.length, whole[0], whole[12]]).toEqual([
      ...[13, "00-evidence.ipynb", "12-who-does-it-better.ipynb"],
    ]);
  });

  it("a sweep of seeds, and names after a name of one's own", () => {
    const { plans } = options("--sweep", "--seed", "1,2", "--name", "try", "--profile", "smoke");
    expect(plans.map(({ variant }) => variant)).toEqual([
      { name: "try-seed-1", profile: "smoke", settings: { seed: 1 } },
      { name: "try-seed-2", profile: "smoke", settings: { seed: 2 } },
    ]);
  });
});

describe("npm run study refuses", () => {
  it.each([
    [["--name", "a/b", "--set", "epochs=5"], /--name: found "a\/b"; expected letters, digits/],
    [["--name", "default", "--set", "epochs=5"], /a name of the variant's own/],
    [["--name", "WIDE", "--set", "epochs=5"], /"WIDE"; expected "wide", or/],
    [["--set", "epochs=5", "--sweep"], /--sweep with one value of epochs/],
    [["--set", "epochs=5,6"], /epochs: found/],
    [["--set", "epochs=5", "--set", "epochs=6"], /epochs twice/],
  ])("%s", (words, message) => {
    expect(() => options(...words)).toThrow(message);
  });

  it.each([
    [["--name", "new"], /--name new: expected a --set or --seed that makes it one/],
    [["--seed", "1,x", "--sweep"], /--seed 1,x: expected a whole number, or several by comma/],
    [["--name", "wide", "--set", "epochs=5"], /variant wide: found epochs 5 instead of not set/],
  ])("%s, in plain words and before anything runs", (words, message) => {
    const { status, err } = run("study.ts", "--study", "murchison", "--out", results, ...words);
    expect(status).not.toBe(0);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
    expect(existsSync(join(results, "murchison"))).toBe(false);
  });
});

describe("npm run compare refuses", () => {
  it.each([
    [["wide", "wide"], undefined, /"wide" twice; expected 2 to 64 variants, each once/],
    [["default", "wide"], undefined, /default has none; wide has none; expected a study that all/],
    [["default", "wide"], ["atlantis"], /--study atlantis; expected one of .*murchison/],
    [["default", "wide"], ["murchison"], /variant default: found results of no study/],
  ])("%s on %s", async (names, studies, message) => {
    const { signal } = new AbortController();
    const compared = compareVariants({ root, results, names, studies }, signal);
    await expect(compared).rejects.toThrow(message);
    expect(existsSync(join(results, "compare"))).toBe(false);
  });

  it.each([
    [["default"], /There are: default, wide/],
    [["default", "wise"], /found "wise"; expected one of those there are: wide, default/],
  ])("%s, in plain words", (words, message) => {
    const { status, err } = run("compare.ts", "--results", results, ...words);
    expect(status).not.toBe(0);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
  });
});
