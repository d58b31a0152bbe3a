import { join } from "node:path";
import {
  type MethodComparison,
  type MethodSurvey,
  type Steps,
  type SurveyedDistrict,
  surveyedDistrict,
} from "prospectivity";
import { writeWhole } from "../lib/src/files";
import {
  DECIDING,
  generatorOf,
  onDistrict,
  surveyContext,
  surveyedSeeds,
} from "./survey-districts";

/** The parameters that decide its numbers, kept beside them. */
const ALSO_DECIDING = ["folds", "blocksAcross", "trees", "repeats"] as const;

/**
 * Scores every method of notebook 12 on generated districts that the calibration has not seen,
 * in-sample and by spatial folds. What was fitted and trained before comes from the run store, so
 * that a survey that was stopped goes on where it was.
 */
export async function surveyMethods(root: string, count: number): Promise<MethodSurvey> {
  const context = await surveyContext(root);
  const { method } = context;
  const found: { readonly district: SurveyedDistrict; readonly methods: MethodComparison }[] = [];
  for (const seed of surveyedSeeds(count)) {
    const [began, used] = [Date.now(), process.cpuUsage()];
    found.push(await onDistrict(seed, context, (steps) => surveyed(seed, steps)));
    const { user, system } = process.cpuUsage(used);
    const seconds = [(Date.now() - began) / 1000, (user + system) / 1e6];
    console.log(lineOf(found[found.length - 1].district, count - found.length, seconds));
  }
  return {
    command: `npm run synthetic -- --survey ${count} --methods`,
    generator: await generatorOf(),
    method: Object.fromEntries([...DECIDING, ...ALSO_DECIDING].map((name) => [name, method[name]])),
    methods: found[0].methods.scores.map(({ id, name, isTold }) => ({ id, name, isTold })),
    districts: found.map(({ district }) => district),
  };
}

/** Keeps a survey where notebook 12 finds it, a line a district. */
export function keepMethodSurvey(root: string, survey: MethodSurvey): string {
  const path = join(root, "data", "published", "method-survey.json");
  const { districts, ...rest } = survey;
  const lines = districts.map((district) => `  ${JSON.stringify(district)}`).join(",\n");
  const head = JSON.stringify(rest, null, 1).replace(/\n}$/, "");
  writeWhole(path, `${head},\n "districts": [\n${lines}\n ]\n}\n`);
  return `${path}: ${survey.methods.length} methods on ${survey.districts.length} districts`;
}

async function surveyed(seed: number, steps: Steps) {
  const methods = await steps.surveyedMethods();
  const district = surveyedDistrict(seed, methods, await steps.groups());
  return { district, methods };
}

function lineOf(
  { seed, methods }: SurveyedDistrict,
  left: number,
  [seconds, processor]: readonly number[],
): string {
  const areas = Object.entries(methods).map(
    ([id, { outOfFold }]) => `${id} ${outOfFold.main?.toFixed(2) ?? "none"}`,
  );
  const took = `${seconds.toFixed(0)} s, ${processor.toFixed(0)} s of processor`;
  const hours = ((left * seconds) / 3600).toFixed(1);
  return `district ${seed} (${took}; ${left} left, ${hours} h at this pace): ${areas.join(", ")}`;
}
