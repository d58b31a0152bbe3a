import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { News, Task, Verdict } from "./child";
import { isCostly } from "./reader";

/** What is tried. */
export interface FuzzOptions {
  readonly seed: number;
  /** Cases from and up to, the last not among them. */
  readonly from: number;
  readonly to: number;
  /** Milliseconds that a case may take; ten seconds when absent. */
  readonly mostMilliseconds?: number;
  /** Bytes by which a process may grow over its cases; 512 MiB when absent. */
  readonly mostGrowth?: number;
  readonly onCase?: (number: number, verdict: Verdict) => void;
}

/** A case that went wrong. */
export interface Failure {
  readonly number: number;
  readonly text: string;
}

/** What came of a reader's cases. */
export interface FuzzReport {
  readonly reader: string;
  readonly seed: number;
  readonly cases: number;
  readonly read: number;
  readonly refused: number;
  readonly failures: readonly Failure[];
  /** Milliseconds of the slowest case that ended. */
  readonly slowest: { readonly number: number; readonly milliseconds: number };
}

/** Milliseconds in which a child must be ready. */
const TO_START = 120_000;
/** Bytes of a process at which it is ended in the midst of a case, whatever it may grow by. */
const MOST_MEMORY = 3 * 2 ** 30;
/** Milliseconds between two looks at a child. */
const LOOK = 100;
/** Cases of a costly reader that one process does: what GDAL keeps of them is not for ever. */
const COSTLY_BATCH = 100;

/**
 * Tries a reader with cases, each in a process that is ended when a case takes too long or too much;
 * the cases after it go on in another.
 *
 * @param reader its name
 * @throws Error when the process cannot start, or does not read the sound files
 */
export async function fuzz(reader: string, options: FuzzOptions): Promise<FuzzReport> {
  const verdicts = new Map<number, Verdict>();
  let slowest = { number: options.from, milliseconds: 0 };
  let next = options.from;
  while (next < options.to) {
    const to = isCostly(reader) ? Math.min(options.to, next + COSTLY_BATCH) : options.to;
    const { done, slow } = await inOneProcess(reader, { ...options, from: next, to }, verdicts);
    if (slow.milliseconds > slowest.milliseconds) slowest = slow;
    next = done;
  }
  const all = [...verdicts.entries()];
  const count = (outcome: Verdict["outcome"]) =>
    all.filter(([, verdict]) => verdict.outcome === outcome).length;
  return {
    ...{ reader, seed: options.seed, cases: all.length, slowest },
    ...{ read: count("read"), refused: count("refused") },
    failures: all.flatMap(([number, { outcome, text }]) =>
      outcome === "failed" ? [{ number, text }] : [],
    ),
  };
}

/** Runs cases until all are done or one ends its process; `done` is the next that is to be run. */
async function inOneProcess(
  reader: string,
  options: FuzzOptions,
  verdicts: Map<number, Verdict>,
): Promise<{ readonly done: number; readonly slow: FuzzReport["slowest"] }> {
  const { seed, from, to, onCase } = options;
  const { mostMilliseconds = 10_000, mostGrowth = 2 ** 29 } = options;
  const sandbox = mkdtempSync(join(tmpdir(), "fuzz-"));
  const child = started({ reader, seed, from, to, sandbox, mostGrowth });
  let slow = { number: from, milliseconds: 0 };
  let isReady = false;
  let current: { readonly number: number; readonly since: number } | null = null;
  let done = from;
  let [complaint, said] = ["", ""];
  const since = Date.now();
  const end = (why: string) => {
    complaint ||= why;
    child.kill("SIGKILL");
  };
  const judge = (number: number, verdict: Verdict) => {
    verdicts.set(number, verdict);
    onCase?.(number, verdict);
    done = number + 1;
  };
  child.stderr?.on("data", (bytes: Buffer) => {
    said = (said + bytes.toString()).slice(-1500);
  });
  child.on("message", (message) => {
    const news = message as News;
    if (complaint !== "") return;
    if (news.news === "ready") isReady = true;
    else if (news.news === "begun") current = { number: news.number, since: Date.now() };
    else {
      const { number, verdict, milliseconds } = news;
      if (milliseconds > slow.milliseconds) slow = { number, milliseconds };
      judge(number, verdict);
      current = null;
      // What has grown once would be blamed on every case that follows.
      if (/^the process grew/.test(verdict.text)) child.kill("SIGKILL");
    }
  });
  const watch = setInterval(() => {
    if (!isReady && Date.now() - since > TO_START) end("did not start");
    if (current !== null && Date.now() - current.since > mostMilliseconds) {
      end(`hangs: not done in ${mostMilliseconds / 1000} s`);
    }
    if (memoryOf(child) > MOST_MEMORY) end(`takes more than ${MOST_MEMORY / 2 ** 30} GiB`);
  }, LOOK);
  try {
    const code = await new Promise<string>((resolve) => {
      child.once("close", (exit, signal) => resolve(String(exit ?? signal)));
    });
    const open = current as { readonly number: number } | null;
    if (open !== null) {
      judge(open.number, { outcome: "failed", text: complaint || `ended by ${code}: ${said}` });
    } else if (!isReady) throw new Error(`${reader}: no process (${code}) ${complaint} ${said}`);
  } finally {
    clearInterval(watch);
    rmSync(sandbox, { recursive: true, force: true });
  }
  return { done, slow };
}

function started(task: Task): ChildProcess {
  const tsx = pathToFileURL(createRequire(__filename).resolve("tsx")).href;
  return fork(join(__dirname, "child.ts"), [JSON.stringify(task)], {
    execArgv: ["--import", tsx, "--expose-gc", "--max-old-space-size=1024"],
    env: { ...process.env, NODE_OPTIONS: "" },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
}

/** Bytes that a process takes, where the system tells; 0 elsewhere. */
function memoryOf({ pid }: ChildProcess): number {
  try {
    return 4096 * Number(readFileSync(`/proc/${pid}/statm`, "latin1").split(" ")[1]);
  } catch {
    return 0;
  }
}
