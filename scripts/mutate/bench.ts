import { type ChildProcess, fork } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A test file to run, and what has changed since the last. */
export interface Order {
  readonly test: string;
  readonly changed: readonly string[];
}

/** The first test that failed, or null where all passed. */
export interface Finding {
  readonly by: string | null;
}

/** A copy of the project in which files are changed and tests are run. */
export interface Bench {
  readonly write: (file: string, text: string) => void;
  /** Runs a test file; null when it took longer than the limit and was ended. */
  readonly run: (test: string, limitMs: number) => Promise<Finding | null>;
  readonly close: () => void;
}

const COPIED = [
  "lib",
  "test",
  "scripts",
  "notebooks",
  "docs",
  "README.md",
  "CONVENTIONS.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
];
const SETTINGS = ["package.json", "package-lock.json", "tsconfig.json", "vitest.config.mts"];
/** Large, and written by nothing that a test of a number does. */
const LINKED = ["node_modules", "data", "lib/dist"];

/** Copies the project of a folder into a temporary one, which `close` removes. */
export function openBench(root: string): Bench {
  const folder = mkdtempSync(join(tmpdir(), "mutate-"));
  const isCopied = (path: string) => !/(^|\/)(dist|node_modules|\.[a-z]+)$/.test(path);
  for (const name of [...COPIED, ...SETTINGS]) {
    cpSync(join(root, name), join(folder, name), { recursive: true, filter: isCopied });
  }
  for (const name of LINKED) symlinkSync(join(root, name), join(folder, name));
  let worker: ChildProcess | null = null;
  let changed: string[] = [];

  const end = () => {
    // The group: vitest's own workers are where a loop without end runs.
    const runs = worker?.exitCode === null && worker.signalCode === null;
    if (worker?.pid !== undefined && runs) process.kill(-worker.pid, "SIGKILL");
    worker = null;
  };

  return {
    write: (file, text) => {
      writeFileSync(join(folder, file), text);
      changed = [...changed, file];
    },
    run: async (test, limitMs) => {
      if (worker === null) {
        worker = startWorker(folder);
        if ((await answerOf(worker, 120_000)) === null) throw new Error("vitest did not start");
      }
      worker.send({ test, changed } satisfies Order);
      changed = [];
      const answer = await answerOf(worker, limitMs);
      if (answer === null) end();
      return answer as Finding | null;
    },
    close: () => {
      end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function startWorker(folder: string): ChildProcess {
  return fork(join(folder, "scripts", "mutate", "worker.mts"), {
    cwd: folder,
    execArgv: ["--import", "tsx"],
    detached: true,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
}

/** The next message of a process; null when it has sent none within the limit. */
function answerOf(child: ChildProcess, limitMs: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (answer: unknown) => {
      clearTimeout(timer);
      child.off("message", settle);
      child.off("exit", fail);
      resolve(answer);
    };
    const fail = () => {
      clearTimeout(timer);
      reject(new Error("vitest ended before it answered"));
    };
    const timer = setTimeout(() => settle(null), limitMs);
    child.on("message", settle);
    child.on("exit", fail);
  });
}
