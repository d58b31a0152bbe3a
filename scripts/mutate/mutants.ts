import { createHash } from "node:crypto";
import { type Edit, editsOf } from "./edits";
import { childrenOf, nodeAt, parse, type SyntaxNode } from "./syntax";

/** One change of one file. */
export interface Mutant {
  /** Of file and text, so that it stays the same when other lines change. */
  readonly id: string;
  /** As from the project's folder, such as lib/src/patches/tile.ts. */
  readonly file: string;
  readonly line: number;
  /** The function or constant that it is in; empty outside any. */
  readonly within: string;
  /** The lines that it touches, as they are and as it makes them. */
  readonly text: string;
  readonly becomes: string;
  readonly edit: Edit;
}

/** Every mutant of a file, in the order of its text. */
export function mutantsOf(file: string, text: string): Mutant[] {
  const names = declaredIn(parse(text));
  const met = new Map<string, number>();
  return editsOf(text).map((edit) => {
    const from = text.lastIndexOf("\n", edit.start - 1) + 1;
    const to = text.indexOf("\n", edit.end);
    const upTo = to === -1 ? text.length : to;
    const mutant = {
      file,
      line: text.slice(0, edit.start).split("\n").length,
      within: names.find(({ start, end }) => start <= edit.start && edit.end <= end)?.name ?? "",
      text: inOneLine(text.slice(from, upTo)),
      becomes: inOneLine(
        text.slice(from, edit.start) + edit.replacement + text.slice(edit.end, upTo),
      ),
      edit,
    };
    const key = keyOf(mutant);
    const number = (met.get(key) ?? 0) + 1;
    met.set(key, number);
    const hash = createHash("sha256").update(`${key}\n${number}`).digest("hex");
    return { id: hash.slice(0, 8), ...mutant };
  });
}

/** What tells a mutant from others without saying where in the file it stands. */
export function keyOf(mutant: Pick<Mutant, "file" | "within" | "text" | "becomes">): string {
  return [mutant.file, mutant.within, mutant.text, mutant.becomes].join("\n");
}

/** A text with a mutant's change made. */
export function mutated(text: string, { edit }: Mutant): string {
  return text.slice(0, edit.start) + edit.replacement + text.slice(edit.end);
}

function inOneLine(text: string): string {
  return text.trim().replace(/\s+/g, " ");
}

function declaredIn(program: SyntaxNode): { name: string; start: number; end: number }[] {
  return childrenOf(program).flatMap((statement) => {
    const declaration = nodeAt(statement, "declaration") ?? statement;
    return [declaration, ...childrenOf(declaration)].flatMap((node) => {
      const name = nodeAt(node, "id")?.name;
      return typeof name === "string" ? [{ name, start: node.start, end: node.end }] : [];
    });
  });
}
