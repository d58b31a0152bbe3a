import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { markDone } from "../../lib/src/plan/done-jobs";
import { storedRun } from "../../lib/src/runs/store";
import { type EmptyPlan, emptyPlan } from "../../test/cluster/empty-plan";
import { type SlurmCluster, startCluster, until } from "../../test/cluster/slurm-cluster";
import { type Measured, RUN, type Timing } from "./measured";

const root = join(__dirname, "../..");

/** Plans whose handling is timed: of 11, 1,020 and 10,020 groups. */
const SIZES = [
  { studies: 1, width: 5 },
  { studies: 20, width: 25 },
  { studies: 20, width: 250 },
];
/** Results that are really written. */
const WRITTEN = 10_000;

/**
 * Times what a group of jobs costs beside its work, with jobs that do nothing, on a Slurm cluster of this
 * machine. Needs root, Slurm, munge and Snakemake (Debian: slurm-wlm, munge, snakemake).
 *
 * @param say told of each number
 */
export async function measure(say: (text: string) => void): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), "scaling-"));
  const [load] = loadavg();
  let cluster: SlurmCluster | null = null;
  try {
    const told = <T>(what: string, found: T): T => {
      say(`${what}: ${JSON.stringify(found)}`);
      return found;
    };
    const plans = SIZES.map((size) => planOf(folder, size));
    const graph = told(
      "graph",
      plans.map(({ groups, plan }) => ({
        groups,
        ...timed(`snakemake ${snakemake(plan, "workstation")} --dry-run --quiet`),
      })),
    );
    const nodeSnakemake = told(
      "a group's own Snakemake",
      plans.map(({ groups, plan }) => ({ groups, ...timed(groupCommand(plan)) })),
    );
    const desk = told(
      "Node, library and study",
      timed("node --import tsx scripts/scaling/open-desk.ts"),
    );
    const write = told("results a second", {
      one: await writesPerSecond(join(folder, "one"), 1),
      four: await writesPerSecond(join(folder, "four"), 4),
    });
    cluster = await startCluster(["n1", "n2"]);
    const slurm = told("an empty job of Slurm", await slurmSeconds(cluster));
    const runs = RUN.map((size) => {
      const { groups, plan } = planOf(folder, size);
      const command = `snakemake ${snakemake(plan, "slurm")}`;
      // A report of each study is handed over as a group is.
      return { groups: groups + size.studies, ...timed(command, cluster?.environment) };
    });
    told("runs on the cluster", runs);
    return {
      machine: `${cpus()[0].model}, ${availableParallelism()} cores`,
      versions: {
        snakemake: version("snakemake", "--version"),
        slurm: version("slurmd", "-V"),
        node: process.version,
      },
      load: Number(load.toFixed(1)),
      ...{ graph, nodeSnakemake, desk, write, slurm, runs },
    };
  } finally {
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface TimedPlan {
  readonly groups: number;
  /** Its file. */
  readonly plan: string;
}

/** A plan of groups of one empty job each: of each study one, then many that need it, then as many. */
function planOf(
  folder: string,
  size: { readonly studies: number; readonly width: number },
): TimedPlan {
  const results = join(folder, `plan-${size.studies}-${size.width}`);
  const made = emptyPlan({ ...size, results, jobSeconds: 1, groupSeconds: 1 });
  writeFileSync(`${results}.json`, JSON.stringify(made));
  return { groups: made.groups.length, plan: `${results}.json` };
}

/** Options of Snakemake with which all programs of the plan are `true`, which does nothing. */
function snakemake(plan: string, profile: string): string {
  return `--profile workflow/profiles/${profile} --nolock --config plan=${plan} node=true`;
}

/** What a group's own Snakemake does on a node: as the one in charge calls it there. */
function groupCommand(plan: string): string {
  const { results, groups } = JSON.parse(readFileSync(plan, "utf8")) as EmptyPlan;
  const target = `${results}/.runs/workflow/groups/${groups[0].name}`;
  return `snakemake ${target} --snakefile workflow/Snakefile --force --cores 1 --nolock --allowed-rules group --config plan=${plan} node=true`;
}

/** Runs a command of a shell: its time by the clock, and that of its processors. */
function timed(command: string, environment: NodeJS.ProcessEnv = process.env): Timing {
  const script = `TIMEFORMAT='%R %U %S'; time { ${command} >/dev/null 2>&1 || exit; }`;
  const options = { cwd: root, env: environment, encoding: "utf8" } as const;
  const told = execFileSync("bash", ["-c", `{ ${script} ; } 2>&1`], options);
  const [clock, user, system] = told.trim().split(" ").map(Number);
  return { clock, processor: Number((user + system).toFixed(3)) };
}

/** How many results go into a store in a second, with key and marker, by processes side by side. */
async function writesPerSecond(folder: string, processes: number): Promise<number> {
  const script = join(__dirname, "write-results.ts");
  const each = Math.round(WRITTEN / processes);
  const started = Date.now();
  await Promise.all(
    Array.from({ length: processes }, (_, at) =>
      promisify(execFile)(process.execPath, [
        "--import",
        "tsx",
        script,
        folder,
        `${at}`,
        `${each}`,
      ]),
    ),
  );
  return Math.round((1000 * each * processes) / (Date.now() - started));
}

/** Writes empty results as jobs leave them: key, result, marker. */
export async function writeResults(folder: string, writer: string, count: number): Promise<void> {
  const store = { folder, code: "" };
  for (let number = 0; number < count; number++) {
    await storedRun(store, { step: "empty", inputs: { writer, number } }, async () => ({ number }));
    const done = { label: "", seconds: 0, mebibytes: 0, host: "", stored: [] };
    markDone(store, `${writer}-${number}`, done);
  }
}

/** From `sbatch` until it returns, and until the queue no longer knows the job, which does nothing. */
async function slurmSeconds(cluster: SlurmCluster): Promise<Measured["slurm"]> {
  const options = { env: cluster.environment, cwd: cluster.folder };
  const times: [number, number][] = [];
  for (let run = 0; run < 5; run++) {
    const started = Date.now();
    execFileSync("sbatch", ["--wrap", "true"], options);
    const submitted = Date.now();
    await until(() => cluster.jobs().length === 0, "the end of an empty job");
    times.push([submitted - started, Date.now() - started]);
  }
  const median = (of: 0 | 1) => times.map((each) => each[of]).sort((a, b) => a - b)[2] / 1000;
  return { submit: median(0), whole: median(1) };
}

function version(command: string, option: string): string {
  return execFileSync(command, [option], { encoding: "utf8" }).trim();
}
