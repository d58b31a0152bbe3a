import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";

/** A job as `squeue` tells it. */
export interface QueuedJob {
  readonly id: string;
  readonly state: string;
  /** The node that it runs on; empty while it waits. */
  readonly node: string;
}

/** A Slurm cluster of this machine alone, with a controller and nodes that can be killed. */
export interface SlurmCluster {
  readonly folder: string;
  /** What a process needs to speak to it. */
  readonly environment: NodeJS.ProcessEnv;
  readonly nodes: readonly string[];
  jobs(): QueuedJob[];
  /** Ids of the processes of a job's script and below. */
  processesOf(job: QueuedJob): number[];
  killController(): void;
  startController(): void;
  /** As when a machine loses its power: the node's daemon and all that it runs. */
  killNode(name: string): void;
  startNode(name: string): void;
  /** As an administrator does: gives nodes back that Slurm has taken out of use. */
  resumeNodes(): void;
  /** Ends everything, and takes the folder away. */
  stop(): Promise<void>;
}

/** Starts munge's daemon, Slurm's controller and nodes of two cores; needs root and the packages. */
export async function startCluster(nodes: readonly string[]): Promise<SlurmCluster> {
  const folder = mkdtempSync(join(tmpdir(), "slurm-"));
  mkdirSync(join(folder, "munge"));
  writeFileSync(join(folder, "munge", "key"), randomBytes(128), { mode: 0o400 });
  const config = join(folder, "slurm.conf");
  writeFileSync(config, configuration(folder, nodes, await freePorts(nodes.length + 1)));
  // By the configuration's path all that belongs to this cluster is told from any other.
  const environment = { ...process.env, SLURM_CONF: config };
  const daemons = new Map<string, ChildProcess>();
  const start = (name: string, command: string, options: readonly string[]) => {
    const log = openSync(join(folder, `${name}.log`), "a");
    const child = spawn(command, options, { env: environment, stdio: ["ignore", log, log] });
    daemons.set(name, child);
  };
  const kill = (name: string) => daemons.get(name)?.kill("SIGKILL");
  const munge = ["key-file=key", "socket=socket", "pid-file=pid", "log-file=log", "seed-file=seed"];
  const mungeFiles = munge.map(
    (option) => `--${option.replace("=", `=${join(folder, "munge")}/`)}`,
  );
  const ours = (pid: number) => environmentOf(pid).includes(`SLURM_CONF=${config}`);
  const startNode = (name: string) => start(name, "slurmd", ["-D", "-N", name, "-f", config]);
  const startController = () => start("controller", "slurmctld", ["-D", "-f", config]);

  const slurm = (command: string, ...options: string[]) =>
    execFileSync(command, options, { env: environment, encoding: "utf8" });
  const processes = (variable: string) =>
    processIds().filter((pid) => ours(pid) && environmentOf(pid).includes(variable));

  start("munge", "munged", ["--foreground", "--force", ...mungeFiles]);
  await until(() => readdirSync(join(folder, "munge")).includes("socket"), "munge's socket");
  startController();
  nodes.forEach(startNode);
  const areIdle = () => {
    try {
      return (
        slurm("sinfo", "--noheader", "--Node", "--format=%T").match(/idle/g)?.length ===
        nodes.length
      );
    } catch {
      return false;
    }
  };
  await until(areIdle, "nodes that are idle");
  return {
    ...{ folder, environment, nodes, startController, startNode },
    jobs: () =>
      slurm("squeue", "--noheader", "--format=%A %T %N")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => line.split(" "))
        .map(([id, state, node]) => ({ id, state, node })),
    processesOf: ({ id }) => processes(`SLURM_JOB_ID=${id}`),
    killController: () => kill("controller"),
    resumeNodes: () => {
      const drained = slurm("sinfo", "--noheader", "--Node", "--format=%N %T")
        .split("\n")
        .filter((line) => line.includes("drain"))
        .map((line) => line.split(" ")[0]);
      for (const node of drained) slurm("scontrol", "update", `nodename=${node}`, "state=resume");
    },
    killNode: (name) => {
      kill(name);
      const ofJobs = processes(`SLURMD_NODENAME=${name}`);
      // A job's script is the child of the daemon's process for this job, which knows no node.
      const keepers = ofJobs.map(parentOf).filter(ours);
      for (const pid of [...keepers, ...ofJobs]) end(pid);
    },
    stop: async () => {
      for (const name of ["controller", ...nodes, "munge"]) kill(name);
      for (const pid of processIds().filter(ours)) end(pid);
      await until(() => !processIds().some(ours), "the end of all processes");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configuration(folder: string, nodes: readonly string[], ports: readonly number[]): string {
  const host = hostname().split(".")[0];
  const [controller, ...others] = ports;
  const lines = {
    ...{ ClusterName: "test", SlurmctldHost: `${host}(127.0.0.1)`, SlurmctldPort: controller },
    ...{ SlurmUser: "root", SlurmdUser: "root", AuthType: "auth/munge" },
    ...{ AuthInfo: `socket=${folder}/munge/socket,cred_expire=5`, CredType: "cred/munge" },
    ...{ StateSaveLocation: `${folder}/state`, SlurmdSpoolDir: `${folder}/%n` },
    ...{ SlurmctldPidFile: `${folder}/controller.pid`, SlurmdPidFile: `${folder}/%n.pid` },
    ...{ ProctrackType: "proctrack/linuxproc", TaskPlugin: "task/none", MpiDefault: "none" },
    ...{ JobAcctGatherType: "jobacct_gather/none", SwitchType: "switch/none" },
    ...{ SelectType: "select/cons_tres", SelectTypeParameters: "CR_CPU_Memory" },
    // The nodes are what the lines below say, whatever this machine is.
    SlurmdParameters: "config_overrides",
    // Soon found dead, soon back; a job waits for cred_expire before it is given to another node.
    ...{ SlurmdTimeout: 5, SlurmctldTimeout: 5, MessageTimeout: 5, ReturnToService: 2 },
    SchedulerParameters: "sched_interval=1,batch_sched_delay=0",
  };
  const told = Object.entries(lines).map(([name, value]) => `${name}=${value}`);
  const placed = nodes.map(
    (name, at) =>
      `NodeName=${name} NodeHostname=${host} NodeAddr=127.0.0.1 Port=${others[at]} CPUs=2 RealMemory=8000`,
  );
  mkdirSync(join(folder, "state"));
  for (const name of nodes) mkdirSync(join(folder, name));
  return [...told, ...placed, "PartitionName=main Nodes=ALL Default=YES State=UP", ""].join("\n");
}

/** Ports that nobody listens to. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports: number[] = [];
  for (const server of servers) {
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const address = server.address();
    if (address !== null && typeof address === "object") ports.push(address.port);
  }
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}

/** Waits until something holds. */
export async function until(holds: () => boolean, what: string, seconds = 60): Promise<void> {
  for (const last = Date.now() + seconds * 1000; !holds(); ) {
    if (Date.now() > last) throw new Error(`waited ${seconds} s in vain for ${what}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

function processIds(): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 1 && pid !== process.pid);
}

/** The variables that a process began with; none of one that has ended. */
function environmentOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  } catch {
    return [];
  }
}

/** The process that started a process; 0 of one that has ended. */
function parentOf(pid: number): number {
  try {
    // After the name, which may hold anything, in brackets: state and parent.
    return Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[1]);
  } catch {
    return 0;
  }
}

/** Kills a process, if it is there. */
export function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
