// What a fresh clone lacks, part by part and in order: each knows whether it is there as the sources
// want it, and makes itself. Needs nothing but Node.
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { at, hashOf, root, setStamp, stamp, writeWhole } from "./files.mjs";
import { removeUnneeded } from "./unneeded.mjs";

/** Why a Node is too old; null where it is not. */
export function nodeTooOld(version = process.versions.node) {
  const [major, minor] = version.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return null;
  return `Node ${version} is too old: install Node 20.19 or newer`;
}

/** Packages that running needs, and where there are or shall be more, those that checks and tests need. */
const packages = {
  running: {
    name: "packages",
    making: "installing packages (npm ci --omit=dev): 150 MB to bring, 300 MB installed",
    isReady: () => hasPackages("running") || hasPackages("checking"),
    // Where there were more, there will be more.
    make: () => installPackages(stamp("packages").startsWith("checking ") ? "checking" : "running"),
  },
  checking: {
    name: "packages for checks and tests",
    making: "installing packages, those for checks and tests too (npm ci)",
    isReady: () => hasPackages("checking"),
    make: () => installPackages("checking"),
  },
};

const others = [
  {
    name: "kernel",
    making: "registering the tslab kernel for this project",
    isReady: () => existsSync(kernelPath) && readFileSync(kernelPath, "utf8") === kernelText(),
    make: () => writeWhole(kernelPath, kernelText()),
  },
  {
    name: "library",
    making: "building lib",
    isReady: () => existsSync(at("lib", "dist", "index.js")) && stamp("lib") === libraryWanted(),
    async make() {
      rmSync(at("lib", "dist"), { recursive: true, force: true });
      await Promise.all([compiled(), run(process.execPath, [at("scripts", "build-kernels.mjs")])]);
      setStamp("lib", libraryWanted());
    },
  },
];

async function compiled() {
  await run(process.execPath, [at("node_modules", "typescript", "bin", "tsc"), "-p", "lib"]);
  await run(process.execPath, [at("scripts", "build-types.mjs")]);
}

const district = {
  name: "synthetic district",
  making: "generating data/hezuo-synthetic",
  isReady: () =>
    existsSync(at("data", "hezuo-synthetic", "study.json")) &&
    stamp("synthetic") === districtWanted(),
  async make() {
    const tsx = at("node_modules", "tsx", "dist", "cli.mjs");
    await run(process.execPath, [tsx, districtScript, "--seed", "1", "--out", "hezuo-synthetic"]);
    setStamp("synthetic", districtWanted());
  },
};

/**
 * Parts of the project, in the order in which they are made.
 *
 * @param checking also what checks and tests need
 * @param later without the generated district, which a study makes when its turn comes
 */
export function parts({ checking = false, later = false } = {}) {
  const wanted = checking ? packages.checking : packages.running;
  return [wanted, ...others, ...(later ? [] : [district])];
}

const kernelPath = at(".kernel", "kernels", "tslab", "kernel.json");
const districtScript = join("scripts", "make-synthetic.ts");

function hasPackages(kind) {
  return existsSync(at("node_modules", "tslab")) && stamp("packages") === packagesWanted(kind);
}

async function installPackages(kind) {
  const omitted = kind === "running" ? ["--omit=dev"] : [];
  await run("npm", ["ci", ...omitted, "--no-audit", "--no-fund", "--loglevel=error"]);
  removeUnneeded(at("node_modules"));
  setStamp("packages", packagesWanted(kind));
}

/** The commands of package.json have no bearing on what is installed. */
function packagesWanted(kind) {
  const manifests = ["package.json", "lib/package.json"].map((file) => {
    const { scripts: _, description: __, ...rest } = JSON.parse(readFileSync(at(file), "utf8"));
    return JSON.stringify(rest);
  });
  const files = ["package-lock.json", "scripts/setup/unneeded.mjs"];
  return `${kind} ${hashOf(files, ...manifests)}`;
}

function libraryWanted() {
  const sources = readdirSync(at("lib", "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join("lib", "src", name))
    .sort();
  const kernels = readdirSync(at("lib", "kernels")).map((name) => join("lib", "kernels", name));
  const builders = ["scripts/build-kernels.mjs", "scripts/build-types.mjs"];
  const others = ["lib/tsconfig.json", "tsconfig.json", "package-lock.json"];
  return hashOf([...sources, ...kernels.sort(), ...builders, ...others]);
}

/** The synthetic study is generated rather than kept under version control. */
function districtWanted() {
  const folders = ["synthetic", "grid", "study"].map((name) => join("lib", "src", name));
  const sources = folders
    .flatMap((folder) => readdirSync(at(folder)).map((name) => join(folder, name)))
    .sort();
  return hashOf([...sources, join("lib", "src", "random.ts"), districtScript, "package-lock.json"]);
}

/** A kernelspec of the project's own; Jupyter finds it by JUPYTER_PATH, the runner by its path. */
function kernelText() {
  const spec = {
    argv: [process.execPath, at("node_modules", "tslab", "bin", "tslab"), "kernel"].concat(
      "--config-path={connection_file}",
    ),
    display_name: "TypeScript (tslab)",
    language: "typescript",
  };
  return `${JSON.stringify(spec, null, 2)}\n`;
}

async function run(command, args) {
  const { status, error } = await new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      shell: process.platform === "win32",
    });
    child.once("error", (error) => resolve({ status: null, error }));
    child.once("close", (status) => resolve({ status }));
  });
  if (status === 0) return;
  throw new Error(`${command} ${args.join(" ")} failed${error ? `: ${error.message}` : ""}`);
}
