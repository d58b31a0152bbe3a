import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(__dirname, "../..");

function run(script: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  const { status, stdout, stderr } = spawnSync(process.execPath, script, { cwd: root, env });
  return { status, out: stdout.toString(), err: stderr.toString() };
}

/** A folder of commands with one that answers as told. */
function commandFolder(name: string, script: string): string {
  const folder = mkdtempSync(join(tmpdir(), "commands-"));
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
  return folder;
}

describe("set-up", () => {
  it("has nothing to do, and says nothing, when it has been run", () => {
    const index = join(root, "lib/dist/index.js");
    const before = statSync(index).mtimeMs;
    expect(run(["scripts/setup.mjs"])).toEqual({ status: 0, out: "", err: "" });
    expect(statSync(index).mtimeMs).toBe(before);
    expect(existsSync(join(root, ".setup", "lock"))).toBe(false);
  });

  it("registers a kernel of the project's own, run by this Node", () => {
    const path = join(root, ".kernel/kernels/tslab/kernel.json");
    const { argv, language } = JSON.parse(readFileSync(path, "utf8"));
    expect(language).toBe("typescript");
    expect(argv[0]).toBe(process.execPath);
    expect(argv[1].startsWith(root)).toBe(true);
    expect(argv).toContain("--config-path={connection_file}");
  });

  it("goes on when an earlier set-up died and left its lock", () => {
    writeFileSync(join(root, ".setup", "lock"), "999999999");
    expect(run(["scripts/setup.mjs"]).status).toBe(0);
  });
});

describe("the native library", () => {
  it("leaves nothing behind where it cannot be had, and says so", () => {
    const project = mkdtempSync(join(tmpdir(), "native-"));
    const commands = commandFolder("npm", "exit 1");
    const { status, err } = run(["scripts/setup-native.mjs"], {
      ...process.env,
      PROSPECTIVITY_NATIVE_ROOT: project,
      PATH: `${commands}${delimiter}${process.env.PATH}`,
    });
    expect(status).toBe(1);
    expect(err).toContain("WebAssembly stays in use");
    expect(readdirSync(project)).toEqual([]);
    rmSync(project, { recursive: true });
  });

  it("is not taken for installed when npm ends well but the library does not load", () => {
    const project = mkdtempSync(join(tmpdir(), "native-"));
    const commands = commandFolder("npm", "exit 0");
    const { status } = run(["scripts/setup-native.mjs"], {
      ...process.env,
      PROSPECTIVITY_NATIVE_ROOT: project,
      PATH: `${commands}${delimiter}${process.env.PATH}`,
    });
    expect(status).toBe(1);
    expect(readdirSync(project)).toEqual([]);
  });
});

describe("npm run notebook", () => {
  const tsx = join(root, "node_modules/tsx/dist/cli.mjs");

  it("says in one line how to get Jupyter where there is none", () => {
    const empty = mkdtempSync(join(tmpdir(), "commands-"));
    const { status, err } = run([tsx, "scripts/notebook.ts"], { PATH: empty });
    expect(status).toBe(1);
    expect(err.trim().split("\n")).toHaveLength(1);
    expect(err).toMatch(/apt-get install jupyter-notebook.*pip install jupyterlab/);
  });

  it("opens the notebooks with the project's kernel in what it finds", () => {
    const commands = commandFolder("jupyter-notebook", 'echo "$PWD|$JUPYTER_PATH"');
    const { status, out } = run([tsx, "scripts/notebook.ts"], { PATH: commands });
    expect(status).toBe(0);
    expect(out).toContain(`${join(root, "notebooks")}|${join(root, ".kernel")}`);
  });
});
