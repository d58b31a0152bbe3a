// One training in a process of its own, whose peak memory is told to the parent.
import { useBackend } from "prospectivity";
import { trials } from "./networks";
import { type EngineWork, engineRate } from "./trials";

async function main(): Promise<void> {
  await useBackend();
  const work = JSON.parse(process.argv[2]) as EngineWork;
  await engineRate(trials[0], work, 2000);
  // The system counts in kibibytes.
  process.send?.(process.resourceUsage().maxRSS * 1024, () => process.exit());
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
