import { join, resolve } from "node:path";
import {
  forgetGroups,
  groupJobs,
  type PlannedJob,
  packageHash,
  studyPlan,
  studySteps,
  type WorkPlan,
} from "prospectivity";
import { writeWhole } from "../lib/src/files";
import { storeFolder, variantFolder } from "../lib/src/method/variant-files";
import { durationText } from "../lib/src/training/progress";
import { fromCaller, refuseUsage, runCommand } from "./command";
import { planScore } from "./score-jobs";
import { readScoreWords } from "./score-words";
import { readStudyOptions, studyOptions } from "./study-options";
import { surveyContext, surveyedSeeds } from "./survey-districts";
import { studyAt } from "./work/job-desk";
import { planStudy } from "./work/plan-study";

const root = resolve(__dirname, "..");

const usage = `npm run plan -- [options]

Writes what has to be computed as a list of jobs, each with its key, kind, the jobs that it needs, and its
estimated seconds and MiB; npm run job computes some of them.

  --survey N            of N generated districts instead, whose numbers npm run synthetic -- --survey N
                        gathers afterwards
    --methods           with --survey: every method of notebook 12 on them
  --score FILE.tif      of a raster that a study's networks score in tiles instead; takes the options of
                        npm run score, --study NAME and --tiles N among them
  --longest SECONDS     by the estimate, how long a job takes at most; 600 without it. One training is
                        never split
  --group SECONDS       how long the groups are that a scheduler is given as one (workflow/README.md); 600
                        without it
  --plan FILE           the plan; plan.json in the results folder without it

And those of npm run study:

${studyOptions}`;

/** What a plan asks for beside what npm run study does. */
interface PlanWords {
  readonly survey: number | null;
  readonly methods: boolean;
  /** A raster to be scored instead. */
  readonly raster: string | null;
  readonly longest: number;
  readonly group: number;
  readonly file: string | null;
  /** The others, for npm run study. */
  readonly rest: readonly string[];
}

async function main(): Promise<void> {
  const command = process.argv.slice(2);
  const words = planWords(command);
  const { results, jobs, gather } = await planned(words);
  const groups = groupJobs(jobs, words.group);
  const plan: WorkPlan = {
    format: "prospectivity-plan/1",
    ...{ command, results, jobs, groups, gather },
  };
  forgetGroups({ folder: storeFolder(results) }, groups);
  const path = words.file ?? join(results, "plan.json");
  writeWhole(path, `${JSON.stringify(plan, null, 1)}\n`);
  const seconds = jobs.reduce((sum, job) => sum + job.seconds, 0);
  console.log(
    `${path}: ${jobs.length} jobs, ${durationText(seconds)} on one thread, the longest ${durationText(Math.max(...jobs.map((job) => job.seconds)))}`,
  );
}

/** Jobs, the folder whose store they share, and what gathers their results: the words after npm run. */
interface Planned {
  readonly results: string;
  readonly jobs: readonly PlannedJob[];
  readonly gather: readonly string[];
}

function planned(words: PlanWords): Promise<Planned> {
  if (words.survey !== null) return survey(words);
  return words.raster === null ? studies(words) : raster(words.raster, words);
}

/** The tiles of a raster, and what joins them. */
async function raster(file: string, { rest }: PlanWords): Promise<Planned> {
  const words = readScoreWords(root, [file, ...rest], usage);
  if (words === null) return refuse("--help beside --score");
  const jobs = await planScore(root, words);
  return { results: words.results, jobs, gather: ["score", fromCaller(file), ...rest] };
}

/** The jobs of studies, one run or one a variant of a sweep; what several ask for is there once. */
async function studies({ rest, longest }: PlanWords): Promise<Planned> {
  const { results, plans, studies: names, notebooks } = readStudyOptions(root, rest);
  const jobs = new Map<string, PlannedJob>();
  for (const plan of plans) {
    const folder = plan.variant === null ? results : variantFolder(results, plan.variant.name);
    for (const study of names) {
      const own = { ...plan, folder };
      for (const job of await planStudy({ root, study, plan: own, notebooks, longest })) {
        if (!jobs.has(job.key)) jobs.set(job.key, job);
      }
    }
  }
  return { results, jobs: [...jobs.values()], gather: ["study", ...rest] };
}

/** The jobs of generated districts. */
async function survey({ survey: count, methods, longest }: PlanWords): Promise<Planned> {
  const { run, method, file } = await surveyContext(root);
  const wanted = methods
    ? (["surveyedMethods", "groups"] as const)
    : (["headline", "stability", "ablations", "rocs", "classifier"] as const);
  const jobs: PlannedJob[] = [];
  const asked = wanted.map((step) => ({ step, changes: {} }));
  for (const seed of surveyedSeeds(count ?? 0)) {
    const place = { district: seed };
    const study = await studyAt(root, place);
    const steps = studySteps({ study, run, method, file });
    const code = packageHash();
    jobs.push(...studyPlan({ study, place, steps, method, wanted: asked, code, longest }));
  }
  const gather = ["synthetic", "--survey", `${count}`, ...(methods ? ["--methods"] : [])];
  return { results: join(root, "results"), jobs, gather };
}

function planWords(args: readonly string[]): PlanWords {
  const rest = [...args];
  const take = (name: string): string | null => {
    const at = rest.indexOf(name);
    if (at < 0) return null;
    const [, value] = rest.splice(at, 2);
    return value ?? refuse(`${name}: expected a value`);
  };
  if (rest.includes("--help") || rest.includes("-h")) {
    console.log(usage);
    process.exit(0);
  }
  const positive = (name: string, text: string | null) =>
    text === null || /^[1-9]\d{0,6}$/.test(text)
      ? Number(text)
      : refuse(`${name} ${text}: expected a whole number from 1`);
  const survey = take("--survey");
  const methodsAt = rest.indexOf("--methods");
  if (methodsAt >= 0) rest.splice(methodsAt, 1);
  if (methodsAt >= 0 && survey === null) refuse("--methods: expected --survey N beside it");
  const longest = positive("--longest", take("--longest") ?? "600");
  const group = positive("--group", take("--group") ?? "600");
  const file = take("--plan");
  const raster = take("--score");
  if (survey !== null && raster !== null) refuse("--survey and --score: expected one of them");
  if (survey !== null && rest.length > 0) refuse(`${rest.join(" ")}: nothing beside --survey`);
  return {
    survey: survey === null ? null : positive("--survey", survey),
    methods: methodsAt >= 0,
    ...{ raster, longest, group, rest },
    file: file === null ? null : fromCaller(file),
  };
}

function refuse(why: string): never {
  return refuseUsage(why, usage);
}

runCommand(main);
