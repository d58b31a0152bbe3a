import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";

/** A folder with all that a case may write to, and around these what it may not. */
export interface Sandbox {
  readonly root: string;
  /** Holds study folders. */
  readonly data: string;
  readonly results: string;
  /** Takes the place of the system's folder for temporary files. */
  readonly temporary: string;
  /** A folder that nobody may write to, by its whole path. */
  readonly outside: string;
}

/**
 * The places of a sandbox. The two folders lie deep enough for "../../../../x" to end up inside the
 * sandbox, where it is noticed.
 */
export function sandboxAt(root: string): Sandbox {
  const project = join(root, "a", "b", "c", "project");
  return {
    root,
    data: join(project, "data"),
    results: join(project, "results"),
    temporary: join(root, "tmp"),
    outside: join(root, "outside"),
  };
}

/** Files that must stay as they are, in the folders that paths of changed files lead to. */
const KEPT = ["x", "etc/x", "outside/x", "a/x", "a/b/x", "a/b/etc/x", "a/b/c/x", "a/b/c/project/x"];

/** Makes a sandbox anew, with nothing in its open folders; temporary files stay, as their makers do. */
export function freshSandbox({ root, data, results, temporary }: Sandbox): void {
  mkdirSync(temporary, { recursive: true });
  for (const name of readdirSync(root)) {
    const path = join(root, name);
    if (path !== temporary) rmSync(path, { recursive: true, force: true });
  }
  for (const folder of [data, results]) mkdirSync(folder, { recursive: true });
  for (const file of KEPT) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), `kept: ${file}`);
  }
}

/** Empties the folders of studies and results. */
export function emptied({ data, results }: Sandbox): void {
  for (const folder of [data, results]) {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  }
}

/** All that lies around the open folders, file by file with what is in it. */
export function surroundings(sandbox: Sandbox): ReadonlyMap<string, string> {
  const open = [sandbox.data, sandbox.results, sandbox.temporary];
  const found = new Map<string, string>();
  const list = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (open.includes(path)) continue;
      const name = path.slice(sandbox.root.length + sep.length);
      if (entry.isDirectory()) {
        found.set(name, "a folder");
        list(path);
      } else found.set(name, readFileSync(path, "latin1"));
    }
  };
  list(sandbox.root);
  return found;
}

/** What differs between two listings, in words; null when nothing does. */
export function difference(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string | null {
  for (const [name, content] of after) {
    if (before.get(name) !== content) return `${before.has(name) ? "changed" : "made"} ${name}`;
  }
  const gone = [...before.keys()].find((name) => !after.has(name));
  return gone === undefined ? null : `removed ${gone}`;
}
