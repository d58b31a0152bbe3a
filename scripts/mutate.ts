import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { refuseUsage } from "./command";
import { type Bench, openBench } from "./mutate/bench";
import { equivalents, isEquivalent, mutantsOfRoom, sampleOf } from "./mutate/sample";
import { described, type RoomOutcome, shareFound, summary } from "./mutate/summary";
import { type Outcome, trials } from "./mutate/trial";

const usage = `npm run mutate -- [options]

Changes one operator or number of the library at a time, in a copy, and runs the tests that reach
it, the eight nearest: a change that none of them notices is a number that no test holds.

  --room A,B     rooms of lib/src, or files such as grid/grid; evaluation,evidence,patches without it
  --sample N     mutants drawn from all of these rooms; 150 without it, all: every one
  --seed N       of the draw; 1 without it
  --mutant A,B   these only, by their names in a list of survivors, whether or not in the sample

Ends with 1 where fewer than 95 % were noticed, or one that was asked for was not. Mutants that can change
no result stand in scripts/mutate/equivalent.json, each with the reason.`;

const root = resolve(__dirname, "..");
const ENOUGH = 0.95;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      room: { type: "string", default: "evaluation,evidence,patches" },
      sample: { type: "string", default: "150" },
      seed: { type: "string", default: "1" },
      mutant: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return console.log(usage);
  const rooms = values.room.split(",");
  const mutants = rooms.map((room) => mutantsOfRoom(root, room));
  const empty = rooms.find((_, at) => mutants[at].length === 0);
  if (empty !== undefined) return refuse(`--room ${empty}: no such room or file of lib/src`);
  const sample = values.sample === "all" ? mutants.flat().length : whole("--sample", values.sample);
  const drawn = sampleOf(mutants.flat(), sample, whole("--seed", values.seed));

  const bench = openBench(root);
  endWithThis(bench);
  if (values.mutant !== undefined) return tryNamed(bench, values.mutant.split(","));
  const known = equivalents(root);
  const tryMutant = trials(root, bench);
  const results: RoomOutcome[] = [];
  for (const [at, room] of rooms.entries()) {
    const ids = new Set(mutants[at].map(({ id }) => id));
    const own = drawn.filter(({ id }) => ids.has(id));
    const outcomes: Outcome[] = [];
    for (const mutant of own.filter((one) => !isEquivalent(one, known))) {
      const outcome = await tryMutant(mutant);
      outcomes.push(outcome);
      if (outcome.foundBy === null) console.log(`survives: ${described(mutant)}`);
    }
    results.push({ room, outcomes, equivalent: own.length - outcomes.length });
  }
  console.log(`\n${summary(results)}`);
  process.exitCode = shareFound(results) < ENOUGH ? 1 : 0;
  bench.close();
}

async function tryNamed(bench: Bench, ids: readonly string[]): Promise<void> {
  const all = mutantsOfRoom(root, "");
  const tryMutant = trials(root, bench);
  for (const id of ids) {
    const mutant = all.find((one) => one.id === id);
    if (mutant === undefined) return refuse(`--mutant ${id}: no mutant of lib/src has this name`);
    const { foundBy } = await tryMutant(mutant);
    console.log(`${described(mutant)}\n  ${foundBy === null ? "survives" : `found: ${foundBy}`}`);
    if (foundBy === null) process.exitCode = 1;
  }
  bench.close();
}

/** A copy is removed and its tests ended however this ends. */
function endWithThis(bench: Bench): void {
  process.on("exit", bench.close);
  process.on("SIGINT", () => process.exit(130));
  process.on("SIGTERM", () => process.exit(143));
}

function whole(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) refuse(`${option} ${text}: expected a whole number`);
  return Number(text);
}

function refuse(why: string): never {
  return refuseUsage(why, usage);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
