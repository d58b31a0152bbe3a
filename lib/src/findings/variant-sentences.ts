import { hasPublishedLayers, publishedStudy } from "../published/published-study";
import {
  type ComparedVariant,
  type Comparison,
  differingParameters,
  sides,
} from "./compared-variant";
import { rankCorrelation } from "./variant-maps";
import { listText, rangeText } from "./words";

/** Which district, which variants, and in what they differ. */
export function comparedSentence(comparison: Comparison): string {
  const { study, variants } = comparison;
  const { reference } = sides(comparison);
  const names = differingParameters(comparison);
  const kind =
    study.kind === "synthetic" ? "synthetic, generated; not the district of the paper" : "real";
  const differ =
    names.length === 0
      ? "No parameter differs between them: they are the same method."
      : `They differ in ${listText(names)}; all else is the same.`;
  const { profile } = reference.method;
  const smoke =
    profile === "smoke"
      ? " The smoke profile is there to see that everything works: its numbers say nothing of the method."
      : "";
  return `${study.title} (${kind}), profile ${profile}: ${variants.length} variants, held against **${reference.name}**. ${differ}${smoke}`;
}

/** How alike the error maps are to the reference's. */
export function alikeVariantsSentence(comparison: Comparison): string {
  const { reference, others } = sides(comparison);
  const alike = (kind: "errors" | "probabilities") => {
    const values = others
      .map((other: ComparedVariant) => rankCorrelation(reference, other, kind))
      .filter((value) => !Number.isNaN(value));
    if (values.length === 0) return "not comparable";
    return values.length === 1 ? values[0].toFixed(3) : rangeText(values);
  };
  return `Rank correlation with ${reference.name}: errors ${alike("errors")}, maps ${alike("probabilities")}.`;
}

/** What choosing a variant by its numbers does. */
export function choiceCaution(): string {
  return "**Choosing a variant by these numbers looks at the occurrences.** The best of several is flattered by the choice: judge it on ground or deposits that had no part in it, or choose by what needs no occurrence, such as the agreement of two seeds.";
}

/** What else must be said beside every comparison of variants. */
export function variantCautions(comparison: Comparison): string[] {
  const { study } = comparison;
  const published = publishedStudy().roc.allDepositsAllEvidenceAuc;
  const synthetic =
    study.kind === "synthetic"
      ? ["The district is synthetic: what it shows holds for ground of that kind, if anywhere."]
      : [];
  return [
    "The tests ask whether other patches or other known deposits of the same kind would tell the variants apart. They take each network as it is trained: another seed is another network. Occurrences of one patch are drawn together; but neighbouring patches are alike, too, so intervals are rather too narrow.",
    ...synthetic,
    hasPublishedLayers(study)
      ? `Published for Hezuo, whose data are others: AUC of the error ${published}.`
      : "Numbers published for Hezuo do not stand beside these: it has other layers.",
  ];
}

/** Why losses of two variants must not be compared by height; null where they may. */
export function lossCaution(comparison: Comparison): string | null {
  const deciding = ["loss", "percentiles", "patchSize", "coarsening"] as const;
  const differ = deciding.filter((name) => differingParameters(comparison).includes(name));
  return differ.length === 0
    ? null
    : `Losses are not of the same kind, since ${listText(differ)} differs: compare the shapes of these curves, not their heights.`;
}
