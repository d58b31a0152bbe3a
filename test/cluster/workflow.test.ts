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
    const plan = emptyPlan({ results, studies: 2, width: 6, jobSeconds, groupSeconds: 9 });
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
    const [path, plan] = planFor("there", 3);
    expect(plan.groups.length).toBeGreaterThanOrEqual(9);
    const { ended } = runWorkflow(path, "slurm", cluster.environment, settings);
    const running = () => cluster.jobs().filter(({ state }) => state === "RUNNING");
    const atWork = (node?: string) =>
      running()
        .filter((job) => node === undefined || job.node === node)
        .flatMap((job) => cluster.processesOf(job))
        .filter((pid) => commandOf(pid).includes("empty.ts"));

    // A job: its process ends in the middle of its work.
    await until(() => atWork().length > 0, "a job at work");
    process.kill(atWork()[0], "SIGKILL");

    // The controller, for ten seconds, in which jobs end. Slurm writes what it knows down each five
    // seconds, and gives the number of a job that it forgot to another: then it drains the node.
    await until(() => running().length >= 3, "three jobs at work");
    await seconds(5.5);
    cluster.killController();
    await seconds(10);
    cluster.startController();

    // A node with all that it runs; it comes back once it was found dead.
    await until(() => atWork("n2").length > 0, "a job at work on node n2");
    cluster.killNode("n2");
    expect(atWork("n2")).toEqual([]);
    await until(() => !running().some(({ node }) => node === "n2"), "node n2 found dead");
    cluster.startNode("n2");

    const { status, told } = await ended;
    expect(status, told).toBe(0);
    expect(storedBytes(plan.results)).toEqual(expected);
    expect(readdirSync(join(plan.results, ".runs", "workflow", "groups")).sort()).toEqual(
      plan.groups.map(({ name }) => name).sort(),
    );
    expect(told).toMatch(/Trying to restart job/);
    expect(cluster.jobs()).toEqual([]);
  }, 240_000);
});

const seconds = (count: number) => new Promise((done) => setTimeout(done, 1000 * count));

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
