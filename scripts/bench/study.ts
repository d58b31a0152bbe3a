import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "../../lib/src/errors";
import { writeWhole } from "../../lib/src/files";
import { pairedTable, type TimedPair } from "./study-table";

/** Which study is timed, against what. */
export interface StudyBench {
  readonly root: string;
  readonly study: string;
  readonly profile: "paper" | "smoke";
  /** A commit, branch or tag to run beside this checkout. */
  readonly against: string;
  /** Numbers of notebooks; all that both have when absent. */
  readonly only?: readonly string[];
  /** Where the record is kept. */
  readonly results: string;
  readonly signal: AbortSignal;
}

/**
 * Runs a study in this checkout and in one of another commit, notebook by notebook, now the one first
 * and now the other, so that both meet the machine in the same state; and keeps the seconds of each
 * notebook as pairs in bench-study.json and, as a table, bench-study.md, from the first pair on. Each
 * side has results of its own, so that every training is computed on both.
 *
 * @throws InputError for a commit or notebooks that there are none of
 * @throws Error where a side cannot be set up or a notebook fails there
 */
export async function timeStudy(bench: StudyBench): Promise<void> {
  const { root, study, profile, signal, results } = bench;
  const commits = { here: commitOf(root, "HEAD"), there: commitOf(root, bench.against) };
  const isClean = git(root, "status", "--porcelain") === "";
  const folder = mkdtempSync(join(tmpdir(), "bench-study-"));
  const checkout = join(folder, "checkout");
  try {
    console.log(`Setting up ${bench.against} (${commits.there.slice(0, 10)}) in ${checkout}`);
    git(root, "worktree", "add", "--detach", checkout, commits.there);
    takePackages(root, checkout);
    await run(checkout, signal, [join("scripts", "setup.mjs")]);
    const sides = {
      here: { root, out: join(folder, "here") },
      there: { root: checkout, out: join(folder, "there") },
    };
    const pairs: TimedPair[] = [];
    for (const [at, id] of chosen(bench, checkout).entries()) {
      const pair = { here: 0, there: 0 };
      const order = at % 2 === 0 ? (["here", "there"] as const) : (["there", "here"] as const);
      const load = loadavg()[0];
      for (const side of order) {
        if (signal.aborted) return;
        pair[side] = await secondsOf(sides[side], { study, profile, id, signal });
      }
      pairs.push({ notebook: id, ...pair, load });
      keep(results, { study, profile, commits, isClean, pairs });
    }
    console.log(`\n${pairedTable(pairs)}\n\nWritten: ${join(results, "bench-study.json")}, .md`);
  } finally {
    if (existsSync(checkout)) git(root, "worktree", "remove", "--force", checkout);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seconds that a notebook took by the runner's own record, in a process of its own. */
async function secondsOf(
  { root, out }: { readonly root: string; readonly out: string },
  {
    study,
    profile,
    id,
    signal,
  }: Pick<StudyBench, "study" | "profile" | "signal"> & { readonly id: string },
): Promise<number> {
  const options = ["--study", study, "--profile", profile, "--only", id.slice(0, 2), "--out", out];
  await run(root, signal, ["--import", "tsx", join("scripts", "study.ts"), ...options]);
  const record = JSON.parse(readFileSync(join(out, study, "run.json"), "utf8")) as {
    readonly durations?: { readonly [notebook: string]: { readonly seconds: number } };
  };
  const seconds = record.durations?.[id]?.seconds;
  if (seconds === undefined) throw new Error(`${root} left no duration of ${id} in run.json`);
  return seconds;
}

/** Notebooks that both sides have, by name, or those of them that are asked for. */
function chosen({ root, only }: StudyBench, checkout: string): string[] {
  const notebooksOf = (side: string) =>
    readdirSync(join(side, "notebooks")).filter((name) => name.endsWith(".ipynb"));
  const theirs = new Set(notebooksOf(checkout));
  const both = notebooksOf(root)
    .filter((name) => theirs.has(name))
    .map((name) => name.replace(/\.ipynb$/, ""))
    .sort();
  const unknown = only?.find((number) => !both.some((id) => id.startsWith(`${number}-`)));
  if (unknown !== undefined) {
    throw new InputError({
      ...{ kind: "parameter", field: "--only", found: unknown },
      expected: `numbers of notebooks that both commits have: ${both.join(", ")}`,
    });
  }
  return both.filter((id) => only === undefined || only.includes(id.slice(0, 2)));
}

/** Packages of this checkout serve the other where both want the same, which its set-up sees. */
function takePackages(root: string, checkout: string): void {
  const lock = (side: string) => readFileSync(join(side, "package-lock.json"), "utf8");
  if (lock(root) !== lock(checkout)) return;
  for (const name of ["node_modules", join(".setup", "packages")])
    cpSync(join(root, name), join(checkout, name), { recursive: true, verbatimSymlinks: true });
}

function commitOf(root: string, name: string): string {
  try {
    return git(root, "rev-parse", "--verify", "--quiet", `${name}^{commit}`);
  } catch {
    throw new InputError({
      ...{ kind: "parameter", field: "--against", found: name },
      expected: "a commit, branch or tag of this repository",
      remedy: "git log --oneline lists commits.",
    });
  }
}

function git(root: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync("git", args, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
  return stdout.trim();
}

/** Runs Node in a checkout, and waits until it has ended; a stop reaches it by the terminal or by us. */
function run(cwd: string, signal: AbortSignal, args: readonly string[]): Promise<void> {
  const { INIT_CWD: _, ...env } = process.env;
  const child = spawn(process.execPath, args, {
    cwd,
    env,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const stop = () => child.kill("SIGINT");
  signal.addEventListener("abort", stop);
  return new Promise<void>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => {
      if (code === 0 || signal.aborted) resolve();
      else reject(new Error(`${args.join(" ")} in ${cwd} ended with ${code}`));
    });
  }).finally(() => signal.removeEventListener("abort", stop));
}

function keep(
  results: string,
  measured: Pick<StudyBench, "study" | "profile"> & {
    readonly commits: { readonly here: string; readonly there: string };
    readonly isClean: boolean;
    readonly pairs: readonly TimedPair[];
  },
): void {
  const { commits, isClean, study, profile, pairs } = measured;
  const machine = {
    ...{ processor: cpus()[0].model, cores: availableParallelism(), node: process.version },
  };
  const record = { machine, ended: new Date().toISOString(), ...measured };
  writeWhole(join(results, "bench-study.json"), `${JSON.stringify(record, null, 2)}\n`);
  const edited = isClean ? "" : " with what is not committed";
  const head = `${study}, profile ${profile}: this checkout (${commits.here.slice(0, 10)}${edited}) beside ${commits.there.slice(0, 10)}; ${machine.processor}, ${machine.cores} cores, Node ${machine.node}`;
  writeWhole(join(results, "bench-study.md"), `${head}\n\n${pairedTable(pairs)}\n`);
}
