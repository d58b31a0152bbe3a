import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { writeWhole } from "../lib/src/files";
import { runCommand } from "./command";
import { measure } from "./scaling/measure";
import { measuredPath, readMeasured } from "./scaling/measured";
import { scalingPage } from "./scaling/page";

const usage = `npm run scaling -- [options]

Writes docs/past-one-machine.md: what plans of work would take on more cores than one machine has, simulated
from what a group of jobs was measured to cost.

  --measure       measures that anew first, in some minutes; needs root, and slurm-wlm, munge and snakemake`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      measure: { type: "boolean", default: false },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return console.log(usage);
  if (values.measure) {
    const measured = await measure((text) => console.log(text));
    writeWhole(measuredPath, `${JSON.stringify(measured, null, 1)}\n`);
  }
  writeWhole(
    join(resolve(__dirname, ".."), "docs", "past-one-machine.md"),
    scalingPage(readMeasured()),
  );
}

runCommand(main);
