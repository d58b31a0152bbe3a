// One training in a process of its own, whose peak memory is told to the parent.
import { existsSync, readFileSync } from "node:fs";
import { useBackend } from "prospectivity";
import { trials } from "./networks";
import { type EngineWork, engineRate } from "./trials";

/** Linux counts what the parent held at the fork as a child's resource usage, but not in its status. */
function peakKibibytes(): number {
  const status = "/proc/self/status";
  const peak = existsSync(status) ? /VmHWM:\s*(\d+)/.exec(readFileSync(status, "utf8")) : null;
  return peak === null ? process.resourceUsage().maxRSS : Number(peak[1]);
}

async function main(): Promise<void> {
  await useBackend();
  const work = JSON.parse(process.argv[2]) as EngineWork;
  await engineRate(trials[0], work, 2000);
  process.send?.(peakKibibytes() * 1024, () => process.exit());
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
