import { readNotebook, sourceOf } from "./notebook-file";

/** The object literal that a notebook's first code cell hands to openNotebook. */
export function notebookParameters(path: string): Record<string, unknown> {
  const cell = readNotebook(path).cells.find(({ cell_type }) => cell_type === "code");
  const [, literal] =
    sourceOf(cell!).match(/openNotebook\(\s*"[^"]+",\s*(\{[\s\S]*\}),?\s*\);/) ?? [];
  return new Function(`return (${literal});`)() as Record<string, unknown>;
}
