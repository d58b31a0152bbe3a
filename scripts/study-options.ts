import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { applyMethod } from "../lib/src/method/apply";
import { readMethod } from "../lib/src/method/read-method";
import { projectFolders, studyNames } from "../lib/src/project";

const usage = `npm run study -- [options]

  --study NAME[,NAME]      studies to run; all folders of data with a study.json without it
  --profile paper|smoke    all as published, or just enough to see that it works; paper without it
  --only 02,03             notebooks to run, by number; all without it
  --seed N                 a whole number instead of the method's own
  --set NAME=VALUE         another value of a parameter of notebooks/method.json, as often as wanted,
                           such as --set filters=16,32 --set epochs=50
  --out FOLDER             results folder; results without it
  --time-limit MINUTES     for each notebook; 720 without it
  --again                  runs also notebooks of which nothing has changed, as --only does`;

/** What `npm run study` is asked for. */
export interface StudyOptions {
  readonly studies: readonly string[];
  readonly profile: string;
  readonly notebooks: readonly string[];
  readonly seed: string | undefined;
  /** Texts of the parameters that are set, by name. */
  readonly set: { readonly [name: string]: string };
  readonly results: string;
  readonly timeLimitSeconds: number;
  /** Runs also notebooks of which nothing has changed. */
  readonly again: boolean;
}

/** Options of the command line; what cannot be taken is said with the usage, and the process ends. */
export function readStudyOptions(root: string, args: readonly string[]): StudyOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      study: { type: "string" },
      profile: { type: "string", default: "paper" },
      only: { type: "string" },
      seed: { type: "string" },
      set: { type: "string", multiple: true, default: [] },
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
  const list = (text: string | undefined) => text?.split(",").map((part) => part.trim());
  const known = studyNames(projectFolders(root).data);
  const studies = list(values.study) ?? known;
  for (const study of studies) {
    if (!known.includes(study))
      refuse(
        `--study ${study}: found none of that name in data; expected one of ${known.join(", ")}`,
      );
  }
  if (!["paper", "smoke"].includes(values.profile)) {
    refuse(`--profile ${values.profile}: expected paper or smoke`);
  }
  if (values.seed !== undefined && !/^-?\d{1,15}$/.test(values.seed)) {
    refuse(`--seed ${values.seed}: expected a whole number`);
  }
  const minutes = Number(values["time-limit"]);
  if (!(minutes > 0)) refuse(`--time-limit ${values["time-limit"]}: expected minutes above 0`);
  return {
    studies,
    profile: values.profile,
    notebooks: chosenNotebooks(root, list(values.only)),
    seed: values.seed,
    set: readSet(root, values.set),
    results: resolve(process.env.INIT_CWD ?? root, values.out ?? join(root, "results")),
    timeLimitSeconds: minutes * 60,
    again: values.again || values.only !== undefined,
  };
}

/** Names and texts of --set, refused before anything runs where the method does not take them. */
function readSet(root: string, pairs: readonly string[]): { [name: string]: string } {
  const set = Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      if (at < 1) refuse(`--set ${pair}: expected a name, = and a value, such as epochs=50`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
  const ours = ["study", "profile", "seed"].find((name) => name in set);
  if (ours !== undefined) refuse(`--set ${ours}: --${ours} sets it`);
  applyMethod(readMethod(join(root, "notebooks", "method.json")), { commandLine: set });
  return set;
}

function chosenNotebooks(root: string, numbers: readonly string[] | undefined): string[] {
  const all = readdirSync(join(root, "notebooks"))
    .filter((name) => name.endsWith(".ipynb"))
    .sort();
  if (numbers === undefined) return all;
  const unknown = numbers.find((number) => !all.some((name) => name.startsWith(`${number}-`)));
  if (unknown !== undefined) {
    refuse(`--only ${unknown}: expected numbers of ${all.join(", ")}`);
  }
  return all.filter((name) => numbers.some((number) => name.startsWith(`${number}-`)));
}

function refuse(why: string): never {
  console.error(`${why}.\n\n${usage}`);
  process.exit(2);
}
