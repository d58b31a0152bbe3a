// Opt-in: TensorFlow's native library, in a folder of its own. Its download needs the open
// internet; where that is blocked nothing is left behind and WebAssembly stays in use.
import { spawnSync } from "node:child_process";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root =
  process.env.PROSPECTIVITY_NATIVE_ROOT ?? dirname(dirname(fileURLToPath(import.meta.url)));
const wanted = "@tensorflow/tfjs-node@4.22.0";
const attempt = join(root, ".native.part");
const folder = join(root, ".native");

rmSync(attempt, { recursive: true, force: true });
mkdirSync(attempt, { recursive: true });
writeFileSync(join(attempt, "package.json"), '{ "private": true }\n');
console.log(`set-up: installing ${wanted} into .native`);
const { status } = spawnSync(
  "npm",
  ["install", wanted, "--no-audit", "--no-fund", "--loglevel=error"],
  {
    cwd: attempt,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  },
);
// npm may pass over a blocked install script; only loading shows whether the library is there.
const works =
  status === 0 &&
  spawnSync(process.execPath, ["-e", 'require("@tensorflow/tfjs-node")'], { cwd: attempt })
    .status === 0;
if (works) {
  rmSync(folder, { recursive: true, force: true });
  renameSync(attempt, folder);
  console.log("set-up: the native backend is installed; the next run uses it and says so.");
} else {
  rmSync(attempt, { recursive: true, force: true });
  console.error(
    "set-up: TensorFlow's native library could not be installed (it needs the open internet); WebAssembly stays in use.",
  );
  process.exitCode = 1;
}
