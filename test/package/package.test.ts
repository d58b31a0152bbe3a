import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = join(__dirname, "../..");
const library = join(root, "lib");
const folder = mkdtempSync(join(tmpdir(), "package-"));
const project = join(folder, "empty project");
const minutes = 60_000;

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/** Runs a command; what it printed, and why it failed where it did. */
function run(command: string, args: readonly string[], cwd: string) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8" });
  return { isWell: status === 0, out: stdout ?? "", err: `${error?.message ?? ""}${stderr ?? ""}` };
}

const npm = (args: readonly string[], cwd: string) =>
  run("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], cwd);

/** Bytes of a folder and all that lies in it. */
function weight(path: string): number {
  const names = readdirSync(path, { recursive: true, encoding: "utf8" });
  return names.reduce((sum, name) => sum + statSync(join(path, name)).size, 0);
}

const manifest: {
  readonly dependencies: Readonly<Record<string, string>>;
} = JSON.parse(readFileSync(join(library, "package.json"), "utf8"));

let packed: Packed;
/** Null where the package could be installed, else why it could not: without a registry, say. */
let notInstalled: string | null = null;

beforeAll(() => {
  const { out, err } = npm(["pack", "--json", "--pack-destination", folder], library);
  const listed = JSON.parse(out || `{"error":${JSON.stringify(err)}}`) as
    | Packed[]
    | Record<string, Packed>;
  [packed] = Object.values(listed);
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }\n');
  const tarball = join(folder, packed.filename);
  const { isWell, err: why } = npm(["install", tarball, "@types/node@20"], project);
  if (!isWell) notInstalled = why;
  if (!isWell && !/ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|network/.test(why)) throw new Error(why);
}, 10 * minutes);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("what is packed", () => {
  it("is the compiled library with its types and kernels, licence and README, and no more", () => {
    const endings = new Set(
      packed.files.map(({ path }) => path.replace(/^.*?((\.d)?\.\w+|LICENSE)$/, "$1")),
    );
    expect([...endings].sort()).toEqual([".d.ts", ".js", ".json", ".md", ".wasm", "LICENSE"]);
    const paths = packed.files.map(({ path }) => path);
    expect(paths.filter((path) => path.endsWith(".wasm"))).toHaveLength(2);
    expect(paths.filter((path) => path.endsWith(".json"))).toEqual(["package.json"]);
    // Bringing files of any format and generating districts are commands of the project.
    expect(paths.filter((path) => /^dist\/(import|synthetic)\//.test(path))).toEqual([]);
    expect(packed.size).toBeLessThan(1_200_000);
    expect(packed.unpackedSize).toBeLessThan(5_000_000);
  });

  it("names as dependencies what its modules load, and nothing that only notebooks need", () => {
    const code = packed.files
      .filter(({ path }) => path.endsWith(".js"))
      .map(({ path }) => readFileSync(join(library, path), "utf8"))
      .join("\n");
    const names = Object.keys(manifest.dependencies);
    const idle = names.filter((name) => !new RegExp(`["'\`]${name}["'\`/]`).test(code));
    expect(idle).toEqual([]);
    const loaded = [...code.matchAll(/require\("([^"./][^"]*)"\)/g)].map(([, path]) =>
      path
        .split("/")
        .slice(0, path.startsWith("@") ? 2 : 1)
        .join("/"),
    );
    const outside = loaded.filter((name) => !name.startsWith("node:") && !names.includes(name));
    // Looked for where a notebook's kernel runs, which is tslab's.
    expect([...new Set(outside)]).toEqual(["tslab"]);
  });

  it("has the project's licence", () => {
    const text = (path: string) => readFileSync(join(path, "LICENSE"), "utf8");
    expect(text(library)).toBe(text(root));
  });
});

describe("in an empty project", () => {
  const [, example = ""] =
    readFileSync(join(library, "README.md"), "utf8").match(/```ts\n([\s\S]*?)```/) ?? [];

  it("weighs what it says", (test) => {
    test.skip(notInstalled !== null, `not installed: ${notInstalled}`);
    expect(weight(join(project, "node_modules"))).toBeLessThan(300 * 2 ** 20);
  });

  it(
    "its README's example compiles, and its types say what they promise",
    (test) => {
      test.skip(notInstalled !== null, `not installed: ${notInstalled}`);
      writeFileSync(join(project, "example.ts"), example);
      const wrong = `import { areaUnderRoc } from "prospectivity";\nareaUnderRoc("high", [1]);\n`;
      writeFileSync(join(project, "wrong.ts"), wrong);
      const tsc = join(root, "node_modules/typescript/bin/tsc");
      const options = ["--strict", "--module", "node20", "--target", "es2022", "--types", "node"];
      const compile = (file: string, ...more: string[]) =>
        run(process.execPath, [tsc, ...options, ...more, file], project).out;
      expect(compile("example.ts", "--skipLibCheck")).toBe("");
      expect(compile("wrong.ts", "--skipLibCheck", "--noEmit")).toContain("error TS2345");
      // Types of others may be at odds with this compiler; its own are not.
      const own = compile("example.ts", "--noEmit")
        .split("\n")
        .filter((line) => line.startsWith("node_modules/prospectivity"));
      expect(own).toEqual([]);
    },
    5 * minutes,
  );

  for (const major of [20, 22, 24]) {
    it(
      `its README's example runs in Node ${major}`,
      (test) => {
        test.skip(notInstalled !== null, `not installed: ${notInstalled}`);
        const node = nodeOf(major);
        test.skip(node === null, `Node ${major} could not be had from npm`);
        const { out, err } = run(node ?? "", ["example.js"], project);
        expect(err).toBe("");
        // Row 0 and column 0 are where copper changes from pixel to pixel, and nowhere else does it.
        expect(out).toContain("errors: most unusual is the patch in row 0, column 0");
        expect(out).toMatch(/distances: most unusual is the patch in row \d, column \d/);
        expect(out).not.toContain("distances: most unusual is the patch in row 0, column 0");
      },
      5 * minutes,
    );
  }
});

/** A Node of this major version: the one that runs, else one from npm; null where there is none. */
function nodeOf(major: number): string | null {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const name = `node-${process.platform}-${process.arch}`;
  const place = join(folder, `node-${major}`);
  mkdirSync(place);
  writeFileSync(join(place, "package.json"), '{ "private": true }\n');
  if (!npm(["install", `${name}@${major}`], place).isWell) return null;
  const node = join(place, "node_modules", name, "bin", "node");
  return run(node, ["--version"], place).out.startsWith(`v${major}.`) ? node : null;
}
