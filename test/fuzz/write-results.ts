import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { GridStack } from "../../lib/src/grid/grid";
import { applyMethod } from "../../lib/src/method/apply";
import { readMethod } from "../../lib/src/method/read-method";
import { notebookOutputs } from "../../lib/src/notebook/outputs";
import { recordKeeper } from "../../lib/src/notebook/record-keeper";
import type { Study } from "../../lib/src/study/types";

const file = readMethod(join(__dirname, "../../notebooks/method.json"));
const backend = { name: "wasm", version: "4", threads: 1 } as const;

/**
 * Keeps a map, areas, tables, a number and the record of a study as notebooks do, under names that
 * come from its manifest wherever a notebook takes them from there.
 *
 * @throws InputError when a result cannot be kept; Error when the record does not hold the title
 */
export async function writeResults(
  study: Study,
  evidence: GridStack | null,
  folder: string,
): Promise<void> {
  const results = join(folder, study.id);
  const { method, changes } = applyMethod(file, {});
  const place = { method, changes, parameters: {} };
  const keeper = recordKeeper(results, "00-evidence", study, place, backend);
  const outputs = notebookOutputs({
    ...{ ...place, id: "00-evidence", study, results, backend, keeper },
  });
  const ids = [...study.groups, ...study.evidence].map(({ id }) => id);
  const { crs } = study;
  for (const id of ids) outputs.table([{ title: study.title, crs: crs.name }], `roc-${id}`);
  for (const id of ids) outputs.metric(`auc.${id}`, { value: 0.5 });
  if (evidence !== null) outputs.saveMap(evidence, "evidence");
  keeper.trial({ label: study.title, seconds: 1, fromStore: false });
  const record = JSON.parse(readFileSync(join(results, "run.json"), "utf8"));
  if (record.study.title !== study.title) throw new Error("the record has another title");
}
