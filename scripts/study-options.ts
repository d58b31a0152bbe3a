import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Profile } from "../lib/src/method/parameters";
import { projectFolders } from "../lib/src/project";
import { fromCaller, refuseUsage } from "./command";
import { studiesInOrder } from "./generated-district";
import { type RunPlan, runPlans } from "./study-plans";

/** The options of npm run study, for its usage. */
export const studyOptions = `  --study NAME[,NAME]      studies to run; all folders of data with a study.json without it,
                           golden-triangle first
  --profile paper|smoke    all as published, or just enough to see that it works; paper without it
  --only 02,03             notebooks to run, by number; all without it
  --seed N                 a whole number instead of the method's own
  --set NAME=VALUE         another value of a parameter of notebooks/method.json, as often as wanted,
                           such as --set filters=16,32 --set epochs=50
  --name NAME              keeps the results as a variant, results/variants/NAME, beside the default's;
                           npm run compare -- default NAME lays them side by side
  --sweep                  a variant of each value of --set or --seed, then their comparison, such as
                           --set epochs=10,20,50 --sweep; between values that are lists stands ";":
                           --set "filters=8,4;16,8" --sweep. Two parameters with several values make
                           all pairs. Runs notebook 07 alone, which trains what is compared; --only
                           names others, --only all runs all
  --out FOLDER             results folder; results without it
  --time-limit MINUTES     for each notebook; 720 without it
  --again                  runs also notebooks of which nothing has changed, as --only does`;

const usage = `npm run study -- [options]

${studyOptions}`;

/** The notebook whose networks a comparison rests on. */
const COMPARED = "07";

/** What `npm run study` is asked for. */
export interface StudyOptions {
  readonly studies: readonly string[];
  readonly notebooks: readonly string[];
  /** One after another: the method once, or each variant of a sweep. */
  readonly plans: readonly RunPlan[];
  readonly isSweep: boolean;
  /** The folder that holds the default's results, and variants in a folder of their own. */
  readonly results: string;
  readonly timeLimitSeconds: number;
  /** Runs also notebooks of which nothing has changed. */
  readonly again: boolean;
}

/**
 * Options of the command line; what cannot be taken is said with the usage, and the process ends.
 *
 * @throws InputError as runPlans
 */
export function readStudyOptions(root: string, args: readonly string[]): StudyOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      study: { type: "string" },
      profile: { type: "string" },
      only: { type: "string" },
      seed: { type: "string" },
      set: { type: "string", multiple: true, default: [] },
      name: { type: "string" },
      sweep: { type: "boolean", default: false },
      out: { type: "string" },
      "time-limit": { type: "string", default: "720" },
      again: { type: "boolean", default: false },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    console.log(usage);
    process.exit(0);
  }
  const { profile, seed, name, sweep: isSweep } = values;
  const list = (text: string | undefined) => text?.split(",").map((part) => part.trim());
  const known = studiesInOrder(root);
  const studies = list(values.study) ?? known;
  for (const study of studies) {
    if (!known.includes(study))
      refuse(
        `--study ${study}: found none of that name in data; expected one of ${known.join(", ")}`,
      );
  }
  if (!isProfile(profile)) refuse(`--profile ${profile}: expected paper or smoke`);
  const isSeed = isSweep ? /^-?\d{1,15}(,-?\d{1,15})*$/ : /^-?\d{1,15}$/;
  if (seed !== undefined && !isSeed.test(seed)) {
    refuse(`--seed ${seed}: expected a whole number${isSweep ? ", or several by comma" : ""}`);
  }
  const minutes = Number(values["time-limit"]);
  if (!(minutes > 0)) refuse(`--time-limit ${values["time-limit"]}: expected minutes above 0`);
  requireSettings(values.set);
  const results = fromCaller(values.out ?? projectFolders(root).results);
  const plans = runPlans(root, { name, isSweep, profile, seed, set: values.set, results });
  const unset = plans.find(
    ({ variant }) => Object.keys(variant?.settings ?? { one: 1 }).length === 0,
  );
  if (unset !== undefined) refuse(`--name ${name}: expected a --set or --seed that makes it one`);
  return {
    ...{ studies, plans, isSweep, results },
    notebooks: chosenNotebooks(root, list(values.only ?? (isSweep ? COMPARED : undefined))),
    timeLimitSeconds: minutes * 60,
    again: values.again || values.only !== undefined,
  };
}

function isProfile(text: string | undefined): text is Profile | undefined {
  return text === undefined || text === "paper" || text === "smoke";
}

/** Says of --set what is none, before its names and values are looked at. */
function requireSettings(pairs: readonly string[]): void {
  for (const pair of pairs) {
    if (pair.indexOf("=") < 1)
      refuse(`--set ${pair}: expected a name, = and a value, such as epochs=50`);
  }
  const ours = ["study", "profile", "seed"].find((name) =>
    pairs.some((pair) => pair.startsWith(`${name}=`)),
  );
  if (ours !== undefined) refuse(`--set ${ours}: --${ours} sets it`);
}

function chosenNotebooks(root: string, numbers: readonly string[] | undefined): string[] {
  const all = readdirSync(join(root, "notebooks"))
    .filter((name) => name.endsWith(".ipynb"))
    .sort();
  if (numbers === undefined || numbers.join() === "all") return all;
  const unknown = numbers.find((number) => !all.some((name) => name.startsWith(`${number}-`)));
  if (unknown !== undefined) {
    refuse(`--only ${unknown}: expected numbers of ${all.join(", ")}`);
  }
  return all.filter((name) => numbers.some((number) => name.startsWith(`${number}-`)));
}

function refuse(why: string): never {
  return refuseUsage(why, usage);
}
