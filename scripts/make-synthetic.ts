import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { writeDistrict } from "../lib/src/synthetic/files";
import { refuseUsage, runCommand } from "./command";
import { keepMethodSurvey, surveyMethods } from "./method-survey";
import { keepSurvey, surveyDistricts } from "./synthetic-survey";

const root = resolve(__dirname, "..");

const usage = `npm run synthetic -- [options]

  --seed N              seed of geology, sediment and laboratory; 1 without it
  --occurrence-seed N   seed of the occurrences alone; that of --seed without it
  --anywhere            occurrences with equal chance everywhere: nothing should find them
  --out NAME            folder under data; hezuo-synthetic-N without it
  --survey N            writes no district: runs the method on N of seeds 11 and up, which the calibration
                        has not seen, and keeps medians and ranges in data/published/synthetic-survey.json
  --methods             with --survey: scores every method of notebook 12 on them, in-sample and by spatial
                        folds, and keeps the areas in data/published/method-survey.json; stopped, it goes
                        on from the run store`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: "string", default: "1" },
      "occurrence-seed": { type: "string" },
      anywhere: { type: "boolean", default: false },
      out: { type: "string" },
      survey: { type: "string" },
      methods: { type: "boolean", default: false },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  if (values.survey !== undefined) {
    const count = wholeNumber("--survey", values.survey);
    if (count < 1) refuse(`--survey ${values.survey}: expected one district or more`);
    if (values.methods) console.log(keepMethodSurvey(root, await surveyMethods(root, count)));
    else console.log(keepSurvey(root, await surveyDistricts(root, count)));
    return;
  }
  if (values.methods) refuse("--methods: expected --survey N beside it");
  const seed = wholeNumber("--seed", values.seed);
  const given = values["occurrence-seed"];
  const occurrenceSeed = given === undefined ? seed : wholeNumber("--occurrence-seed", given);
  const name = values.out ?? `hezuo-synthetic-${seed}`;
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) refuse(`--out ${name}: expected a folder's name`);
  const occurrences = values.anywhere ? "anywhere" : "mineralSystem";
  writeDistrict({ seed, occurrenceSeed, occurrences }, join(root, "data", name));
  console.log(`data/${name}: generated from seed ${seed}`);
}

function wholeNumber(option: string, text: string): number {
  if (!/^-?\d{1,15}$/.test(text)) refuse(`${option} ${text}: expected a whole number`);
  return Number(text);
}

function refuse(why: string): never {
  return refuseUsage(why, usage);
}

runCommand(main);
