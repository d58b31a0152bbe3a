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
