import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeResult, encodeResult } from "../../lib/src/runs/encode";

const root = join(__dirname, "../..");

/** A Snakemake at work. */
export interface Workflow {
  readonly process: ChildProcess;
  /** Its exit code, and all that it has printed. */
  readonly ended: Promise<{ readonly status: number | null; readonly told: string }>;
}

/** Runs the workflow on a plan, with one of its profiles and other settings of its Snakefile. */
export function runWorkflow(
  plan: string,
  profile: "slurm" | "workstation",
  environment: NodeJS.ProcessEnv,
  settings: { readonly [name: string]: string } = {},
): Workflow {
  const config = Object.entries({ plan, ...settings }).map(([name, value]) => `${name}=${value}`);
  const options = ["--profile", `workflow/profiles/${profile}`, "--nolock", "--config", ...config];
  const child = spawn("snakemake", options, {
    cwd: root,
    // With it Snakemake asks for the state of jobs each second instead of each ten.
    env: { ...environment, CI: "true" },
  });
  let told = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (told += text));
  const ended = new Promise<{ status: number | null; told: string }>((done) =>
    child.on("close", (status) => done({ status, told })),
  );
  return { process: child, ended };
}

/**
 * The bytes of all results of a store, by name, but for the seconds that they took; markers, which tell
 * of time and machine, are none.
 */
export function storedBytes(results: string): Map<string, string> {
  const store = join(results, ".runs");
  const files = readdirSync(store, { recursive: true, encoding: "utf8" }).sort();
  const whole = files.filter((name) => name.endsWith(".run"));
  return new Map(whole.map((name) => [name, bytesOf(readFileSync(join(store, name)))]));
}

function bytesOf(stored: Buffer): string {
  const result = decodeResult(stored);
  if (result === null) return "damaged";
  return Buffer.from(encodeResult({ ...result, seconds: 0 })).toString("base64");
}
