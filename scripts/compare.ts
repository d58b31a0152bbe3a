import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { DEFAULT_NAME } from "../lib/src/method/variant";
import { variantNames } from "../lib/src/method/variant-files";
import { fromCaller, runCommand } from "./command";
import { compareVariants } from "./compare/compare-variants";
import { stoppedExitCode, stopSignal } from "./stop-signal";

const root = resolve(__dirname, "..");

const usage = `npm run compare -- NAME NAME [NAME ...] [options]

Lays variants side by side, the first as the one that others are held against: what they set, their
headline numbers with paired tests, maps and where they part, curves, time. Writes
results/compare/NAME+NAME/compare.html, one file that opens without network, and the notebook that
made it. "default" is the results of no variant; npm run study -- --name NAME makes others. (Two
results folders to the last digit are compared by npm run compare-results.)

  --study NAME[,NAME]   on these studies; on all that every variant has without it
  --results FOLDER      results folder; results without it`;

async function main(): Promise<void> {
  const { values, positionals: names } = parseArgs({
    allowPositionals: true,
    options: {
      study: { type: "string" },
      results: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return console.log(usage);
  const results = fromCaller(values.results ?? join(root, "results"));
  if (names.length < 2) {
    console.error(`There are: ${[DEFAULT_NAME, ...variantNames(results)].join(", ")}.\n\n${usage}`);
    process.exitCode = 2;
    return;
  }
  const signal = stopSignal((text) => console.log(text));
  const studies = values.study?.split(",").map((part) => part.trim());
  const isWhole = await compareVariants({ root, results, names, studies }, signal);
  if (!isWhole) process.exitCode = signal.aborted ? stoppedExitCode : 1;
}

runCommand(main);
