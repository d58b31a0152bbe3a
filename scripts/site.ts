import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { projectFolders } from "../lib/src/project";
import { fromCaller, runCommand } from "./command";
import { buildSite } from "./site/build";

const root = resolve(__dirname, "..");

const usage = `npm run site -- [options]

Builds the project's site into site/: documents as pages, the executed notebooks of every district,
the comparisons of variants, the playground and the library's reference. Static files, no request to
anywhere. Refuses results that are missing or older than the code, and links that lead nowhere.

  --out FOLDER   where to, a folder that is emptied first; site without it
  --partial      of what there is; the gallery says what is missing or older`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: "string" },
      partial: { type: "boolean", default: false },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return console.log(usage);
  const out = values.out === undefined ? join(root, "site") : fromCaller(values.out);
  const { results } = projectFolders(root);
  const say = (line: string) => console.log(line);
  await buildSite({ root, results, out, isPartial: values.partial, say });
  console.log(`Open ${join(out, "index.html")}`);
}

runCommand(main);
