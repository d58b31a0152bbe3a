// Sets up what a fresh clone lacks: packages, the compiled lib, a kernel for Jupyter. Needs nothing
// but Node, changes nothing outside the project, and is quick when there is nothing to do.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => join(root, ...parts);

requireNode();
withLock(() => {
  installPackages();
  registerKernel();
  buildLib();
  generateDistrict();
});

function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Node ${process.versions.node} is too old: install Node 20.19 or newer.`);
}

function installPackages() {
  const wanted = hashOf(["package.json", "lib/package.json", "package-lock.json"]);
  if (existsSync(at("node_modules", "tslab")) && stamp("packages") === wanted) return;
  say("installing packages (npm ci)");
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
  setStamp("packages", wanted);
}

function buildLib() {
  const sources = readdirSync(at("lib", "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join("lib", "src", name))
    .sort();
  const kernels = readdirSync(at("lib", "kernels")).map((name) => join("lib", "kernels", name));
  const builder = "scripts/build-kernels.mjs";
  const wanted = hashOf([
    ...sources,
    ...kernels.sort(),
    builder,
    "lib/tsconfig.json",
    "tsconfig.json",
    "package-lock.json",
  ]);
  if (existsSync(at("lib", "dist", "index.js")) && stamp("lib") === wanted) return;
  say("building lib");
  rmSync(at("lib", "dist"), { recursive: true, force: true });
  run(process.execPath, [at("node_modules", "typescript", "bin", "tsc"), "-p", "lib"]);
  run(process.execPath, [at("scripts", "build-kernels.mjs")]);
  setStamp("lib", wanted);
}

/** The synthetic study, which is generated rather than kept under version control. */
function generateDistrict() {
  const folders = ["synthetic", "grid", "study"].map((name) => join("lib", "src", name));
  const sources = folders
    .flatMap((folder) => readdirSync(at(folder)).map((name) => join(folder, name)))
    .sort();
  const script = join("scripts", "make-synthetic.ts");
  const wanted = hashOf([...sources, join("lib", "src", "random.ts"), script, "package-lock.json"]);
  const study = at("data", "hezuo-synthetic", "study.json");
  if (existsSync(study) && stamp("synthetic") === wanted) return;
  say("generating data/hezuo-synthetic");
  const tsx = at("node_modules", "tsx", "dist", "cli.mjs");
  run(process.execPath, [tsx, script, "--seed", "1", "--out", "hezuo-synthetic"]);
  setStamp("synthetic", wanted);
}

/** A kernelspec of the project's own; Jupyter finds it by JUPYTER_PATH, the runner by its path. */
function registerKernel() {
  const spec = {
    argv: [process.execPath, at("node_modules", "tslab", "bin", "tslab"), "kernel"].concat(
      "--config-path={connection_file}",
    ),
    display_name: "TypeScript (tslab)",
    language: "typescript",
  };
  const text = `${JSON.stringify(spec, null, 2)}\n`;
  const path = at(".kernel", "kernels", "tslab", "kernel.json");
  if (existsSync(path) && readFileSync(path, "utf8") === text) return;
  say("registering the tslab kernel for this project");
  writeWhole(path, text);
}

/** One set-up at a time: a second one waits until the first has finished or died. */
function withLock(work) {
  const lock = at(".setup", "lock");
  mkdirSync(at(".setup"), { recursive: true });
  for (let waited = false; ; waited = true) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      break;
    } catch {
      if (!isAlive(readLock(lock))) {
        rmSync(lock, { force: true });
        continue;
      }
      if (!waited) say("waiting for another set-up to finish");
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    }
  }
  const release = () => rmSync(lock, { force: true });
  process.on("exit", release);
  work();
}

function readLock(lock) {
  try {
    return Number(readFileSync(lock, "utf8"));
  } catch {
    return 0;
  }
}

function isAlive(pid) {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  if (status === 0) return;
  fail(`${command} ${args.join(" ")} failed${error ? `: ${error.message}` : ""}.`);
}

function hashOf(files) {
  const hash = createHash("sha256").update(process.version);
  for (const file of files) hash.update(file).update(readFileSync(at(file)));
  return hash.digest("hex");
}

function stamp(name) {
  const path = at(".setup", name);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

function setStamp(name, value) {
  writeWhole(at(".setup", name), value);
}

function writeWhole(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.part`, text);
  renameSync(`${path}.part`, path);
}

function say(what) {
  console.log(`set-up: ${what}`);
}

function fail(why) {
  console.error(`set-up: ${why}`);
  process.exit(1);
}
