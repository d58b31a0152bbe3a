import { resolve } from "node:path";
import type { PlannedJob, ProgressReport } from "prospectivity";
import { openJobDesk } from "./job-desk";

/** What a worker is told: a job and the run store that it fills; or to stop. */
export type ToWorker =
  | { readonly job: PlannedJob; readonly store: string }
  | { readonly stop: true };

/** What a worker says. */
export type FromWorker =
  | { readonly said: "ready" | "done" }
  | { readonly said: "failed" | "stopped" | "progress"; readonly text: string };

const root = resolve(__dirname, "..", "..");

/** Does the jobs that the process that started it sends, until it is disconnected. */
async function work(): Promise<void> {
  const stop = new AbortController();
  const desk = openJobDesk(root, stop.signal);
  // The terminal interrupts the whole group; whoever started this process says when to stop.
  process.on("SIGINT", () => undefined);
  process.on("disconnect", () => process.exit(0));
  process.on("message", (message: ToWorker) => {
    if ("stop" in message) stop.abort();
    else void doIt(message);
  });

  async function doIt({ job, store }: Extract<ToWorker, { job: PlannedJob }>): Promise<void> {
    try {
      await (await desk).doJob(job, store, progressLine);
      say({ said: "done" });
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      say({ said: stop.signal.aborted ? "stopped" : "failed", text });
    }
  }

  await desk;
  say({ said: "ready" });
}

function say(message: FromWorker): void {
  // Whoever started it may have gone meanwhile.
  if (process.connected) process.send?.(message);
}

function progressLine(label: string): ProgressReport {
  let last = 0;
  return {
    update(text) {
      if (Date.now() - last < 250) return;
      last = Date.now();
      say({ said: "progress", text: `${label}: ${text}` });
    },
    finish: () => undefined,
  };
}

work().catch((error: unknown) => {
  say({ said: "failed", text: error instanceof Error ? error.message : String(error) });
  process.exit(1);
});
