import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import type { Method } from "../../lib/src/method/parameters";
import { unchangedRuns } from "../../scripts/unchanged";

let root: string;

function write(path: string, content: unknown): string {
  const whole = join(root, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, typeof content === "string" ? content : JSON.stringify(content));
  return whole;
}

/** A project whose notebooks 00 and 01 have run to their end; 01 reads what others left. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "unchanged-"));
  write("lib/dist/index.js", "1");
  write("data/published/numbers.json", {});
  write("data/made/study.json", {});
  write("notebooks/00.ipynb", "first");
  write("notebooks/01.ipynb", "recorded()");
  write("results/made/notebooks/00.ipynb", "run");
  write("results/made/notebooks/01.ipynb", "run");
  write("results/made/figures/a.svg", "a");
  const notebooks = {
    "00": { files: ["figures/a.svg"], parameters: { seed: 1 } },
    "01": { parameters: { seed: 1, trees: 500 } },
  };
  write("results/made/run.json", { notebooks });
  write("results/made/metrics.json", { a: { value: 1, notebook: "00" } });
  const runs = opened();
  for (const name of ["00", "01"]) {
    runs.isUnchanged(join(root, "notebooks", `${name}.ipynb`));
    runs.keep(`${name}.ipynb`);
  }
});

const opened = (changes: Partial<Method> = {}) => {
  const [data, results] = [join(root, "data/made"), join(root, "results/made")];
  const method = { seed: 1, trees: 500, epochs: 20, ...changes } as Method;
  return unchangedRuns({ root, data, results, method, changes: [] });
};

const unchanged = (changes: Partial<Method> = {}) =>
  ["00", "01"].map((name) => opened(changes).isUnchanged(join(root, "notebooks", `${name}.ipynb`)));

it("tells which files of the study were edited, added or removed since it started", () => {
  write("data/made/samples.csv", "a\n1\n");
  write("data/made/maps/faults.geojson", "{}");
  const runs = opened();
  expect(runs.editedSince()).toEqual([]);
  write("data/made/samples.csv", "a\n2\n");
  write("data/made/new.csv", "b\n");
  rmSync(join(root, "data/made/maps/faults.geojson"));
  expect(runs.editedSince().sort()).toEqual(["maps/faults.geojson", "new.csv", "samples.csv"]);
});

it("keeps notebooks of which nothing has changed", () => {
  expect(unchanged()).toEqual([true, true]);
});

it.each([
  ["the library", () => write("lib/dist/index.js", "2")],
  ["an input of the study", () => write("data/made/study.json", { title: "other" })],
  ["the notebook, and so what comes after", () => write("notebooks/00.ipynb", "changed")],
  [
    "its record, as by a run by hand",
    () => write("results/made/metrics.json", { a: { value: 2, notebook: "00" } }),
  ],
])("runs both again when %s has changed", (_, change) => {
  change();
  expect(unchanged()).toEqual([false, false]);
});

it("runs again with another seed, or when a file that it left is gone", () => {
  expect(unchanged({ seed: 7 })).toEqual([false, false]);
  rmSync(join(root, "results/made/figures/a.svg"));
  expect(unchanged()).toEqual([false, true]);
});

it("runs again what uses a parameter that has changed, and nothing else", () => {
  expect(unchanged({ trees: 50 })).toEqual([true, false]);
  expect(unchanged({ epochs: 2 })).toEqual([true, true]);
});

it.each(["00", "01"])(
  "runs a notebook that reads others' numbers again when those of %s change in another study, and only it",
  (notebook) => {
    write("results/other/metrics.json", { b: { value: 3, notebook } });
    expect(unchanged()).toEqual([true, false]);
  },
);

it("keeps it when a notebook after it has left numbers, of which it does not tell", () => {
  const own = { value: 1, notebook: "00" };
  write("results/made/metrics.json", { a: own, b: { value: 2, notebook: "02" } });
  write("results/other/metrics.json", { b: { value: 3, notebook: "02" } });
  expect(unchanged()).toEqual([true, true]);
});
