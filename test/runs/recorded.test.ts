import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { recordedStudies } from "../../lib/src/runs/recorded";

/** Results of two studies, in each of which notebooks 04, 08 and 12 have left a number. */
function twoStudies(): string {
  const results = mkdtempSync(join(tmpdir(), "recorded-"));
  const ids = ["04-roc", "08-summary", "12-who"];
  for (const study of ["tin", "gold"]) {
    const folder = join(results, study);
    mkdirSync(folder);
    const notebooks = Object.fromEntries(ids.map((id) => [id, { trials: [] }]));
    const identity = { id: study, title: study, kind: "real" };
    writeFileSync(join(folder, "run.json"), JSON.stringify({ study: identity, notebooks }));
    const metrics = ids.map((notebook) => [
      `of ${notebook}`,
      { value: 1, notebook, profile: "paper", seed: 1 },
    ]);
    writeFileSync(join(folder, "metrics.json"), JSON.stringify(Object.fromEntries(metrics)));
  }
  return results;
}

it.each([
  ["08-summary", ["04-roc", "08-summary"]],
  [undefined, ["04-roc", "08-summary", "12-who"]],
])("tells what notebooks up to %s have left, of its own study first", (upTo, told) => {
  const studies = recordedStudies(twoStudies(), "tin", "paper", upTo);
  expect(studies.map(({ id }) => id)).toEqual(["tin", "gold"]);
  for (const { metrics, notebooks } of studies) {
    expect(Object.keys(metrics)).toEqual(told.map((id) => `of ${id}`));
    expect(notebooks.map(({ id }) => id)).toEqual(told);
  }
});
