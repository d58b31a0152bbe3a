import type { HeadlineErrors, MethodHeadline, Sensitivity } from "../evaluation/method-headline";
import type { Patches } from "../patches/types";
import { publishedNumbers } from "../published/numbers";
import { type SyntheticSurvey, surveyRows, syntheticSurvey } from "../published/synthetic-survey";
import type { RecordedStudy } from "../runs/recorded";
import { type Found, given, skipped } from "../skipped";
import type { Study } from "../study/types";
import { choiceEffects } from "../tables/sensitivity";
import { intervalCounts } from "../tables/summary";
import type { Row } from "../tables/table";
import type { Metrics } from "./measured";
import { listText, percentText } from "./words";

/** The method's headline on a study, and the errors and patches that it is of. */
export interface StudyHeadline extends HeadlineErrors {
  readonly patches: Patches;
}

/** What each open choice moves, and the choices that the study does not have. */
export interface StudySensitivity extends Sensitivity {
  readonly notVaried: readonly string[];
}

/** Patches and occurrences, and how the classifier ended and what it marks. */
export function headlineMetrics(
  { headline, patches }: StudyHeadline,
  { occurrences, mainCommodity }: Pick<Study, "occurrences" | "mainCommodity">,
): Metrics {
  const { finalLoss, finalAccuracy, areaShare, mainShare, mainOccurrences } = headline;
  const main = occurrences.filter(({ commodity }) => commodity === mainCommodity).length;
  const n = patches.places.length;
  return {
    "summary.patches": { value: n },
    "summary.occurrences": { value: occurrences.length },
    "summary.occurrences.main": { value: main },
    "summary.classifier.finalLoss": { value: finalLoss },
    "summary.classifier.finalAccuracy": { value: finalAccuracy },
    "summary.classifier.areaShare": { value: areaShare, n },
    "summary.classifier.mainShare": { ...mainShare, n: mainOccurrences },
  };
}

/** How many published numbers lie within an interval of this district's. */
export function withinSentence(
  studies: readonly RecordedStudy[],
  { kind }: Pick<Study, "kind">,
): string {
  const numbers = publishedNumbers();
  const { beside, within } = intervalCounts(numbers, studies[0]);
  const whose = kind === "synthetic" ? "this synthetic district's" : "this district's";
  return `Of ${numbers.length} published numbers, ${beside} stand beside an interval of ${whose}; ${within} lie within it.`;
}

/** The survey of generated districts, which stands beside a generated one alone. */
export function surveyBeside({ kind }: Pick<Study, "kind">): Found<SyntheticSurvey> {
  return kind === "real" ? skipped("this study is real") : syntheticSurvey();
}

/** One row a number of the survey. */
export function surveyBesideRows(survey: Found<SyntheticSurvey>): Found<Row[]> {
  return given(survey, surveyRows);
}

/** How a method that leaks nothing does where occurrences mean nothing. */
export function surveySentence(survey: Found<SyntheticSurvey>): Found<string> {
  return given(
    survey,
    ({ anywhereAuc, seeds, command }) =>
      `Where occurrences lie anywhere the mean AUC over ${seeds.length} generated districts is **${anywhereAuc}** (\`${command}\` makes the table).`,
  );
}

/** How far each open choice moves the AUC. */
export function sensitivityMetrics(sensitivity: Sensitivity): Metrics {
  return Object.fromEntries(
    choiceEffects(sensitivity).map(({ choice, auc }) => [
      `sensitivity.${choice.replace(" ", "")}.auc`,
      { value: auc },
    ]),
  );
}

/** Which choices matter, and which do no more than another seed. */
export function sensitivitySentence(
  sensitivity: Sensitivity,
  { mainCommodity }: Pick<Study, "mainCommodity">,
): string {
  const effects = choiceEffects(sensitivity);
  const chance = effects.find(({ choice }) => choice === "seed");
  if (chance === undefined)
    return "No other seed was tried, so nothing says what chance alone does.";
  const more = effects.filter(({ auc }) => auc > chance.auc);
  const names = more.map(({ choice, auc }) => `${choice} (${auc.toFixed(3)})`);
  return `Another seed moves the AUC by up to ${chance.auc.toFixed(3)} and the share of ${mainCommodity} occurrences by up to ${percentText(chance.mainShare)}. Moving the AUC by more than that: ${listText(names, "none of the choices")}.`;
}

/** Which choices this study does not have; null where it has all. */
export function notVariedSentence(choices: readonly string[]): string | null {
  return choices.length === 0
    ? null
    : `Not varied, since no layer of this study is made from samples: ${choices.join(", ")}.`;
}

/** One row a variation of those whose error maps are the least like the study's own. */
export function leastStableRows({ variations }: Sensitivity, shown = 5): Row[] {
  return variations
    .map(({ choice, value, errorCorrelation }) => ({
      choice,
      value,
      correlation: errorCorrelation,
    }))
    .sort((first, second) => first.correlation - second.correlation)
    .slice(0, shown);
}

/** The headline as it is, and with another threshold. */
export function stricterSentence(as: MethodHeadline, stricter: MethodHeadline): string {
  return `Area ${percentText(as.areaShare)} to ${percentText(stricter.areaShare)}, occurrences ${percentText(as.mainShare.value)} to ${percentText(stricter.mainShare.value)}.`;
}

/** How many occurrences an interval half as wide would take. */
export function halfWidthSentence({ auc }: MethodHeadline, count: number): string {
  const [low, high] = auc.interval;
  return `The interval of the AUC is ${(high - low).toFixed(3)} wide with ${count} occurrences; half of that takes about ${4 * count}.`;
}

/** The AUC under each variation beside that of the study as it is, for one plot. */
export function sensitivityEstimates({ base, variations }: Sensitivity) {
  return [
    { name: "as it is", estimate: base.auc },
    ...variations.map(({ choice, value, headline }) => ({
      name: `${choice}: ${value}`,
      estimate: headline.auc,
    })),
  ];
}
