// Sets up what a fresh clone lacks: packages, a kernel for Jupyter, the compiled lib, the generated
// district. Needs nothing but Node, changes nothing outside the project, and is quick when there is
// nothing to do. With --checking also the packages that checks and tests need; with --later without
// the generated district.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { at } from "./setup/files.mjs";
import { nodeTooOld, parts } from "./setup/parts.mjs";

const tooOld = nodeTooOld();
if (tooOld !== null) fail(tooOld);
const wanted = parts({
  checking: process.argv.includes("--checking"),
  later: process.argv.includes("--later"),
});
await withLock(async () => {
  for (const { isReady, making, make } of wanted) {
    if (isReady()) continue;
    say(making);
    try {
      await make();
    } catch (error) {
      fail(error.message);
    }
  }
});

/** One set-up at a time: a second one waits until the first has finished or died. */
async function withLock(work) {
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
  await work();
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

function say(what) {
  console.log(`set-up: ${what}`);
}

function fail(why) {
  console.error(`set-up: ${why}.`);
  process.exit(1);
}
