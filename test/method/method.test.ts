import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { applyMethod, changedMethod } from "../../lib/src/method/apply";
import { editDistance, nearestNames } from "../../lib/src/method/nearest-names";
import { readMethod } from "../../lib/src/method/read-method";
import { changesText, methodRows } from "../../lib/src/method/rows";
import { valueFromText, valueText } from "../../lib/src/method/value-text";
import { fromCommandLine } from "../../lib/src/notebook/command-line";
import { refusalOf } from "../support/refusal";

const path = join(__dirname, "../../notebooks/method.json");
const file = readMethod(path);

/** The file with something changed in it, read. */
function readChanged(change: (json: { parameters: Record<string, unknown> }) => void) {
  const json = JSON.parse(readFileSync(path, "utf8"));
  change(json);
  const copy = join(mkdtempSync(join(tmpdir(), "method-")), "method.json");
  writeFileSync(copy, JSON.stringify(json));
  return readMethod(copy);
}

describe("the method's file", () => {
  it("has what the paper prints as published", () => {
    const { parameters } = file;
    const published = Object.entries(parameters).filter(([, { origin }]) => origin === "published");
    const values = Object.fromEntries(published.map(([name, { value }]) => [name, value]));
    // Zhang et al. (2021): patches of 12, 24 and 32, 20 and 100 epochs, CNN 32 and 64 with 128.
    expect(values).toMatchObject({
      ...{ patchSize: 12, patchSizes: [32, 24, 12], epochs: 20, longEpochs: 100 },
      ...{ classifierFilters: [32, 64], dense: 128, proportion: [0.15, 0.15], threshold: 0.5 },
    });
    expect(parameters.filters.origin).toBe("open");
  });

  it.each([
    ["an unknown parameter", "epoch", { value: 3, origin: "ours", what: "x" }, /Nearest: epochs/],
    [
      "a value out of range",
      "epochs",
      { value: 0, range: [1, 9], origin: "ours", what: "x" },
      /1 to 9/,
    ],
    [
      "a smoke value out of range",
      "epochs",
      { value: 5, smoke: 10, range: [1, 9], origin: "ours", what: "x" },
      /found 10; expected 1 to 9/,
    ],
    [
      "a value of another shape",
      "filters",
      { value: [8], origin: "open", what: "x" },
      /two whole numbers/,
    ],
    [
      "an origin that is none",
      "epochs",
      { value: 5, origin: "guess", what: "x" },
      /parameters.epochs.origin/,
    ],
    [
      "no words on what it does",
      "epochs",
      { value: 5, origin: "ours", what: "" },
      /parameters.epochs.what/,
    ],
  ])("is refused with %s", (_, name, entry, message) => {
    const read = () =>
      readChanged(({ parameters }) => {
        parameters[name] = entry;
      });
    expect(read).toThrow(message);
  });

  it("is refused where a parameter is missing, or it is no JSON", async () => {
    expect(() => readChanged(({ parameters }) => delete parameters.trees)).toThrow(
      /method.json, trees: found nothing/,
    );
    const broken = join(mkdtempSync(join(tmpdir(), "method-")), "method.json");
    writeFileSync(broken, "{");
    const { kind, file: named } = await refusalOf(() => readMethod(broken));
    expect([kind, named]).toEqual(["parameter", "notebooks/method.json"]);
  });
});

