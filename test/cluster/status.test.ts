import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const status = join(__dirname, "../../workflow/profiles/slurm/status.sh");

interface Told {
  /** What scontrol prints, and whether it fails with it. */
  readonly scontrol: string;
  readonly fails?: boolean;
  /** What the accounting knows. */
  readonly sacct?: string;
}

/** What status.sh makes of a Slurm that says so, and what it took back. */
function statusOf({ scontrol, fails = false, sacct = "" }: Told) {
  const folder = mkdtempSync(join(tmpdir(), "status-"));
  const taken = join(folder, "taken");
  const command = (name: string, script: string) => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  command("scontrol", `echo "${scontrol}"; exit ${fails ? 1 : 0}`);
  command("sacct", `echo "${sacct}"`);
  command("scancel", `echo "$@" > ${taken}`);
  const PATH = `${folder}:${process.env.PATH}`;
  const run = spawnSync("sh", [status, "42"], { env: { PATH }, encoding: "utf8" });
  const back = existsSync(taken) ? readFileSync(taken, "utf8").trim() : null;
  return [run.stdout.trim(), back];
}

// As Slurm 22.05 prints them.
const state = (words: string) => `JobId=42 JobName=group Priority=0 JobState=${words} Requeue=1`;
const unknown = "slurm_load_jobs error: Invalid job id specified";
const silent = "slurm_load_jobs error: Unable to contact slurm controller (connect failure)";

describe.skipIf(process.platform === "win32")("the status of a job of Slurm", () => {
  it.each<[string, Told, string, string | null]>([
    ["that waits", { scontrol: state("PENDING Reason=Priority") }, "running", null],
    ["that runs", { scontrol: state("RUNNING Reason=None") }, "running", null],
    ["that is done", { scontrol: state("COMPLETED Reason=None") }, "success", null],
    ["that failed", { scontrol: state("FAILED Reason=NonZeroExitCode") }, "failed", null],
    ["that took too long", { scontrol: state("TIMEOUT Reason=TimeLimit") }, "failed", null],
    [
      "that is held since no node could begin it",
      { scontrol: state("PENDING Reason=launch_failed_requeued_held") },
      "failed",
      "42",
    ],
    [
      "that only the accounting knows",
      { scontrol: unknown, fails: true, sacct: "COMPLETED" },
      "success",
      null,
    ],
    ["that nobody knows", { scontrol: unknown, fails: true }, "failed", null],
    ["of a controller that does not answer", { scontrol: silent, fails: true }, "running", null],
  ])("%s", (_, told, said, takenBack) => {
    expect(statusOf(told)).toEqual([said, takenBack]);
  });
});
