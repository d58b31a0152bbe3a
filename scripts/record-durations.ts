import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { writeWhole } from "../lib/src/files";
import { readRun } from "../lib/src/runs/record-files";
import { fromCaller, refuseUsage, runCommand } from "./command";
import { coreSpeed } from "./core-speed";
import { durationsOf, type ReferenceDurations } from "./study-duration";

/** Keeps the durations of studies that have just run here as the reference for other machines. */
async function main(): Promise<void> {
  const [results, ...others] = process.argv.slice(2);
  if (results === undefined || others.length > 0) {
    refuseUsage(
      "Which results?",
      "tsx scripts/record-durations.ts RESULTS\n\nRun the studies from an empty run store on a machine that does nothing else; then this.",
    );
  }
  const folder = fromCaller(results);
  const path = join(__dirname, "study-durations.json");
  const { seconds } = JSON.parse(readFileSync(path, "utf8")) as ReferenceDurations;
  const cores = availableParallelism();
  const all = structuredClone(seconds) as Record<string, Record<string, object>>;
  for (const study of readdirSync(folder)) {
    const run = readRun(join(folder, study));
    if (run === null) continue;
    for (const [profile, found] of Object.entries(durationsOf(run, cores))) {
      all[profile] ??= {};
      all[profile][study] = { ...all[profile][study], ...found };
    }
  }
  const machine = { cores, speed: Math.round(coreSpeed()) };
  writeWhole(path, `${JSON.stringify({ machine, seconds: all })}\n`);
}

if (require.main === module) runCommand(main);
