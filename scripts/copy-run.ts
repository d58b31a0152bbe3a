import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "../lib/src/files";
import { forgetNotebook, recordMetrics } from "../lib/src/notebook/record";
import { readMetrics, readRun } from "../lib/src/runs/record-files";
import { canonicalJson } from "../lib/src/runs/store";

/**
 * Copies what a notebook left among some results of a study to others of the same study: the executed
 * notebook, its files, its metrics, and what run.json says of it. What it had left there goes.
 *
 * @param id the notebook's file name without ending
 * @throws InputError when a record holds anything else, or a place cannot be written
 */
export function copyNotebookRun(from: string, to: string, id: string): void {
  const source = readRun(from);
  const notebook = source?.notebooks?.[id];
  if (source === null || notebook === undefined) throw new Error(`${from} holds no run of ${id}`);
  forgetNotebook(to, id);
  for (const file of [`notebooks/${id}.ipynb`, ...(notebook.files ?? [])]) {
    writeWhole(join(to, file), readFileSync(join(from, file)));
  }
  rmSync(join(to, "notebooks", `${id}.failed.ipynb`), { force: true });
  const metrics = Object.entries(readMetrics(from)).filter(([, each]) => each.notebook === id);
  recordMetrics(to, Object.fromEntries(metrics));
  const { variant: _, notebooks, durations, ...facts } = source;
  const own = readRun(to);
  const whole = {
    ...facts,
    ...own,
    notebooks: { ...own?.notebooks, [id]: notebook },
    durations: { ...own?.durations, ...(durations?.[id] && { [id]: durations[id] }) },
  };
  writeWhole(join(to, "run.json"), `${canonicalJson(whole, 2)}\n`);
}
