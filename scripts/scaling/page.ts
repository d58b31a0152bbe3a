import { durationText } from "../../lib/src/training/progress";
import { emptyPlan } from "../../test/cluster/empty-plan";
import { type Measured, RUN, type Timing } from "./measured";
import { handleSeconds, MOST_A_SECOND, overheadsOf } from "./overheads";
import {
  emptyJobs,
  groupsOf,
  largeGround,
  manyTrainings,
  type Scenario,
  trainingMebibytes,
  trainingSeconds,
} from "./scenarios";
import { type SimulatedGroup, type SimulatedRun, simulate } from "./simulate";

const CORES = [1, 16, 256, 4096];
/** Lengths of groups that are tried, of which the best is told: a minute, ten, an hour. */
const LENGTHS = [60, 600, 3600];
const STATE_PIXELS = 8e9;
const COUNTRY_PIXELS = 1.23e10;
/** Results a second of a disk that many machines share over a network, if it takes a tenth. */
const SLOW_STORE = 10;

/** docs/past-one-machine.md: what of it is measured, and what simulated from that. */
export function scalingPage(measured: Measured): string {
  const scenarios = [
    largeGround("A state at 25 m", STATE_PIXELS),
    largeGround("A country at 25 m", COUNTRY_PIXELS),
    manyTrainings(20, 6),
  ];
  const { write, slurm, desk, graph, nodeSnakemake, runs, versions } = measured;
  const stateTraining = STATE_PIXELS / 144;
  const empty = simulatedEmpty(measured);
  return `# Past one machine

How far a plan of work (\`npm run plan\`, [workflow](../workflow/README.md)) goes on more cores than one machine has, and where it stops. Made by \`npm run scaling\`; \`npm run scaling -- --measure\` measures anew first.

**Measured** is what a group of jobs costs beside its work, with jobs that do nothing, on one machine. **Estimated** is the work, by the same costs as plans have (trainings within a factor of two on the machine of the estimate, evidence and scores more roughly). **Simulated** is how the two come together on many cores, event by event (\`scripts/scaling/simulate.ts\`). No cluster of 16 cores or more has run any of it, and no other user's jobs stand in the simulated queue.

## Measured: what a group costs

${measured.machine}; ${versions.snakemake === undefined ? "" : `Snakemake ${versions.snakemake}, `}${versions.slurm}, Node ${versions.node}. Others used the machine too (load ${measured.load}), so that time by the clock says little: of programs, the simulation takes the processor's.

| | by the clock, s | of processors, s |
| --- | --- | --- |
${graph.map((each) => timingRow(`Snakemake reads a plan of ${whole(each.groups)} groups and finds what to do (\`--dry-run\`)`, each)).join("\n")}
${nodeSnakemake.map((each) => timingRow(`the Snakemake that a group starts on its node, of a plan of ${whole(each.groups)} groups`, each)).join("\n")}
${timingRow("Node, the library and a study, before the first job of a group begins", desk)}
${runs.map((each) => timingRow(`Snakemake in charge of ${each.groups} empty groups, reports among them, on two nodes of two cores by Slurm`, each)).join("\n")}

- Snakemake in charge takes ${seconds(handleSeconds(measured))} for each group, one after another: to hand it over, ask how it stands, and take it back. The profile hands over no more than ${MOST_A_SECOND} a second, which is what is simulated.
- \`sbatch\` returns after ${seconds(slurm.submit)}; an empty job is over ${seconds(slurm.whole)} after it was asked for, on a cluster that has nothing else to do.
- The run store takes ${whole(write.one)} results a second from one process, ${whole(write.four)} from four, each with its key and marker, written through to this machine's disk (${whole(10_000)} of each).

## Simulated: ${whole(10_000)} empty jobs

Each a group of its own, ${empty.groups} groups:

| cores | over after | of this, cores at work | Snakemake at work | store at work |
| --- | --- | --- | --- | --- |
${empty.rows.join("\n")}

${checkedRun(measured)}

So a group should hold minutes of work: \`npm run plan -- --group SECONDS\` decides, and ${whole(10_000)} jobs of no time come together in ten groups.

## Simulated: three plans

The best of groups of a minute, of ten and of an hour. *Kept* is the share of the cores' time that goes into work.

${scenarios.map((scenario) => scenarioTable(scenario, measured)).join("\n\n")}

## Where it stops, and why

- **One training is never divided among machines.** On all ${stateTraining.toExponential(1).replace("e+", "e")} patches of the state, twenty epochs of one network would take ${durationText(trainingSeconds(stateTraining))} on one core and ${whole(trainingMebibytes(stateTraining) / 1024)} GiB of memory, and no number of machines changes that; on the ${whole(200_000)} that are taken above it is ${durationText(trainingSeconds(200_000))} and ${(trainingMebibytes(200_000) / 1024).toFixed(1)} GiB. The threads of one machine help (README.md), up to sixteen.
- **Evidence by tiles is no job of a plan yet**: plans read a study whole, and the first two tables say what tiles would take if they were jobs. Scores by tiles are: \`npm run plan -- --score FILE.tif --tiles N\`.
- **Snakemake hands over one group after another**, ${MOST_A_SECOND} a second by the profile, ${whole(1 / handleSeconds(measured))} at the most. With groups of a minute ${MOST_A_SECOND} a second feed ${whole(60 * MOST_A_SECOND)} cores, with groups of ten minutes ${whole(600 * MOST_A_SECOND)}; the profile's \`jobs: 500\`, a core each, stops before.
- **Each group starts a Snakemake of its own**, which reads the whole plan, and then Node: ${seconds(overheadsOf(measured, 1000).start)} of a core in a plan of ${whole(1000)} groups, ${seconds(overheadsOf(measured, 10_000).start)} in one of ${whole(10_000)}.
- **The store** takes ${whole(Math.max(write.one, write.four))} results a second here. A training of ${seconds(trainingSeconds(4234))} a core keeps it busy from ${whole(Math.max(write.one, write.four) * trainingSeconds(4234))} cores on; a network disk that takes ${SLOW_STORE} a second, from ${whole(SLOW_STORE * trainingSeconds(4234))}.
- **Jobs that need each other wait for each other**, and half of Snakemake's ten seconds between two looks goes by at each depth.
`;
}

