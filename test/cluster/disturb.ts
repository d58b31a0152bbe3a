import { readFileSync } from "node:fs";
import { end, type SlurmCluster, until } from "./slurm-cluster";

/**
 * Kills a job at work, then a node with all that it runs, then the controller, and starts the last two
 * again. Something has to be at work all the while.
 */
export async function disturb(cluster: SlurmCluster): Promise<void> {
  const running = () => cluster.jobs().filter(({ state }) => state === "RUNNING");
  const atWork = (node?: string) =>
    running()
      .filter((job) => node === undefined || job.node === node)
      .flatMap((job) => cluster.processesOf(job))
      .filter(isAtWork);

  await until(() => atWork().length > 0, "a job at work");
  const killed = running().filter((job) => cluster.processesOf(job).some(isAtWork));
  for (const pid of killed.flatMap((job) => cluster.processesOf(job)).filter(isAtWork)) end(pid);
  // Before a node dies, or Slurm would lay the end of its jobs to that.
  const areOver = () => !running().some(({ id }) => killed.some((job) => job.id === id));
  await until(areOver, "the end of the jobs that were killed");

  await until(() => atWork("n2").length > 0, "a job at work on node n2");
  cluster.killNode("n2");
  await until(() => atWork("n2").length === 0, "the end of what ran on node n2", 3);
  await until(() => !running().some(({ node }) => node === "n2"), "node n2 found dead");
  cluster.startNode("n2");

  // Slurm writes what it knows down each five seconds. Ten are long enough for jobs to end meanwhile.
  await until(() => running().length > 0, "a job that runs again");
  await seconds(8);
  cluster.killController();
  await seconds(10);
  cluster.startController();
  // What the controller gave to nodes in its last seconds it gives to them once more; then it drains them.
  await seconds(10);
  cluster.resumeNodes();
}

const seconds = (count: number) => new Promise((done) => setTimeout(done, 1000 * count));

/** Whether a process computes a plan's jobs. */
const isAtWork = (pid: number) => commandOf(pid).includes("scripts/job.ts");

/** The command line of a process; nothing of one that has ended. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
