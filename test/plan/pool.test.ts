import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { applyMethod } from "../../lib/src/method/apply";
import { readMethod } from "../../lib/src/method/read-method";
import { isDone } from "../../lib/src/plan/done-jobs";
import { studyPlan } from "../../lib/src/plan/study-plan";
import type { PlannedJob } from "../../lib/src/plan/types";
import type { RunContext } from "../../lib/src/runs/context";
import { studySteps } from "../../lib/src/steps/flow";
import { loadStudy } from "../../lib/src/study/load";
import { doJobs } from "../../scripts/work/pool";
import { slotsOf } from "../../scripts/work/slots";
import { smallDistrict } from "../support/small-district";

const folder = mkdtempSync(join(tmpdir(), "pool-"));
const made = smallDistrict();
const before = process.env.PROSPECTIVITY_DATA;

beforeAll(() => {
  cpSync(made, join(folder, "data", "small"), { recursive: true });
  process.env.PROSPECTIVITY_DATA = join(folder, "data");
});
afterAll(() => {
  if (before === undefined) delete process.env.PROSPECTIVITY_DATA;
  else process.env.PROSPECTIVITY_DATA = before;
  for (const path of [folder, made]) rmSync(path, { recursive: true });
});

/** Evidence, an auto-encoder of so many epochs, its classifier, and twice two trainings of one epoch. */
async function plan(epochs: number): Promise<PlannedJob[]> {
  const file = readMethod(join(__dirname, "../../notebooks/method.json"));
  const { method } = applyMethod(file, { notebook: { coarsening: 1, repeats: 2, epochs } });
  const study = await loadStudy(join(folder, "data", "small"));
  const steps = studySteps({ study, run: {} as RunContext, method, file });
  return studyPlan({
    ...{ study, place: { folder: "small" }, steps, method, code: "any", longest: 1e9 },
    wanted: [
      { step: "classifier", changes: {} },
      { step: "reliability", changes: { epochs: 1 } },
    ],
  });
}

const options = (store: string, signal: AbortSignal) => ({
  ...{ store, processes: 1, signal, slots: slotsOf(1) },
  urgency: () => 0,
});

/** The processes that this one has started to do jobs, as Linux lists them. */
function workers(): number[] {
  const textOf = (pid: string, name: string) => {
    try {
      return readFileSync(`/proc/${pid}/${name}`, "utf8");
    } catch {
      return ""; // It has ended meanwhile.
    }
  };
  return readdirSync("/proc")
    .filter((pid) => textOf(pid, "status").includes(`\nPPid:\t${process.pid}\n`))
    .filter((pid) => textOf(pid, "cmdline").includes("work/worker.ts"))
    .map(Number);
}

const onLinux = it.skipIf(!existsSync("/proc/self/status"));

onLinux(
  "a process that dies fails its job and those that need it; another does the others",
  async () => {
    const jobs = await plan(100_000);
    expect(jobs.map(({ kind }) => kind)).toEqual([
      ...["evidence", "autoencoder", "classifier", "reliability"],
    ]);
    const store = join(folder, "killed");
    const ended: string[] = [];
    const { signal } = new AbortController();
    const outcome = await doJobs(jobs, {
      ...options(store, signal),
      onEnd: ({ kind }) => void ended.push(kind),
      onProgress({ doing: [now = ""] }) {
        if (!/^autoencoder .*epoch/.test(now)) return;
        for (const pid of workers()) process.kill(pid, "SIGKILL");
      },
    });
    expect(outcome).toMatchObject({ done: 2, left: 1 });
    expect(outcome.failed.map(({ job, message }) => [job.kind, message])).toEqual([
      ["autoencoder", "its process ended (SIGKILL)"],
    ]);
    // What waits for a job hears of its end, whichever it was.
    expect(ended.sort()).toEqual(["autoencoder", "classifier", "evidence", "reliability"]);
    expect(
      jobs.filter(({ key }) => isDone({ folder: store }, key)).map(({ kind }) => kind),
    ).toEqual([...["evidence", "reliability"]]);
  },
);

onLinux("a stop ends a training within moments, and leaves no process", async () => {
  const jobs = await plan(100_000);
  const stop = new AbortController();
  const outcome = await doJobs(jobs, {
    ...options(join(folder, "stopped"), stop.signal),
    onEnd: () => undefined,
    onProgress({ doing: [now = ""] }) {
      if (/^autoencoder .*epoch/.test(now)) stop.abort();
    },
  });
  expect(outcome.failed).toEqual([]);
  await expect.poll(workers).toEqual([]);
});
