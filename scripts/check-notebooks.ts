import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { type Cell, type NotebookFile, readNotebook, sourceOf } from "./jupyter/notebook-file";
import { borrowedShorthands } from "./notebook-shorthand";

const root = resolve(__dirname, "..");

/** A complaint, at a place that its author can find. */
export interface Complaint {
  readonly notebook: string;
  /** Number of the code cell, from 1; 0 for the notebook as a whole. */
  readonly cell: number;
  /** Line within the cell, from 1; 0 for the cell as a whole. */
  readonly line: number;
  readonly message: string;
}

const longestCell = 12;

/** What a committed notebook must be, apart from its code: clean, valid, readable. */
export function checkForm(notebook: string, file: NotebookFile): Complaint[] {
  const complaints: Complaint[] = [];
  const complain = (cell: number, message: string) =>
    complaints.push({ notebook, cell, line: 0, message });
  if (file.nbformat !== 4 || file.nbformat_minor < 5) complain(0, "expected nbformat 4.5");
  const { name } = (file.metadata.kernelspec ?? {}) as { name?: string };
  if (name !== "tslab") complain(0, `kernelspec ${name}; expected tslab`);
  const ids = file.cells.map(({ id }) => id);
  const repeated = ids.find((id, at) => id === undefined || ids.indexOf(id) !== at);
  if (repeated !== undefined) complain(0, `cell id ${repeated} missing or used twice`);
  if (file.cells[0]?.cell_type !== "markdown") complain(0, "expected prose before the first code");
  for (const [at, cell] of codeCellsOf(file).entries()) {
    const lines = sourceOf(cell).split("\n").length;
    if (lines > longestCell) complain(at + 1, `${lines} lines; at most ${longestCell} to a cell`);
    if (/\bif \(/.test(sourceOf(cell))) {
      complain(at + 1, "asks an if; let the result say that it is skipped, and use given");
    }
    if ((cell.outputs ?? []).length > 0 || cell.execution_count != null) {
      complain(at + 1, "committed with outputs; clear them");
    }
    for (const { line, name } of borrowedShorthands(sourceOf(cell))) {
      complaints.push({
        notebook,
        cell: at + 1,
        line,
        message: `{ ${name} } takes a value of another cell, which tslab cannot find; write { ${name}: ${name} }`,
      });
    }
  }
  return complaints;
}

/** Type errors and lint of the code cells, each notebook taken as one module. */
export function checkCode(notebooks: ReadonlyMap<string, NotebookFile>): Complaint[] {
  const folder = join(root, ".setup", "notebook-cells");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const modules = new Map([...notebooks].map(([name, file]) => [name, moduleOf(file)]));
  for (const [name, { text }] of modules) writeFileSync(join(folder, `${name}.ts`), text);
  const config = {
    extends: "../../tsconfig.json",
    compilerOptions: {
      module: "esnext",
      moduleResolution: "bundler",
      noUnusedLocals: false,
      typeRoots: ["../../node_modules/@types"],
    },
    include: ["*.ts"],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const types = outputOf(process.execPath, [tsc, "-p", folder, "--pretty", "false"]);
  const biome = join(root, "node_modules", "@biomejs", "biome", "bin", "biome");
  const lint = outputOf(process.execPath, [
    biome,
    "lint",
    "--vcs-enabled=false",
    "--reporter=github",
    folder,
  ]);
  const found = [
    ...types.matchAll(/^(?:.*\/)?([^/\n]+)\.ts\((\d+),\d+\): error (.*)$/gm),
    ...lint.matchAll(/^::error.*?file=(?:[^,\n]*\/)?([^/,\n]+)\.ts,line=(\d+).*?::(.*)$/gm),
  ];
  return found.map(([, notebook, line, message]) => {
    const place = modules.get(notebook)?.placeOf(Number(line)) ?? { cell: 0, line: 0 };
    return { notebook, ...place, message };
  });
}

/** The code cells of a notebook one after another, and where each of its lines comes from. */
function moduleOf(file: NotebookFile) {
  const places: { cell: number; line: number }[] = [];
  const lines = codeCellsOf(file).flatMap((cell, at) =>
    sourceOf(cell)
      .split("\n")
      .map((text, line) => {
        places.push({ cell: at + 1, line: line + 1 });
        return text;
      }),
  );
  return {
    text: `${[...lines, "export {};"].join("\n")}\n`,
    placeOf: (line: number) => places[line - 1] ?? { cell: 0, line: 0 },
  };
}

function codeCellsOf({ cells }: NotebookFile): Cell[] {
  return cells.filter(({ cell_type }) => cell_type === "code");
}

function outputOf(command: string, args: readonly string[]): string {
  const { stdout, stderr, error } = spawnSync(command, args, { cwd: root, encoding: "utf8" });
  if (error) throw error;
  return `${stdout}\n${stderr}`;
}

/** Checks the project's notebooks and says what is wrong, one line a complaint. */
function main(): void {
  const folder = join(root, "notebooks");
  const all = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const names = all.filter((name) => name.endsWith(".ipynb") && !name.includes(".ipynb_"));
  const pathOf = new Map(names.map((name) => [basename(name, ".ipynb"), join(folder, name)]));
  const notebooks = new Map([...pathOf].map(([name, path]) => [name, readNotebook(path)]));
  const complaints = [
    ...[...notebooks].flatMap(([name, file]) => checkForm(name, file)),
    ...checkCode(notebooks),
  ];
  for (const { notebook, cell, line, message } of complaints) {
    const path = relative(root, pathOf.get(notebook) ?? folder);
    const place = cell === 0 ? "" : `, code cell ${cell}${line === 0 ? "" : `, line ${line}`}`;
    console.error(`${path}${place}: ${message}`);
  }
  if (complaints.length > 0) process.exitCode = 1;
  else console.log(`${names.length} notebooks checked.`);
}

if (require.main === module) main();
