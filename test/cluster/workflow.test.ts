import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { computeEmpty } from "./empty";
import { type EmptyPlan, emptyPlan } from "./empty-plan";
import { missingForCluster } from "./packages";
import { type SlurmCluster, startCluster, until } from "./slurm-cluster";
import { runWorkflow, storedBytes } from "./workflow";

const missing = missingForCluster();
if (missing !== null) console.warn(`Tests of the workflow on Slurm are passed over: ${missing}.`);

describe.skipIf(missing !== null)("the workflow on a cluster of two nodes, with empty jobs", () => {
  const folder = mkdtempSync(join(tmpdir(), "workflow-"));
  const settings = { node: "node --import tsx test/cluster/empty.ts" };
  let cluster: SlurmCluster;
  let expected: Map<string, string>;

  const planFor = (name: string, jobSeconds: number): [string, EmptyPlan] => {
    const results = join(folder, name);
    const plan = emptyPlan({ results, studies: 2, width: 6, jobSeconds, groupSeconds: 3 });
    const path = join(folder, `${name}.json`);
    writeFileSync(path, JSON.stringify(plan));
    return [path, plan];
  };

  beforeAll(async () => {
    cluster = await startCluster(["n1", "n2"]);
    const [, plan] = planFor("here", 0);
    await computeEmpty(
      plan,
      plan.jobs.map(({ key }) => key),
    );
    expected = storedBytes(plan.results);
  }, 120_000);

  afterAll(async () => {
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it("leaves what one process leaves, though a job, a node and the controller are killed", async () => {
    const [path, plan] = planFor("there", 1);
    expect(plan.groups.length).toBeGreaterThanOrEqual(9);
    const { ended } = runWorkflow(path, "slurm", cluster.environment, settings);
    const running = () => cluster.jobs().filter(({ state }) => state === "RUNNING");

    // A job: its process ends in the middle of its work.
    await until(() => running().some((job) => commandsOf(job).length > 0), "a job at work");
    const [victim] = running().flatMap(commandsOf);
    process.kill(victim, "SIGKILL");

    // The controller, while jobs run; they end while it is away.
    await until(() => running().length >= 2, "two jobs at work");
    cluster.killController();
    await new Promise((done) => setTimeout(done, 4_000));
    cluster.startController();

    // A node with all that it runs; it comes back after its jobs have been given to another.
    await until(() => running().some(({ node }) => node === "n2"), "a job on node n2");
    cluster.killNode("n2");
    await until(() => !running().some(({ node }) => node === "n2"), "node n2 found dead");
    cluster.startNode("n2");

    const { status, told } = await ended;
    expect(status, told).toBe(0);
    expect(storedBytes(plan.results)).toEqual(expected);
    expect(readdirSync(join(plan.results, ".workflow", "groups")).sort()).toEqual(
      plan.groups.map(({ name }) => name).sort(),
    );
    expect(told).toMatch(/Trying to restart job/);
    expect(cluster.jobs()).toEqual([]);

    function commandsOf(job: { id: string; state: string; node: string }): number[] {
      return cluster.processesOf(job).filter((pid) => commandOf(pid).includes("empty.ts"));
    }
  }, 240_000);
});

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
