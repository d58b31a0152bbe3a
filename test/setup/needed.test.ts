import { existsSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { readNotebook, sourceOf } from "../../scripts/jupyter/notebook-file";

const root = join(__dirname, "../..");

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

const read = (path: string) => JSON.parse(readFileSync(join(root, path), "utf8")) as Manifest;
const project = read("package.json");
const running = new Set(
  [
    ...[project.dependencies, project.optionalDependencies],
    read("lib/package.json").dependencies,
  ].flatMap((needed) => Object.keys(needed)),
);

/** What a module loads: its own files, and packages by their names. */
function loadedBy(file: string): { files: string[]; packages: string[] } {
  const text = readFileSync(file, "utf8").replace(/^import type .*?;$/gms, "");
  const names = [
    ...text.matchAll(/^(?:import|export)\b[\w\s{},*$]*? from "([^"]+)"/gm),
    ...text.matchAll(/(?:^import |import\(|require\(|resolve\()"([^"]+)"/gm),
  ].map(([, name]) => name);
  const isOwn = (name: string) => name.startsWith(".");
  const files = names.filter(isOwn).flatMap((name) => {
    const path = resolve(dirname(file), name);
    return [path, `${path}.ts`, join(path, "index.ts")].filter((each) => /\.m?[tj]s$/.test(each));
  });
  const packages = names
    .filter((name) => !isOwn(name) && !name.includes(":") && !builtinModules.includes(name))
    .map((name) =>
      name
        .split("/")
        .slice(0, name.startsWith("@") ? 2 : 1)
        .join("/"),
    );
  return { files: files.filter((path) => existsSync(path)), packages };
}

/** Packages that a module and all that it loads need. */
function neededBy(entry: string): Set<string> {
  const seen = new Set<string>();
  const needed = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const { files, packages } = loadedBy(file);
    for (const name of packages) needed.add(name);
    for (const each of files) visit(each);
  };
  visit(entry);
  return needed;
}

describe("what running needs", () => {
  // Commands whose set-up leaves out what checks and tests need.
  const commands = Object.entries(project.scripts).filter(
    ([, line]) => line.includes("tsx") && !line.includes("--checking"),
  );
  const entries = commands.map(([, line]) => line.match(/scripts\/[\w-]+\.ts/)?.[0] ?? "");

  it("is what npm run study and the other commands load, and none of it is for checks alone", () => {
    expect(entries).toContain("scripts/study.ts");
    expect(entries).toContain("scripts/playground.ts");
    const found = [...entries, "scripts/build-kernels.mjs", "scripts/playground/page/main.ts"]
      .concat("scripts/playground/worker/main.ts", "scripts/report/client/page.ts")
      .map((entry) => ({ entry, needs: [...neededBy(join(root, entry))] }));
    for (const { entry, needs } of found) {
      expect(
        needs.filter((name) => name in project.devDependencies),
        entry,
      ).toEqual([]);
    }
    // The compiler that tslab brings is tslab's.
    const unnamed = found.flatMap(({ needs }) => needs).filter((name) => !running.has(name));
    expect([...new Set(unnamed)].filter((name) => !name.startsWith("@tslab/"))).toEqual([]);
  });

  it("is what notebooks import, too", () => {
    const names = ["00-evidence", "01-correlation", "12-who-does-it-better"].flatMap((name) =>
      readNotebook(join(root, "notebooks", `${name}.ipynb`))
        .cells.filter(({ cell_type }) => cell_type === "code")
        .flatMap((cell) => [...sourceOf(cell).matchAll(/from "([\w@/-]+)"/g)].map(([, at]) => at)),
    );
    expect([...new Set(names)].filter((name) => !running.has(name))).toEqual([]);
  });
});

it("a study leaves the generated district for later, and checks come with their packages", async () => {
  const { parts } = await import(pathToFileURL(join(root, "scripts/setup/parts.mjs")).href);
  const names = (asked: object) => parts(asked).map(({ name }: { name: string }) => name);
  expect(names({ later: true })).toEqual(["packages", "kernel", "library"]);
  expect(names({ checking: true })).toEqual([
    ...["packages for checks and tests", "kernel", "library", "synthetic district"],
  ]);
});
