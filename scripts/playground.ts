import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { projectFolders, studyNames } from "../lib/src/project";
import { fromCaller, refuseUsage, runCommand } from "./command";
import { type AskedPack, buildPlayground } from "./playground/build/build";

const root = resolve(__dirname, "..");

const usage = `npm run playground -- [options]

Builds the playground: one page, without server or network, on which the method runs in the browser.
Open index.html in the folder that it tells.

  --study NAME[,NAME]   districts to pack, folders of data; NAME:4 packs one with pixels 4 times as
                        wide; without it all studies, and first hezuo-synthetic:4, which is small
  --out FOLDER          where to; results/playground without it`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      study: { type: "string" },
      out: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const { data, results } = projectFolders(root);
  const out = fromCaller(values.out ?? join(results, "playground"));
  const packs = askedPacks(values.study, studyNames(data));
  const { page } = await buildPlayground({ root, packs, out, say: (line) => console.log(line) });
  console.log(`Open ${page}`);
}

/** The packs that the command line asks for. */
function askedPacks(text: string | undefined, known: readonly string[]): AskedPack[] {
  const small = known.includes("hezuo-synthetic") ? ["hezuo-synthetic:4"] : [];
  const asked = text?.split(",").map((part) => part.trim()) ?? [...small, ...known];
  return asked.map((part) => {
    const [, study, times = "1"] = /^(.*?)(?::(\d{1,3}))?$/.exec(part) ?? [];
    const coarsening = Number(times);
    if (!known.includes(study) || coarsening < 1) {
      refuse(
        `--study ${part}: expected one of ${known.join(", ")}, each with :N or without for pixels N times as wide`,
      );
    }
    return { study, coarsening };
  });
}

function refuse(why: string): never {
  return refuseUsage(why, usage);
}

runCommand(main);
