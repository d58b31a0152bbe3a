import { valueText } from "../method/value-text";
import { hasPublishedLayers, publishedStudy } from "../published/published-study";
import { isSkipped } from "../skipped";
import {
  type ComparedVariant,
  type Comparison,
  differingParameters,
  hasSamePatches,
  mainGroupId,
  sides,
} from "./compared-variant";
import { rankCorrelation } from "./variant-maps";
import { pText, signedText } from "./variant-rows";
import { captureTests, errorTests, isBeyondChance, type VariantTest } from "./variant-tests";
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

/** What a variant sets otherwise than the reference, such as "wide: filters 64, 128 instead of 8, 4". */
export function variantSentences(comparison: Comparison): string[] {
  const { reference, others } = sides(comparison);
  return others.map(({ name, method }) => {
    const changed = differingParameters(comparison)
      .filter((each) => JSON.stringify(method[each]) !== JSON.stringify(reference.method[each]))
      .map(
        (each) =>
          `${each} ${valueText(method[each])} instead of ${valueText(reference.method[each])}`,
      );
    return `**${name}**: ${listText(changed, "nothing is set otherwise")}.`;
  });
}

/** Which differences are larger than chance: of the errors by DeLong, of the maps by occurrences. */
export function verdictSentences(comparison: Comparison): string[] {
  const all = comparison.variants[0].groups[0];
  const main = mainGroupId(comparison);
  return [
    verdictSentence(
      comparison,
      errorTests(comparison, all.ids[0]),
      `AUC of the error (${all.title}, DeLong's paired test)`,
    ),
    ...(hasOtherPatches(comparison)
      ? [
          "Where patches differ they cannot be paired: there the errors are compared at the occurrences.",
          verdictSentence(
            comparison,
            captureTests(comparison, all.ids[0], "errors"),
            `Area under the error's success-rate curve (${all.title}, paired bootstrap)`,
          ),
        ]
      : []),
    verdictSentence(
      comparison,
      captureTests(comparison, main, "probabilities"),
      "Area under the map's success-rate curve (paired bootstrap over occurrences)",
    ),
  ];
}

function hasOtherPatches(comparison: Comparison): boolean {
  const { reference, others } = sides(comparison);
  return others.some((other) => !hasSamePatches(other, reference));
}

function verdictSentence(
  comparison: Comparison,
  tested: readonly VariantTest[],
  what: string,
): string {
  const { reference, others } = sides(comparison);
  const against = tested.filter((test) => test.against !== null && !isSkipped(test.against));
  const told = against.filter(isBeyondChance);
  const texts = told.map(
    ({ variant, against: { difference, adjusted } }) =>
      `**${variant.name} ${difference.value > 0 ? "higher" : "lower"}** by ${signedText(difference)}, p ${pText(adjusted)} after Holm`,
  );
  if (against.length === 0) return `${what}: no variant can be paired with ${reference.name}.`;
  const untested = others.length - against.length;
  const rest = untested === 0 ? "" : ` ${untested} cannot be paired.`;
  const found =
    told.length === 0
      ? `no difference from ${reference.name} is larger than chance`
      : `larger than chance: ${texts.join("; ")}`;
  return `${what}: ${found}${told.length === 0 ? "" : `; of ${against.length} tested`}.${rest}`;
}

/** What the seed alone does, where a variant's notebooks have measured it; else how to learn it. */
export function seedSentences(comparison: Comparison): string[] {
  const { study } = comparison;
  const numberOf = (key: string) => {
    const variant = comparison.variants.find(({ metrics }) => metrics[key] !== undefined);
    return variant && { of: variant.name, value: variant.metrics[key].value };
  };
  const area = numberOf("sensitivity.seed.auc");
  const alike = numberOf("cae.stability.seed");
  const known = [
    ...(area === undefined
      ? []
      : [
          `another seed moves the AUC of ${area.of} by up to **${area.value.toFixed(3)}** (notebook 08)`,
        ]),
    ...(alike === undefined
      ? []
      : [
          `errors of two seeds of ${alike.of} correlate by **${alike.value.toFixed(3)}** (notebook 02)`,
        ]),
  ];
  if (known.length === 0) {
    return [
      `How far the seed alone moves these numbers is not known here: \`npm run study -- --study ${study.id} --seed 1,2,3 --sweep\` shows it, and notebooks 02 and 08 measure it.`,
    ];
  }
  const text = known.join("; ");
  return [`${text[0].toUpperCase()}${text.slice(1)}: smaller differences may be the seed's.`];
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

/** What must be said beside every comparison of variants. */
export function variantCautions(comparison: Comparison): string[] {
  const { study } = comparison;
  const published = publishedStudy().roc.allDepositsAllEvidenceAuc;
  const synthetic =
    study.kind === "synthetic"
      ? ["The district is synthetic: what it shows holds for ground of that kind, if anywhere."]
      : [];
  return [
    "**Choosing a variant by these numbers looks at the occurrences.** The best of several is flattered by the choice; judge it on ground or deposits that had no part in it, or choose by what needs no occurrence, such as the agreement of two seeds.",
    "The tests ask whether other patches or other known deposits of the same kind would tell the variants apart. They take each network as it is trained: another seed is another network. Neighbouring patches are alike, so intervals are rather too narrow.",
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