function simulatedEmpty(measured: Measured) {
  const groups = emptyJobs(10_000).jobs.map(
    ({ key, needs, seconds, results }): SimulatedGroup => ({ name: key, needs, seconds, results }),
  );
  const overheads = overheadsOf(measured, groups.length);
  const rows = CORES.map((cores) => {
    const run = simulate(groups, cores, overheads);
    return `| ${whole(cores)} | ${durationText(run.seconds)} | ${percent(run.cores)} | ${percent(run.snakemake)} | ${percent(run.store)} |`;
  });
  return { groups: whole(groups.length), rows };
}

/** The measured run, simulated: how far the simulation can be believed. */
function checkedRun(measured: Measured): string {
  const run = measured.runs[1];
  const { studies, width } = RUN[1];
  const made = emptyPlan({ results: "", studies, width, jobSeconds: 1, groupSeconds: 1 });
  const groups = made.groups.map(({ name, needs }) => ({ name, needs, seconds: 0, results: 0 }));
  const names = groups.map(({ name }) => name);
  const reports = Array.from({ length: studies }, (_, at) => ({
    ...{ name: `report ${at}`, needs: names, seconds: 0, results: 0 },
  }));
  // The programs of that run were "true": a group's own Snakemake is all that it started.
  const start = measured.nodeSnakemake[0];
  const [slow, fast] = [start.clock, start.processor].map((each) => {
    const overheads = { ...overheadsOf(measured, run.groups), start: each };
    return durationText(simulate([...groups, ...reports], 4, overheads).seconds);
  });
  return `The run of ${run.groups} groups above took ${durationText(run.clock)} by the clock; simulated on four cores, ${fast} by the processor's time, ${slow} by the clock's. The machine has ${availableCores(measured)} cores, which others used too.`;
}

const availableCores = ({ machine }: Measured) => /(\d+) cores$/.exec(machine)?.[1] ?? "fewer";

function scenarioTable(scenario: Scenario, measured: Measured): string {
  const work = scenario.jobs.reduce((sum, job) => sum + job.seconds, 0);
  const grouped = LENGTHS.map((length) => ({ length, groups: groupsOf(scenario, length) }));
  const rows = CORES.map((cores) => {
    const tried = grouped.map(({ length, groups }) => {
      const run = simulate(groups, cores, overheadsOf(measured, groups.length));
      return { length, groups, run };
    });
    const { length, groups, run } = tried.reduce((one, other) =>
      other.run.seconds < one.run.seconds ? other : one,
    );
    return `| ${whole(cores)} | ${durationText(run.seconds)} | ${percent(run.ideal / run.seconds)} | ${whole(groups.length)} of ${durationText(length)} | ${heldUpBy(run, groups)} |`;
  });
  return `**${scenario.title}**: ${scenario.what}; ${whole(scenario.jobs.length)} jobs, ${durationText(work)} on one core.

| cores | over after | kept | groups | held up by |
| --- | --- | --- | --- | --- |
${rows.join("\n")}`;
}

/** What keeps a run from being shorter, in words. */
export function heldUpBy(run: SimulatedRun, groups: readonly SimulatedGroup[]): string {
  if (run.cores > 0.9) return "its cores, all at work";
  if (run.snakemake > 0.8) return "Snakemake, which hands over one group after another";
  if (run.store > 0.8) return "the store";
  if (run.full > 0.5) return "the profile, by its groups at once";
  const chain = longestChain(groups);
  if (chain > 0.6 * run.seconds) {
    return `groups that need each other, ${durationText(chain)} at least`;
  }
  return "waiting at each depth, and too few groups at its end";
}

/** Seconds of the longest chain of groups of which each needs the one before. */
export function longestChain(groups: readonly SimulatedGroup[]): number {
  const until = new Map<string, number>();
  let longest = 0;
  for (const { name, needs, seconds: own } of groups) {
    const whole = own + needs.reduce((most, need) => Math.max(most, until.get(need) ?? 0), 0);
    until.set(name, whole);
    longest = Math.max(longest, whole);
  }
  return longest;
}

function timingRow(what: string, { clock, processor }: Timing): string {
  return `| ${what} | ${clock.toFixed(1)} | ${processor.toFixed(1)} |`;
}

const whole = (value: number) => Math.round(value).toLocaleString("en");
const percent = (share: number) => `${Math.round(100 * share)} %`;
const seconds = (value: number) => `${value.toPrecision(2)} s`;
