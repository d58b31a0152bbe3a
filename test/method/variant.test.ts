import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { applyMethod } from "../../lib/src/method/apply";
import { readMethod } from "../../lib/src/method/read-method";
import { givenValues, sweepVariants } from "../../lib/src/method/sweep";
import { comparisonName, requireVariantName, type Variant } from "../../lib/src/method/variant";
import {
  keepVariant,
  readVariant,
  requireVariant,
  storeFolder,
  variantFolder,
  variantNames,
} from "../../lib/src/method/variant-files";

const file = readMethod(join(__dirname, "../../notebooks/method.json"));
const results = mkdtempSync(join(tmpdir(), "variants-"));
const wide: Variant = { name: "wide", profile: "paper", settings: { filters: [64, 128] } };

afterAll(() => rmSync(results, { recursive: true, force: true }));

describe("a variant's name", () => {
  it.each(["wide", "epochs-50", "learningRate-0.001", "7", "a.b-c"])("%s is one", (name) => {
    expect(requireVariantName(name)).toBe(name);
  });

  it.each([
    ["default", /"default"; expected a name of the variant's own/],
    ["Default", /a name of the variant's own/],
    ["a/b", /"a\/b"; expected letters, digits, - and \./],
    ["..", /letters, digits/],
    [".hidden", /a letter or digit first and last/],
    ["-o", /a letter or digit first and last/],
    ["wide-", /first and last/],
    ["wide+narrow", /letters, digits/],
    ["two words", /letters, digits/],
    ["", /letters, digits/],
    ["x".repeat(81), /80 letters at most/],
  ])("%s is none", (name, message) => {
    expect(() => requireVariantName(name)).toThrow(message);
  });

  it("that differs from another by capitals alone is refused, since some disks know no difference", () => {
    expect(() => requireVariantName("Wide", ["wide"])).toThrow(/"Wide"; expected "wide", or/);
    expect(requireVariantName("wide", ["wide"])).toBe("wide");
  });

  it("joined with others names a comparison, in no more letters than a folder may have", () => {
    expect(comparisonName(["default", "wide"])).toBe("default+wide");
    const many = Array.from({ length: 64 }, (_, at) => `filters-${at}-16`);
    const name = comparisonName(many);
    expect(name).toMatch(/^filters-0-16\+63-others-[0-9a-f]{8}$/);
    expect(comparisonName([...many].reverse())).not.toBe(name);
  });
});

describe("values of --set", () => {
  const sweep = (...pairs: string[]) => givenValues(file, pairs, true);

  it("are one without a sweep, and a second is refused", () => {
    expect(givenValues(file, ["filters=16,32", "epochs=50"], false)).toEqual([
      { name: "filters", values: [[16, 32]] },
      { name: "epochs", values: [50] },
    ]);
    expect(() => givenValues(file, ["epochs=5", "epochs=6"], false)).toThrow(
      /epochs twice.*--sweep/,
    );
    expect(() => givenValues(file, ["epochs=5,6"], false)).toThrow(/epochs: found/);
  });

  it("are several in a sweep: by comma, of lists by semicolon, or named again", () => {
    expect(sweep("epochs=10,20,50")).toEqual([{ name: "epochs", values: [10, 20, 50] }]);
    expect(sweep("filters=8,4;16,8; 32,16")[0].values).toEqual([
      [8, 4],
      [16, 8],
      [32, 16],
    ]);
    expect(sweep("filters=8,4", "filters=16,8")[0].values).toEqual([
      [8, 4],
      [16, 8],
    ]);
    expect(sweep("architecture=full,reduced")[0].values).toEqual(["full", "reduced"]);
    expect(sweep("batchNormalisation=true;false")[0].values).toEqual([true, false]);
  });

  it("that are twice the same, or none that the parameter takes, are refused", () => {
    expect(() => sweep("epochs=10,20,10")).toThrow(/epochs 10 twice; expected each value once/);
    expect(() => sweep("epochs=10,none")).toThrow(/epochs: found "none"/);
    expect(() => sweep("epoch=10,20")).toThrow(/--set: found "epoch".*Nearest: epochs/);
  });
});

describe("a sweep", () => {
  const swept = (...pairs: string[]) =>
    sweepVariants(givenValues(file, pairs, true), { profile: "smoke" });

  it("is a variant a value, named after it, and what has one value holds in all", () => {
    expect(swept("epochs=10,20", "filters=16,8")).toEqual([
      { name: "epochs-10", profile: "smoke", settings: { filters: [16, 8], epochs: 10 } },
      { name: "epochs-20", profile: "smoke", settings: { filters: [16, 8], epochs: 20 } },
    ]);
  });

  it("of two parameters is every pair", () => {
    expect(swept("epochs=10,20,30", "filters=8,4;16,8").map(({ name }) => name)).toEqual([
      ...["epochs-10-filters-8-4", "epochs-10-filters-16-8", "epochs-20-filters-8-4"],
      ...["epochs-20-filters-16-8", "epochs-30-filters-8-4", "epochs-30-filters-16-8"],
    ]);
  });

  it("names values of every kind as a folder may be named", () => {
    const names = (pair: string) => swept(pair).map(({ name }) => name);
    expect(names("seed=-1,7")).toEqual(["seed--1", "seed-7"]);
    expect(names("learningRate=0.001,1e-9")).toEqual(["learningRate-0.001", "learningRate-1e-9"]);
    expect(names("companions=[];Sb,polymetallic")).toEqual([
      "companions-none",
      "companions-Sb-polymetallic",
    ]);
    expect(names("proportions=[[0.1,0.1]];[[0.5,0.5]]")).toEqual([
      "proportions-0.1-0.1",
      "proportions-0.5-0.5",
    ]);
  });

  it("of one value, of nothing, or of more than 64 variants is refused, with the count", () => {
    expect(() => swept("epochs=10")).toThrow(
      /--sweep with one value of epochs; expected two values/,
    );
    expect(() => swept()).toThrow(/--sweep with no --set/);
    const numbers = (count: number) => Array.from({ length: count }, (_, at) => at + 1).join(",");
    expect(() => swept(`epochs=${numbers(13)}`, `members=${numbers(5)}`)).toThrow(
      /65 variants \(13 of epochs by 5 of members\); expected 64 at most/,
    );
    expect(swept(`epochs=${numbers(16)}`, `members=${numbers(4)}`)).toHaveLength(64);
  });
});

describe("a variant's folder", () => {
  it("holds what it sets; the same again goes on, anything else is refused with what differs", () => {
    const folder = keepVariant(results, wide);
    expect(folder).toBe(join(results, "variants", "wide"));
    expect(readVariant(folder)).toEqual(wide);
    expect(keepVariant(results, wide)).toBe(folder);
    expect(() =>
      keepVariant(results, { ...wide, settings: { filters: [64, 64], epochs: 5 } }),
    ).toThrow(
      /variant wide: found filters 64, 64 instead of 64, 128; epochs 5 instead of not set;.*another --name/,
    );
    expect(() => keepVariant(results, { ...wide, profile: "smoke" })).toThrow(
      /profile smoke instead of paper/,
    );
    expect(readVariant(folder)).toEqual(wide);
  });

  it("shares the run store of the results that it lies in", () => {
    keepVariant(results, wide);
    expect(storeFolder(results)).toBe(join(results, ".runs"));
    expect(storeFolder(variantFolder(results, "wide"))).toBe(join(results, ".runs"));
  });

  it("is found by its name, and those there are are named, the nearest first", () => {
    keepVariant(results, wide);
    keepVariant(results, { ...wide, name: "narrow" });
    expect(variantNames(results)).toEqual(["narrow", "wide"]);
    expect(requireVariant(results, "default")).toBe(results);
    expect(() => requireVariant(results, "wid")).toThrow(
      /found "wid"; expected one of those there are: wide, narrow, default/,
    );
  });

  it("with a file that was changed by hand is refused by the file's name", () => {
    const folder = keepVariant(results, { ...wide, name: "edited" });
    const path = join(folder, "variant.json");
    for (const [text, message] of [
      ["{", /variant\.json: found .*JSON/],
      ['{"name": "edited", "profile": "fast", "settings": {}}', /variant\.json: found profile/],
      ["[".repeat(200), /brackets/],
    ] as const) {
      writeFileSync(path, text);
      expect(() => readVariant(folder)).toThrow(message);
    }
    expect(existsSync(path)).toBe(true);
    expect(readFileSync(path, "utf8")).toHaveLength(200);
    rmSync(folder, { recursive: true });
  });
});

describe("parameters of a variant", () => {
  it("go before the file and a notebook's call, and say who set them", () => {
    const { method, changes } = applyMethod(file, { notebook: { filters: [1, 1] }, variant: wide });
    expect(method.filters).toEqual([64, 128]);
    expect(changes).toEqual([{ name: "filters", from: [8, 4], to: [64, 128], by: "variant wide" }]);
    const smoke = applyMethod(file, { variant: { ...wide, profile: "smoke" } });
    expect(smoke.method.epochs).toBe(2);
  });

  it("that are the file's own are no change", () => {
    const usual = { ...wide, settings: { filters: [8, 4] } };
    expect(applyMethod(file, { variant: usual }).changes).toEqual([]);
  });

  it("are held against the method as any others, by the variant's name", () => {
    const bad = (settings: Variant["settings"]) => () =>
      applyMethod(file, { variant: { ...wide, settings } });
    expect(bad({ filter: [1, 2] })).toThrow(/variant wide: found "filter".*Nearest: filters/);
    expect(bad({ filters: [0, 2] })).toThrow(/filters: found \[0,2\]; expected 1 to 512/);
  });
});
