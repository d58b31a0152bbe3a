/** Starts what a job needs before it begins, and ends: timed by measure.ts. */
import { join } from "node:path";
import { openJobDesk, studyAt } from "../work/job-desk";

const root = join(__dirname, "../..");

async function main(): Promise<void> {
  process.env.PROSPECTIVITY_THREADS = "1";
  await openJobDesk(root, new AbortController().signal);
  await studyAt(root, { folder: "golden-triangle" });
  process.exit(0);
}

main();
