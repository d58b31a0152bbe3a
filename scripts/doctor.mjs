// Says what is there and what is missing, on a machine where nothing may be installed yet.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statfsSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { chromiumPath } from "./browser/chromium-path.mjs";
import { at, root } from "./setup/files.mjs";
import { nodeTooOld, parts } from "./setup/parts.mjs";

/** Bytes of a fresh project with the results of its three studies. */
const roomWanted = 3 * 2 ** 30;

/** A module of one sum of products in one rounding, which only relaxed SIMD knows. */
const relaxedSimd = Uint8Array.from([
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 19, 1, 17, 0],
  ...[65, 0, 253, 15, 65, 0, 253, 15, 65, 0, 253, 15, 253, 133, 2, 11],
]);

const needed = [
  {
    what: `Node ${process.versions.node}, ${process.platform} ${process.arch}`,
    missing: nodeTooOld(),
  },
  ...parts().map(({ name, isReady }) => ({
    what: name,
    missing: isReady() ? null : "not there as the sources want it: npm run setup makes it",
  })),
  { what: `${gibibytes(freeBytes())} free on the disk`, missing: roomMissing() },
];

const cores = availableParallelism();

const helpful = [
  {
    what: "packages for checks and tests",
    missing: parts({ checking: true })[0].isReady()
      ? null
      : "not installed: npm test and npm run check install them",
  },
  {
    what: `${cores} ${cores === 1 ? "core" : "cores"}, ${gibibytes(totalmem())} of memory`,
    missing: cores > 1 ? null : "trainings run one after another",
  },
  {
    what: "fast kernels (WebAssembly with relaxed SIMD)",
    missing: knowsRelaxedSimd()
      ? null
      : "this Node has none: networks train slower, and round otherwise",
  },
  {
    what: "Jupyter, to open notebooks by npm run notebook",
    missing: answers("jupyter-lab") || answers("jupyter-notebook") ? null : "not on the PATH",
  },
  {
    what: "nbconvert, for the tests that execute notebooks as Jupyter does",
    missing: answers("jupyter-nbconvert") ? null : "not on the PATH: those tests are passed over",
  },
  {
    what: "Chromium, for the tests of the pages",
    missing:
      chromiumPath !== null
        ? null
        : "not found (PROSPECTIVITY_CHROMIUM names it): those tests are passed over",
  },
  {
    what: "GDAL's programs, for the tests that hold our files against them",
    missing: answers("gdalinfo") ? null : "not on the PATH: those tests are passed over",
  },
  {
    what: "TensorFlow's native library (npm run setup:native)",
    missing: existsSync(at(".native")) ? null : "not installed: WebAssembly trains the networks",
  },
  {
    what: "PyTorch, which npm run bench compares with",
    missing: imports("torch") ? null : "no python3 that imports it: the bench leaves it out",
  },
];

console.log(["Needed", ...needed.map(line), "", "Helpful, and never required"].join("\n"));
console.log(helpful.map(line).join("\n"));
console.log(`\n${studiesLine()}`);
if (needed.some(({ missing }) => missing !== null)) process.exitCode = 1;

function line({ what, missing }) {
  return missing === null ? `  there    ${what}` : `  missing  ${what}: ${missing}`;
}

function knowsRelaxedSimd() {
  // Older Nodes have it behind a flag, as the engine asks for it.
  if (!WebAssembly.validate(relaxedSimd)) setFlagsFromString("--experimental-wasm-relaxed-simd");
  return WebAssembly.validate(relaxedSimd);
}

function studiesLine() {
  const data = at("data");
  const names = readdirSync(data).filter((name) => existsSync(join(data, name, "study.json")));
  return `Studies: ${names.join(", ")}.`;
}

function freeBytes() {
  const { bavail, bsize } = statfsSync(root);
  return bavail * bsize;
}

function roomMissing() {
  return freeBytes() >= roomWanted ? null : `${gibibytes(roomWanted)} are wanted with all results`;
}

function gibibytes(bytes) {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}

function answers(command) {
  return spawnSync(command, ["--version"], { stdio: "ignore" }).status === 0;
}

function imports(library) {
  return spawnSync("python3", ["-c", `import ${library}`], { stdio: "ignore" }).status === 0;
}