describe("values that are set", () => {
  it("the command line goes before a notebook's call, and both before the file", () => {
    const { method, changes } = applyMethod(file, {
      notebook: { filters: [16, 8], epochs: 30 },
      commandLine: { filters: "32,16", seed: "7", study: "murchison", profile: "smoke" },
    });
    expect(method).toMatchObject({ filters: [32, 16], epochs: 30, seed: 7, study: "murchison" });
    expect(method.trees).toBe(file.parameters.trees.smoke);
    expect(changes).toEqual([
      { name: "filters", from: [8, 4], to: [32, 16], by: "the command line" },
      { name: "epochs", from: 2, to: 30, by: "the notebook" },
      { name: "seed", from: 20201204, to: 7, by: "the command line" },
    ]);
    expect(changesText({ changes })).toBe(
      "filters 32, 16 instead of 8, 4, set by the command line; epochs 30 instead of 2, set by the notebook; seed 7 instead of 20201204, set by the command line",
    );
  });

  it("a value that is the file's own is no change", () => {
    expect(applyMethod(file, { commandLine: { epochs: "20" } }).changes).toEqual([]);
  });

  it.each([
    ["filters", "16,32", [16, 32]],
    ["filters", "[16, 32]", [16, 32]],
    ["epochs", "50", 50],
    ["outputActivation", "linear", "linear"],
    ["companions", "Sb", ["Sb"]],
    ["companions", "Sb,polymetallic", ["Sb", "polymetallic"]],
    ["patchSizes", "24,12", [24, 12]],
    ["patchSizes", "12", [12]],
    [
      "proportions",
      "[0.1,0.1],[0.2,0.2]",
      [
        [0.1, 0.1],
        [0.2, 0.2],
      ],
    ],
    ["proportions", "[0.1,0.1]", [[0.1, 0.1]]],
    ["batchNormalisation", "false", false],
    ["open", '{"epochs": [10]}', { epochs: [10] }],
  ] as const)("--set %s=%s is read", (name, text, value) => {
    expect(valueFromText(name, text, file)).toEqual(value);
  });

  it.each([
    [{ filter: "8,4" }, /--set: found "filter".*Nearest: filters/],
    [{ epochs: "many" }, /epochs: found "many"; expected number/],
    [{ epochs: "2.5" }, /epochs: found 2.5; expected a whole number/],
    [{ epochs: "0" }, /epochs: found 0; expected 1 to 100000 epochs/],
    [{ filters: "8" }, /filters: found .*two whole numbers/],
    [{ proportion: "0.6,0.6" }, /add up to 1 at most/],
    [{ percentiles: "98,2" }, /the lower first/],
    [{ architecture: "deep" }, /full or reduced/],
    [{ open: '{"epoch": [10]}' }, /open: /],
  ])("%o is refused and says what is expected", (commandLine, message) => {
    expect(() => applyMethod(file, { commandLine })).toThrow(message);
  });

  it("a notebook's call is held against the same shapes", () => {
    expect(() => applyMethod(file, { notebook: { filters: "8,4" } })).toThrow(/two whole numbers/);
    expect(() => applyMethod(file, { notebook: { treees: 3 } })).toThrow(/openNotebook.*trees/);
    const { method } = applyMethod(file, {});
    expect(() => changedMethod(method, { epochs: -1 }, file, "steps.autoencoder")).toThrow(/1 to/);
  });

  it("come from the environment of the process as texts", () => {
    const environment = { PROSPECTIVITY_SET: '{"epochs":"50"}', PROSPECTIVITY_SEED: "11" };
    expect(fromCommandLine(environment)).toEqual({ epochs: "50", seed: "11" });
    expect(() => fromCommandLine({ PROSPECTIVITY_SET: "epochs=50" })).toThrow(/JSON object/);
  });
});

it("the table of parameters tells value, origin, range and what was changed", () => {
  const applied = applyMethod(file, { commandLine: { filters: "16,32" } });
  expect(methodRows(file, applied, ["filters", "outputActivation"])).toEqual([
    {
      parameter: "filters",
      value: "16, 32 (set by the command line; method.json: 8, 4)",
      origin: "open",
      "unit or range": "1 to 512 filters",
      "what it does": file.parameters.filters.what,
    },
    {
      parameter: "outputActivation",
      value: "sigmoid",
      origin: "open",
      "unit or range": "sigmoid or linear",
      "what it does": file.parameters.outputActivation.what,
    },
  ]);
  expect(
    valueText([
      [0.1, 0.1],
      [0.5, 0.5],
    ]),
  ).toBe("[[0.1, 0.1], [0.5, 0.5]]");
});

it("the nearest names are those of the fewest edits", () => {
  // Levenshtein: kitten to sitting takes three edits; a swap of neighbours is one.
  expect(editDistance("kitten", "sitting")).toBe(3);
  expect(editDistance("epcohs", "epochs")).toBe(1);
  expect(editDistance("", "abc")).toBe(3);
  expect(nearestNames("dropuot", ["epochs", "dropout", "dense"], 1)).toEqual(["dropout"]);
});
