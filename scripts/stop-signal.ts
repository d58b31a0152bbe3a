import type { StopOptions } from "./jupyter/execute";

/** What a program ends with that was stopped by Ctrl-C. */
export const stoppedExitCode = 130;

/** npm passes on to a script what the terminal has sent it already. */
const millisecondsOfOnePress = 500;

/** The signal that Ctrl-C gives, or a request to end; a second press ends the process at once. */
export function stopSignal(say: (text: string) => void): AbortSignal {
  const controller = new AbortController();
  let pressed = 0;
  const hear = () => {
    if (!controller.signal.aborted) {
      pressed = Date.now();
      say("\nStopping: what is trained is being kept. Ctrl-C again ends at once.");
      controller.abort();
    } else if (Date.now() - pressed > millisecondsOfOnePress) {
      process.exit(stoppedExitCode);
    }
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, hear);
  return controller.signal;
}

/** Run in the kernel after an interrupt: waits for checkpoints, and tells what the trainings came to. */
export const restCode =
  'import { trialsAtRest } from "prospectivity";\nfor (const text of await trialsAtRest()) console.log(text);';

/** How long trainings may take to stop before their kernel is ended. */
const restSeconds = 15;

/** How a notebook that may train is stopped by a signal. */
export function stopBy(signal: AbortSignal): StopOptions {
  return { signal, restCode, seconds: restSeconds };
}
