import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { smallDistrict } from "../support/small-district";

const root = join(__dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "commands-"));
const made = smallDistrict();
cpSync(made, join(folder, "data", "small"), { recursive: true });
afterAll(() => {
  for (const path of [folder, made]) rmSync(path, { recursive: true });
});

const results = join(folder, "results");
const plan = join(folder, "plan.json");

function command(name: "plan" | "job" | "study", ...options: string[]) {
  const tsx = join(root, "node_modules/tsx/dist/cli.mjs");
  const run = spawnSync(process.execPath, [tsx, join(root, "scripts", `${name}.ts`), ...options], {
    cwd: root,
    env: { ...process.env, PROSPECTIVITY_DATA: join(folder, "data") },
    encoding: "utf8",
  });
  return { status: run.status, said: `${run.stdout}${run.stderr}` };
}

const flags = ["--study", "small", "--profile", "smoke", "--only", "02", "--out", results];

describe("npm run plan, job and study", () => {
  it("a study whose jobs were done finds every training in the store", () => {
    const planned = command("plan", ...flags, "--longest", "1", "--plan", plan);
    expect(planned.status, planned.said).toBe(0);
    const { jobs } = JSON.parse(readFileSync(plan, "utf8")) as {
      readonly jobs: readonly { readonly key: string; readonly label: string }[];
    };
    // Those that the notebook asks for, as notebooks/method.json names them.
    const kinds = ["evidence", "autoencoder", "errorsByPatchSize", "stability", "reliability"];
    for (const kind of [...kinds, "scaling"]) {
      expect(jobs.map(({ label }) => label)).toContain(`${kind} of small`);
    }
    const first = command("job", "--plan", plan, jobs[0].key.slice(0, 10));
    expect(first.said).toMatch(/^evidence of small: done in [\d.]+ s$/m);
    const rest = command("job", "--plan", plan, "--all");
    expect(rest.status, rest.said).toBe(0);
    expect(rest.said).toContain("evidence of small: done\n");
    expect(readdirSync(join(results, ".runs", "jobs")).sort()).toEqual(
      jobs.map(({ key }) => `${key}.json`).sort(),
    );
    const study = command("study", ...flags);
    expect(study.status, study.said).toBe(0);
    expect(study.said).not.toContain("jobs computed");
    const { notebooks } = JSON.parse(readFileSync(join(results, "small", "run.json"), "utf8"));
    const { trials } = notebooks["02-cae-variants"];
    expect(trials.length).toBeGreaterThan(5);
    const trained = trials.filter(({ fromStore }: { fromStore: boolean }) => !fromStore);
    // Its exercise trains one of two epochs, which is not worth planning.
    expect(trained.map(({ label }: { label: string }) => label)).toEqual([
      "outputActivation linear",
    ]);
  });

  it("refuse what they cannot take, with what to do", () => {
    expect(command("job", "--plan", plan, "0000000000").said).toContain("no job of the plan");
    expect(command("job").said).toContain("expected keys of jobs, or --all");
    const missing = command("job", "--plan", join(folder, "none.json"), "--all");
    expect([missing.status, missing.said]).toEqual([
      1,
      expect.stringMatching(/none\.json: found no such file.*npm run plan writes one\./),
    ]);
    expect(command("plan", "--longest", "0").said).toContain("expected a whole number from 1");
    expect(command("job", "--all", "--threads", "many").said).toContain(
      "--threads many: expected a whole number from 1",
    );
    const misspelt = command("plan", "--sorvey", "3");
    expect([misspelt.status, misspelt.said]).toEqual([
      2,
      expect.stringMatching(/^Unknown option '--sorvey'.*\n\n--help lists what it takes\.\n$/),
    ]);
    expect(command("plan", "--methods").said).toContain("expected --survey N beside it");
  });
});
