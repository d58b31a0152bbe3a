import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { isDone, type PlannedJob, type WorkPlan } from "prospectivity";
import { InputError } from "../lib/src/errors";
import { storeFolder } from "../lib/src/method/variant-files";
import { fromCaller, refuseUsage, runCommand } from "./command";
import { progressLine } from "./progress-line";
import { stoppedExitCode, stopSignal } from "./stop-signal";
import { openJobDesk } from "./work/job-desk";

const root = resolve(__dirname, "..");

const usage = `npm run job -- [options] KEY...

Computes jobs of a plan (npm run plan), one after another, and leaves their results in the run store of the
plan's results folder; a job that is done is left alone. Any number of processes on any number of machines
that share the folder may each do some. Keys may be cut to their first eight letters or more.

  --plan FILE     the plan; results/plan.json without it
  --all           all jobs of the plan, in its order
  --threads N     threads that a training may use; those of PROSPECTIVITY_THREADS, or one, without it`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      plan: { type: "string" },
      all: { type: "boolean", default: false },
      threads: { type: "string", default: process.env.PROSPECTIVITY_THREADS ?? "1" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return console.log(usage);
  if (!/^[1-9]\d{0,3}$/.test(values.threads)) {
    refuse(`--threads ${values.threads}: expected a whole number from 1`);
  }
  if (!values.all && positionals.length === 0) refuse("expected keys of jobs, or --all");
  const plan = readPlan(fromCaller(values.plan ?? join(root, "results", "plan.json")));
  const jobs = values.all ? plan.jobs : positionals.map((key) => jobOf(plan, key));
  const store = storeFolder(plan.results);
  const left = jobs.filter(({ key }) => !isDone({ folder: store }, key));
  for (const { label } of jobs.filter((job) => !left.includes(job))) console.log(`${label}: done`);
  if (left.length === 0) return;
  process.env.PROSPECTIVITY_THREADS = values.threads;
  const signal = stopSignal((text) => console.log(text));
  const desk = await openJobDesk(root, signal);
  for (const job of left) {
    const started = Date.now();
    try {
      await desk.doJob(job, store, progressLine);
    } catch (error) {
      if (!signal.aborted) throw error;
      process.exitCode = stoppedExitCode;
      return;
    }
    console.log(`${job.label}: done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  }
}

/** @throws InputError when there is none, or something else */
function readPlan(path: string): WorkPlan {
  const refused = (found: string) =>
    new InputError({
      kind: "format",
      ...{ file: path, found, expected: "a plan of work" },
      remedy: "npm run plan writes one.",
    });
  if (!existsSync(path)) throw refused("no such file");
  let plan: WorkPlan;
  try {
    plan = JSON.parse(readFileSync(path, "utf8")) as WorkPlan;
  } catch (error) {
    throw refused(error instanceof Error ? error.message : String(error));
  }
  if (plan?.format === "prospectivity-plan/1" && Array.isArray(plan.jobs)) return plan;
  throw refused(`format ${JSON.stringify(plan?.format)}`);
}

function jobOf({ jobs }: WorkPlan, key: string): PlannedJob {
  const found = key.length < 8 ? [] : jobs.filter((job) => job.key.startsWith(key));
  if (found.length === 1) return found[0];
  refuse(`${key}: ${found.length === 0 ? "no job" : "several jobs"} of the plan`);
}

function refuse(why: string): never {
  return refuseUsage(why, usage);
}

runCommand(main);
