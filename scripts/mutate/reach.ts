import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { childrenOf, nodeAt, parse, type SyntaxNode } from "./syntax";

/** Rooms of test that run the whole: slow, and not where a wrong number is to be noticed. */
const WHOLE = [
  ...["notebooks", "notebook", "jupyter", "setup", "report", "unchanged"],
  ...["compare-results", "synthetic"],
];

/** The files that each file of lib and test imports, types apart; all as from the root. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

export function importGraph(root: string): ImportGraph {
  const files = ["lib/src", "test", "scripts"].flatMap((folder) => sourcesIn(root, folder));
  return new Map(files.map((file) => [file, importsOf(root, file)]));
}

/**
 * The tests that reach a file, nearest first: those of its own room before others, then by the
 * steps of import between. Tests of the whole are left out.
 */
export function testsReaching(graph: ImportGraph, file: string): { test: string; steps: number }[] {
  const steps = stepsTo(graph, file);
  const room = file.split("/")[2];
  const isOfRoom = (test: string) => test.split("/")[1] === room;
  return [...steps]
    .filter(([name]) => name.endsWith(".test.ts") && !WHOLE.includes(name.split("/")[1]))
    .map(([test, count]) => ({ test, steps: count }))
    .sort(
      (one, other) =>
        Number(isOfRoom(other.test)) - Number(isOfRoom(one.test)) ||
        one.steps - other.steps ||
        (one.test < other.test ? -1 : 1),
    );
}

/** The steps of import from each file that reaches one. */
function stepsTo(graph: ImportGraph, file: string): Map<string, number> {
  const importers = new Map<string, string[]>();
  for (const [name, imports] of graph) {
    for (const imported of imports) {
      importers.set(imported, [...(importers.get(imported) ?? []), name]);
    }
  }
  const steps = new Map([[file, 0]]);
  for (const [name, count] of steps) {
    for (const importer of importers.get(name) ?? []) {
      if (!steps.has(importer)) steps.set(importer, count + 1);
    }
  }
  return steps;
}

function importsOf(root: string, file: string): string[] {
  const sources = sourcesOf(parse(readFileSync(join(root, file), "utf8")));
  return sources.flatMap((source) => {
    if (!source.startsWith(".")) return [];
    const path = join(dirname(file), source);
    const found = [path, `${path}.ts`, join(path, "index.ts")].find(
      (name) => name.endsWith(".ts") && existsSync(join(root, name)),
    );
    return found === undefined ? [] : [found];
  });
}

/** What a file imports for its values, at the top or when it runs. */
function sourcesOf(node: SyntaxNode): string[] {
  if (node.importKind === "type" || node.exportKind === "type") return [];
  const isImport = /^(Import|Export(All|Named))(Declaration|Expression)$/.test(node.type);
  const source = isImport ? nodeAt(node, "source")?.value : undefined;
  const below = childrenOf(node).flatMap(sourcesOf);
  return typeof source === "string" ? [source, ...below] : below;
}

function sourcesIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
    .map((name) => relative(root, join(root, folder, name)))
    .sort();
}
