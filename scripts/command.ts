import { resolve } from "node:path";

/**
 * Runs a command. An error that its user can mend is said in its own words, any other with its stack;
 * the process then ends with 1, or with 2 where the command line was no such one.
 */
export function runCommand(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    if (error instanceof Error && "code" in error && /^ERR_PARSE_ARGS/.test(String(error.code))) {
      console.error(`${error.message}\n\n--help lists what it takes.`);
      process.exitCode = 2;
      return;
    }
    // By name: the compiled library and its source have a class each.
    if (error instanceof Error && error.name === "InputError") console.error(error.message);
    else console.error(error instanceof Error ? (error.stack ?? error.message) : error);
    process.exitCode = 1;
  });
}

/** Refuses a command line: why, how the command is used, and an end with 2. */
export function refuseUsage(why: string, usage: string): never {
  console.error(`${why}.\n\n${usage}`);
  process.exit(2);
}

/** A path of the command line, as seen from where npm was called. */
export function fromCaller(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path);
}
