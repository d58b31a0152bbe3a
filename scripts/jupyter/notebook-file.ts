import { readFileSync } from "node:fs";

export interface OutputBase {
  readonly output_type: "stream" | "display_data" | "execute_result" | "error";
}

export interface StreamOutput extends OutputBase {
  readonly output_type: "stream";
  readonly name: string;
  readonly text: string;
}

export interface DisplayOutput extends OutputBase {
  readonly output_type: "display_data" | "execute_result";
  readonly data: { readonly [mimeType: string]: unknown };
  readonly metadata: { readonly [name: string]: unknown };
  readonly execution_count?: number | null;
}

export interface ErrorOutput extends OutputBase {
  readonly output_type: "error";
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

export type Output = StreamOutput | DisplayOutput | ErrorOutput;

export interface Cell {
  readonly cell_type: "markdown" | "code" | "raw";
  readonly id: string;
  readonly metadata: { readonly [name: string]: unknown };
  readonly source: string | readonly string[];
  readonly execution_count?: number | null;
  readonly outputs?: readonly Output[];
}

/** A notebook as nbformat 4.5 has it. */
export interface NotebookFile {
  readonly cells: readonly Cell[];
  readonly metadata: { readonly [name: string]: unknown };
  readonly nbformat: number;
  readonly nbformat_minor: number;
}

export function readNotebook(path: string): NotebookFile {
  return JSON.parse(readFileSync(path, "utf8")) as NotebookFile;
}

/** A cell's source as one text; files keep it as a list of lines or as one. */
export function sourceOf({ source }: Pick<Cell, "source">): string {
  return typeof source === "string" ? source : source.join("");
}

/** A multi-line text as a notebook file keeps it. */
export function asLines(text: string): string[] {
  return text.split(/(?<=\n)/);
}
