import type { MethodHeadline, Sensitivity } from "../evaluation/method-headline";
import type { Row } from "./table";

/** One row a variation, the study as it is first: the headline, and how far it moves. */
export function sensitivityRows({ base, variations }: Sensitivity): Row[] {
  return [
    { choice: "none", value: "as it is", ...headlineColumns(base, base), [ALIKE]: 1 },
    ...variations.map(({ choice, value, headline, errorCorrelation }) => ({
      ...{ choice, value },
      ...headlineColumns(headline, base),
      [ALIKE]: errorCorrelation,
    })),
  ];
}

const ALIKE = "correlation of errors";

/** How far one open choice moves the headline, beside what another seed does. */
export interface ChoiceEffect {
  readonly choice: string;
  /** Largest absolute change of the AUC over its values. */
  readonly auc: number;
  /** Largest absolute change of the share of occurrences captured. */
  readonly mainShare: number;
}

/** The effect of each choice, the largest on the AUC first. */
export function choiceEffects({ base, variations }: Sensitivity): ChoiceEffect[] {
  const choices = [...new Set(variations.map(({ choice }) => choice))];
  const largest = (varied: string, of: (headline: MethodHeadline) => number) =>
    Math.max(
      ...variations
        .filter(({ choice }) => choice === varied)
        .map(({ headline }) => Math.abs(of(headline) - of(base))),
    );
  return choices
    .map((choice) => ({
      choice,
      auc: largest(choice, ({ auc }) => auc.value),
      mainShare: largest(choice, ({ mainShare }) => mainShare.value),
    }))
    .sort((first, second) => second.auc - first.auc);
}

function headlineColumns(headline: MethodHeadline, base: MethodHeadline) {
  const { auc, areaShare, mainShare } = headline;
  return {
    AUC: auc.value,
    from: auc.interval[0],
    to: auc.interval[1],
    "AUC change": auc.value - base.auc.value,
    "% of area": 100 * areaShare,
    "% of main occurrences": 100 * mainShare.value,
    "change in %": 100 * (mainShare.value - base.mainShare.value),
  };
}
