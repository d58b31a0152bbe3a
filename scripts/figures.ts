import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { writeWhole } from "../lib/src/files";
import { projectFolders } from "../lib/src/project";
import { readMetrics } from "../lib/src/runs/record-files";
import { runCommand } from "./command";
import { drawingDataOf } from "./site/figures/drawing-data";
import { keepFigures, SHOWN } from "./site/figures/kept";
import { keptNumbers, numbersPath, tableMetrics, withTable } from "./site/figures/numbers";

const root = resolve(__dirname, "..");

const usage = `npm run figures

Draws the README's figures anew from results/${SHOWN} and writes its table of numbers from the
metrics.json of all districts: after npm run study, since trainings come from its run store. What has
no results keeps the numbers that it has. Writes docs/figures and README.md; look at both.`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: "boolean", short: "h" } } });
  if (values.help) return console.log(usage);
  const { results } = projectFolders(root);
  await keepFigures(root, await drawingDataOf(root, SHOWN));
  const numbers = keptNumbers(root).map((district) => {
    const metrics = tableMetrics(readMetrics(join(results, district.study)));
    const isThere = Object.keys(metrics).length > 0;
    console.log(`${district.study}: ${isThere ? "from its results" : "kept, since it has none"}`);
    return isThere ? { ...district, metrics } : district;
  });
  writeWhole(numbersPath(root), `${JSON.stringify(numbers, null, 1)}\n`);
  const readme = join(root, "README.md");
  writeWhole(readme, withTable(readFileSync(readme, "utf8"), numbers));
}

runCommand(main);
