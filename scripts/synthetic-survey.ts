import { join } from "node:path";
import {
  areaUnderRoc,
  assignOccurrences,
  type DistrictNumbers,
  districtNumbers,
  publishedStudy,
  quantileOfSorted,
  type SurveyedNumber,
  type SyntheticSurvey,
} from "prospectivity";
import { writeWhole } from "../lib/src/files";
import { drawOccurrences } from "../lib/src/synthetic/occurrences";
import { PAPER_SIZE, workingGrid } from "../lib/src/synthetic/settings";
import {
  DECIDING,
  generatorOf,
  onDistrict,
  type SurveyContext,
  surveyContext,
  surveyedSeeds,
} from "./survey-districts";

/** A district's numbers, and the AUC of its error for occurrences anywhere. */
interface Surveyed extends DistrictNumbers {
  readonly seed: number;
  readonly anywhereAuc: number;
}

/**
 * Runs the method, as the notebooks have it, on generated districts that the calibration has not seen,
 * and keeps median and range of each headline number. Trainings come from the run store where they are.
 */
export async function surveyDistricts(root: string, count: number): Promise<SyntheticSurvey> {
  const context = await surveyContext(root);
  const { method } = context;
  const seeds = surveyedSeeds(count);
  const districts: Surveyed[] = [];
  const started = Date.now();
  for (const seed of seeds) {
    const district = await surveyed(seed, context);
    districts.push(district);
    const minutes = (Date.now() - started) / 60_000;
    const left = (minutes / districts.length) * (count - districts.length);
    console.log(`district ${seed}: ${lineOf(district)}; ${left.toFixed(0)} min left`);
  }
  return {
    command: `npm run synthetic -- --survey ${count}`,
    seeds,
    generator: await generatorOf(),
    method: Object.fromEntries(
      [...DECIDING, "longEpochs" as const].map((name) => [name, method[name]]),
    ),
    numbers: numbersOf(districts),
    anywhereAuc: rounded(mean(districts.map(({ anywhereAuc }) => anywhereAuc))),
  };
}

/** Keeps a survey where notebook 08 finds it, and returns the table of docs/guide/reading-results.md. */
export function keepSurvey(root: string, survey: SyntheticSurvey): string {
  const path = join(root, "data", "published", "synthetic-survey.json");
  writeWhole(path, `${JSON.stringify(survey, null, 1)}\n`);
  const rows = survey.numbers.map(
    ({ what, published, median, low, high }) =>
      `| ${what} | ${published ?? ""} | ${median} | ${low} to ${high} |`,
  );
  return [
    `| ${survey.seeds.length} generated districts | published (Hezuo) | median (synthetic) | 5 to 95 % |`,
    "| --- | --- | --- | --- |",
    ...rows,
    `| AUC where occurrences lie anywhere, mean | 0.5 expected | ${survey.anywhereAuc} | |`,
  ].join("\n");
}

function surveyed(seed: number, context: SurveyContext): Promise<Surveyed> {
  return onDistrict(seed, context, async (steps, { truth }) => {
    const found = await districtNumbers(steps, context.method.threshold);
    const scattered = drawOccurrences(seed, workingGrid(PAPER_SIZE), truth.system, "anywhere");
    const { labels } = assignOccurrences(found.patches, scattered);
    return { ...found, seed, anywhereAuc: areaUnderRoc(found.errors, labels) };
  });
}

function numbersOf(districts: readonly Surveyed[]): SurveyedNumber[] {
  const { table2CaeStability, table3ChannelAblation, roc, cnn } = publishedStudy();
  const two = table2CaeStability.matrix;
  const { withoutChannel, matrix } = table3ChannelAblation;
  const withAll = matrix[matrix.length - 1];
  const number = (
    key: string,
    what: string,
    published: number | null,
    of: (district: Surveyed) => number,
  ): SurveyedNumber => {
    const sorted = districts.map(of).sort((a, b) => a - b);
    const [low, median, high] = [0.05, 0.5, 0.95].map((share) => quantileOfSorted(sorted, share));
    return {
      key,
      what,
      published,
      ...{ median: rounded(median), low: rounded(low), high: rounded(high) },
    };
  };
  const correlation = (what: string) => `errors of ${what}, correlation`;
  return [
    number("seeds", correlation("two seeds"), null, ({ stability }) => stability.seeds),
    number(
      "reducedAndBase",
      correlation("reduced layers and 20 epochs"),
      two[0][1],
      ({ stability }) => stability.reducedAndBase,
    ),
    number(
      "reducedAndLong",
      correlation("reduced layers and 100 epochs"),
      two[0][2],
      ({ stability }) => stability.reducedAndLong,
    ),
    number(
      "baseAndLong",
      correlation("20 and 100 epochs"),
      two[1][2],
      ({ stability }) => stability.baseAndLong,
    ),
    ...withoutChannel
      .slice(0, -1)
      .map((channel, at) =>
        number(
          `without.${channel}`,
          `errors without ${channel} and with all, correlation`,
          withAll[at],
          ({ stability }) => stability.ablations[channel],
        ),
      ),
    number(
      "auc.all",
      "AUC of the error, all occurrences",
      roc.allDepositsAllEvidenceAuc,
      ({ auc }) => auc.all,
    ),
    number("auc.main", "AUC of the error, Au", null, ({ auc }) => auc.main),
    number("auc.others", "AUC of the error, others", null, ({ auc }) => auc.others),
    number("bestLayer", "AUC of the best single layer", null, ({ bestLayerAuc }) => bestLayerAuc),
    number("pcaError", "AUC of the PCA error", null, ({ pcaErrorAuc }) => pcaErrorAuc),
    number(
      "areaShare",
      "share of the area at probability 0.5",
      cnn.bestAreaShare,
      ({ areaShare }) => areaShare,
    ),
    number(
      "mainShare",
      "share of Au occurrences there",
      cnn.bestAuShare,
      ({ mainShare }) => mainShare,
    ),
  ];
}

function lineOf({ stability, auc, anywhereAuc }: Surveyed): string {
  const { baseAndLong, reducedAndBase } = stability;
  return [
    `20 and 100 epochs ${baseAndLong.toFixed(2)}`,
    `reduced ${reducedAndBase.toFixed(2)}`,
    `AUC ${auc.all.toFixed(2)}`,
    `anywhere ${anywhereAuc.toFixed(2)}`,
  ].join(", ");
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const rounded = (value: number) => Number(value.toFixed(3));
