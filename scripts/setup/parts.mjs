// What a fresh clone lacks, part by part and in order: each knows whether it is there as the sources
// want it, and makes itself. Needs nothing but Node.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { at, hashOf, root, setStamp, stamp, writeWhole } from "./files.mjs";

/** Why a Node is too old; null where it is not. */
export function nodeTooOld(version = process.versions.node) {
  const [major, minor] = version.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return null;
  return `Node ${version} is too old: install Node 20.19 or newer`;
}

export const parts = [
  {
    name: "packages",
    making: "installing packages (npm ci)",
    isReady: () =>
      existsSync(at("node_modules", "tslab")) && stamp("packages") === packagesWanted(),
    make() {
      run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
      setStamp("packages", packagesWanted());
    },
  },
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
    make() {
      rmSync(at("lib", "dist"), { recursive: true, force: true });
      run(process.execPath, [at("node_modules", "typescript", "bin", "tsc"), "-p", "lib"]);
      run(process.execPath, [at("scripts", "build-types.mjs")]);
      run(process.execPath, [at("scripts", "build-kernels.mjs")]);
      setStamp("lib", libraryWanted());
    },
  },
  {
    name: "synthetic district",
    making: "generating data/hezuo-synthetic",
    isReady: () =>
      existsSync(at("data", "hezuo-synthetic", "study.json")) &&
      stamp("synthetic") === districtWanted(),
    make() {
      const tsx = at("node_modules", "tsx", "dist", "cli.mjs");
      run(process.execPath, [tsx, districtScript, "--seed", "1", "--out", "hezuo-synthetic"]);
      setStamp("synthetic", districtWanted());
    },
  },
];

const kernelPath = at(".kernel", "kernels", "tslab", "kernel.json");
const districtScript = join("scripts", "make-synthetic.ts");

/** The commands of package.json have no bearing on what is installed. */
function packagesWanted() {
  const manifests = ["package.json", "lib/package.json"].map((file) => {
    const { scripts: _, description: __, ...rest } = JSON.parse(readFileSync(at(file), "utf8"));
    return JSON.stringify(rest);
  });
  return hashOf(["package-lock.json"], ...manifests);
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

function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  if (status === 0) return;
  throw new Error(`${command} ${args.join(" ")} failed${error ? `: ${error.message}` : ""}`);
}
