import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkPlan } from "../../lib/src/plan/types";
import { rasterToScore } from "../support/raster-to-score";
import { disturb } from "./disturb";
import { computeEmpty } from "./empty";
import { emptyPlan } from "./empty-plan";
import { missingForCluster } from "./packages";
import { type SlurmCluster, startCluster, until } from "./slurm-cluster";
import { runWorkflow, storedBytes } from "./workflow";

const root = join(__dirname, "../..");
const missing = missingForCluster();
if (missing !== null) console.warn(`Tests of the workflow on Slurm are passed over: ${missing}.`);

describe.skipIf(missing !== null)("the workflow on a cluster of two nodes", () => {
  const folder = mkdtempSync(join(tmpdir(), "workflow-"));
  let cluster: SlurmCluster;

  beforeAll(async () => {
    cluster = await startCluster(["n1", "n2"]);
  });

  afterAll(async () => {
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const groupsDone = (results: string) =>
    readdirSync(join(results, ".runs", "workflow", "groups")).sort();

  /** That nothing computes any more; a controller that was killed may tell of jobs that have ended since. */
  const expectRest = () =>
    until(() => cluster.jobs().flatMap(cluster.processesOf).length === 0, "the end of all work");

  it("leaves of jobs that wait what one process leaves, whatever is killed", async () => {
    const planFor = (name: string, jobSeconds: number) =>
      emptyPlan({
        ...{ results: join(folder, name), studies: 2, width: 6, jobSeconds, groupSeconds: 9 },
      });
    const [here, there] = [planFor("here", 0), planFor("there", 3)];
    await computeEmpty(
      here,
      here.jobs.map(({ key }) => key),
    );
    const path = join(folder, "empty.json");
    writeFileSync(path, JSON.stringify(there));
    const { ended } = runWorkflow(path, "slurm", cluster.environment, {
      node: "node --import tsx test/cluster/empty.ts",
    });
    await disturb(cluster);
    const { status, told } = await ended;
    expect(status, told).toBe(0);
    expect(told).toMatch(/Trying to restart job/);
    expect(storedBytes(there.results)).toEqual(storedBytes(here.results));
    expect(groupsDone(there.results)).toEqual(there.groups.map(({ name }) => name).sort());
    await expectRest();
  }, 240_000);

  it("leaves of a study what npm run study leaves, whatever is killed", async () => {
    // So many epochs that every share of the ablations is at work for some seconds.
    const study = ["--study", "golden-triangle", "--profile", "smoke", "--only", "03"];
    const asked = [...study, "--set", "epochs=150"];
    const [here, there] = ["study-here", "study-there"].map((name) => join(folder, name));
    const run = (script: string, ...options: string[]) =>
      promisify(execFile)(
        process.execPath,
        ["--import", "tsx", join("scripts", script), ...asked, ...options],
        { cwd: root },
      );
    const alone = run("study.ts", "--out", here);
    // Awaited below; until then nobody hears of its failure.
    alone.catch(() => undefined);
    await run("plan.ts", "--out", there, "--longest", "10", "--group", "12");
    const plan: WorkPlan = JSON.parse(readFileSync(join(there, "plan.json"), "utf8"));
    expect(plan.groups.length).toBeGreaterThanOrEqual(5);

    const { ended } = runWorkflow(join(there, "plan.json"), "slurm", cluster.environment);
    await disturb(cluster);
    const { status, told } = await ended;
    expect(status, told).toBe(0);
    await alone;
    expect(groupsDone(there)).toEqual(plan.groups.map(({ name }) => name).sort());
    const results = storedBytes(there);
    // The evidence, and networks with each of eight layers left out and with none, of two seeds.
    expect(results.size).toBe(19);
    expect(results).toEqual(storedBytes(here));
    const metricsOf = (place: string) =>
      readFileSync(join(place, "golden-triangle", "metrics.json"), "utf8");
    expect(metricsOf(there)).toBe(metricsOf(here));
    // What the report says to have used comes from the store: no notebook trained anything.
    const notebook = readFileSync(
      join(there, "golden-triangle/notebooks/03-channel-ablation.ipynb"),
      "utf8",
    );
    expect(notebook).not.toContain("epoch 1/150");
    expect(readdirSync(there, { recursive: true, encoding: "utf8" })).not.toContainEqual(
      expect.stringMatching(/\.(part|begun)$/),
    );
  }, 480_000);

  it("leaves of a raster's tiles the map that npm run score writes, whatever is killed", async () => {
    const results = join(folder, "raster");
    const { path, study, data } = rasterToScore(folder, results, [1500, 1500]);
    const [here, there] = ["here.tif", "there.tif"].map((name) => join(folder, name));
    const asked = [path, "--study", study, "--stride", "1", "--results", results];
    const environment = { ...cluster.environment, PROSPECTIVITY_DATA: data };
    const run = (script: string, ...options: string[]) =>
      promisify(execFile)(
        process.execPath,
        ["--import", "tsx", join("scripts", script), ...options],
        {
          ...{ cwd: root, env: environment },
        },
      );
    await run("score.ts", ...asked, "--out", here);
    const planPath = join(results, "plan.json");
    const tiles = ["--tiles", "12", "--out", there, "--plan", planPath, "--group", "3"];
    await run("plan.ts", "--score", ...asked, ...tiles);
    const { groups }: WorkPlan = JSON.parse(readFileSync(planPath, "utf8"));
    // Each tile by itself, and what joins them.
    expect(groups.length).toBe(13);

    const { ended } = runWorkflow(planPath, "slurm", environment);
    await disturb(cluster);
    const { status, told } = await ended;
    expect(status, told).toBe(0);
    expect(told).toMatch(/Trying to restart job/);
    expect(groupsDone(results)).toEqual(groups.map(({ name }) => name).sort());
    expect(readFileSync(there).equals(readFileSync(here))).toBe(true);
    await expectRest();
  }, 480_000);
});
