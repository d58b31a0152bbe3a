import { mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ExecuteOptions,
  executeNotebook,
  type NotebookRun,
} from "../../scripts/jupyter/execute";
import { type NotebookFile, readNotebook } from "../../scripts/jupyter/notebook-file";

const root = join(__dirname, "../..");

/** A notebook of code cells, written into a new folder where the project's packages are found. */
export function writeNotebook(cells: readonly string[], name = "trial.ipynb"): string {
  const folder = mkdtempSync(join(tmpdir(), "notebook-"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const path = join(folder, name);
  const file: NotebookFile = {
    cells: cells.map((source, at) => ({
      cell_type: "code",
      id: `cell-${at}`,
      metadata: {},
      source,
      execution_count: null,
      outputs: [],
    })),
    metadata: {
      kernelspec: { name: "tslab", display_name: "TypeScript (tslab)", language: "typescript" },
      language_info: { name: "typescript" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  writeFileSync(path, JSON.stringify(file));
  return path;
}

/** Executes cells through the project's kernel. */
export async function executed(
  cells: readonly string[],
  options: {
    readonly timeoutSeconds?: number;
    readonly environment?: { readonly [name: string]: string };
    readonly onOutput?: (text: string) => void;
    readonly stop?: ExecuteOptions["stop"];
  } = {},
): Promise<{ run: NotebookRun; notebook: NotebookFile }> {
  const path = writeNotebook(cells);
  const run = await executeNotebook({
    path,
    outputPath: join(path, "..", "out", "trial.ipynb"),
    root,
    timeoutSeconds: options.timeoutSeconds ?? 120,
    environment: options.environment ?? {},
    ...(options.stop !== undefined && { stop: options.stop }),
    onProgress: ({ event, text }) => {
      if (event === "output") options.onOutput?.(text);
    },
  });
  return { run, notebook: readNotebook(run.outputPath) };
}
