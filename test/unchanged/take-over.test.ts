import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import type { Change } from "../../lib/src/method/apply";
import type { Method } from "../../lib/src/method/parameters";
import { unchangedRuns } from "../../scripts/unchanged";

let root: string;
const metric = { value: 1, profile: "paper", seed: 1 };
const study = { id: "made", title: "Made", kind: "real" };

function write(path: string, content: unknown): void {
  const whole = join(root, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, typeof content === "string" ? content : JSON.stringify(content));
}

const read = (path: string) => readFileSync(join(root, path), "utf8");

const opened = (where: string, changes: Partial<Method> = {}) => {
  const [data, results] = [join(root, "data/made"), join(root, where, "made")];
  const method = { seed: 1, trees: 500, epochs: 20, ...changes } as Method;
  const changed = Object.entries(changes).map(
    ([name, to]) => ({ name, to, from: null, by: "variant wide" }) as Change,
  );
  return unchangedRuns({ root, data, results, method, changes: changed });
};

/** A project whose notebooks 00, without the trees, and 01, with them, have run by default. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "take-over-"));
  write("lib/dist/index.js", "1");
  write("data/published/numbers.json", {});
  write("data/made/study.json", {});
  write("notebooks/00.ipynb", "first");
  write("notebooks/01.ipynb", "second");
  for (const id of ["00", "01"]) write(`results/made/notebooks/${id}.ipynb`, `run of ${id}`);
  write("results/made/figures/a.svg", "a");
  const trials: object[] = [];
  const notebooks = {
    "00": { files: ["figures/a.svg"], parameters: { seed: 1, epochs: 20 }, changes: [], trials },
    "01": { parameters: { seed: 1, trees: 500 }, changes: [], trials },
  };
  const durations = { "00": { seconds: 3, status: "ok" }, "01": { seconds: 4, status: "ok" } };
  write("results/made/run.json", { study, versions: { node: "x" }, notebooks, durations });
  write("results/made/metrics.json", {
    a: { ...metric, notebook: "00" },
    b: { ...metric, notebook: "01" },
  });
  const runs = opened("results");
  for (const name of ["00", "01"]) {
    runs.isUnchanged(join(root, "notebooks", `${name}.ipynb`));
    runs.keep(`${name}.ipynb`);
  }
});

/** Asks a variant for both notebooks; tells which it took over. */
function taken(changes: Partial<Method>, from = ["results/made"]): boolean[] {
  const runs = opened("results/variants/wide", changes);
  const others = from.map((folder) => join(root, folder));
  return ["00", "01"].map((id) => {
    const path = join(root, "notebooks", `${id}.ipynb`);
    expect(runs.isUnchanged(path)).toBe(false);
    const folder = runs.takeOver(path, others);
    if (folder !== null) runs.keep(`${id}.ipynb`);
    return folder !== null;
  });
}

it("takes over what does not hang on the changed parameter: notebook, files, numbers, record", () => {
  expect(taken({ trees: 50 })).toEqual([true, false]);
  const own = "results/variants/wide/made";
  expect(read(`${own}/notebooks/00.ipynb`)).toBe("run of 00");
  expect(read(`${own}/figures/a.svg`)).toBe("a");
  expect(existsSync(join(root, own, "notebooks/01.ipynb"))).toBe(false);
  expect(JSON.parse(read(`${own}/metrics.json`))).toEqual({ a: { ...metric, notebook: "00" } });
  const run = JSON.parse(read(`${own}/run.json`));
  expect(Object.keys(run.notebooks)).toEqual(["00"]);
  expect(run).toMatchObject({ study, durations: { "00": { seconds: 3 } } });
  const again = opened("results/variants/wide", { trees: 50 });
  expect(again.isUnchanged(join(root, "notebooks/00.ipynb"))).toBe(true);
});

it("takes over everything of a variant that sets what the method has, and nothing with another seed", () => {
  expect(taken({})).toEqual([true, true]);
  expect(taken({ seed: 2 })).toEqual([false, false]);
});

it.each([
  ["the library", () => write("lib/dist/index.js", "2")],
  ["an input of the study", () => write("data/made/study.json", { title: "other" })],
  ["the first notebook", () => write("notebooks/00.ipynb", "changed")],
  [
    "what the default left, as by a run by hand",
    () => write("results/made/metrics.json", { a: { ...metric, value: 2, notebook: "00" } }),
  ],
  ["a file that it left, which is gone", () => rmSync(join(root, "results/made/figures/a.svg"))],
])("takes nothing over once %s has changed", (_, change) => {
  change();
  expect(taken({ trees: 50 })).toEqual([false, false]);
});

it("takes nothing from results that were set otherwise themselves, as these name who set it", () => {
  const path = "results/made/run.json";
  const run = JSON.parse(read(path));
  run.notebooks["00"].changes = [{ name: "epochs", to: 20, from: 10, by: "the command line" }];
  write(path, run);
  const runs = opened("results");
  runs.isUnchanged(join(root, "notebooks/00.ipynb"));
  runs.keep("00.ipynb");
  expect(taken({ trees: 50 })[0]).toBe(false);
});

it("removes what its own earlier run left, and a failed one", () => {
  const own = "results/variants/wide/made";
  write(`${own}/run.json`, {
    study,
    notebooks: { "00": { files: ["tables/old.csv"], trials: [] } },
  });
  write(`${own}/tables/old.csv`, "1");
  write(`${own}/notebooks/00.failed.ipynb`, "failed");
  expect(taken({ trees: 50 }, ["results/other/made", "results/made"])).toEqual([true, false]);
  expect(existsSync(join(root, own, "tables/old.csv"))).toBe(false);
  expect(existsSync(join(root, own, "notebooks/00.failed.ipynb"))).toBe(false);
});
