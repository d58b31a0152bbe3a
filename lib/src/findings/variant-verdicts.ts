import { bestLayer } from "../baselines/single-layer";
import { pearson } from "../evaluation/correlation";
import { aucWithInterval } from "../evaluation/delong";
import { isSkipped } from "../skipped";
import {
  type Comparison,
  differingParameters,
  hasSamePatches,
  mainGroupId,
  sides,
} from "./compared-variant";
import { pText, signedText } from "./variant-rows";
import { captureTests, errorTests, isBeyondChance, type VariantTest } from "./variant-tests";
import { estimateText, listText, rangeText } from "./words";

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

/** What needs no network, and which variants' errors are above it; by AUC of all occurrences. */
export function withoutNetworkSentence({ variants }: Comparison): string {
  const areas = variants.map(({ name, errors, groups: [all], baselines: { layers, pca } }) => {
    const { labels } = all.assignment;
    const best = layers.length === 0 ? null : bestLayer(layers, labels);
    const [error, linear] = [errors, pca.errors].map((scores) => aucWithInterval(scores, labels));
    return { name, error, linear, layer: best && aucWithInterval(best.scores, labels) };
  });
  const [{ linear, layer }] = areas;
  const above = areas.filter((each) => each.error.value > each.linear.value);
  const aboveLayer = areas.filter((each) => each.error.value > (each.layer?.value ?? 1));
  const names = (list: typeof areas) => listText(list.map(({ name }) => name));
  const alone =
    layer === null
      ? ""
      : `; the best single layer, chosen by the occurrences, **${estimateText(layer)}**, above it ${names(aboveLayer)}`;
  return `Without a network the PCA error has **${estimateText(linear)}**; above it: ${names(above)}${alone}.`;
}

/** The key under which a study keeps how far another seed moves the AUC, and how alike two seeds are. */
const SEED_KEYS = { area: "sensitivity.seed.auc", alike: "cae.stability.seed" } as const;

/** What the seed alone does, where a variant's notebooks have measured it; else how to learn it. */
export function seedSentences(comparison: Comparison): string[] {
  const { study } = comparison;
  const [area, alike] = [SEED_KEYS.area, SEED_KEYS.alike].map((key) => numberOf(comparison, key));
  const found = [
    ...ownSeedsSentence(comparison),
    ...(area === null ? [] : [seedAreaSentence(comparison, area)]),
    ...(alike === null ? [] : [seedLikenessSentence(comparison, alike)]),
  ];
  if (found.length > 0) return found;
  return [
    `How far the seed alone moves these numbers is not known here: \`npm run study -- --study ${study.id} --seed 1,2,3 --sweep\` shows it, and notebooks 02 and 08 measure it.`,
  ];
}

interface NumberOf {
  readonly name: string;
  readonly value: number;
}

/** A number of the first variant that has it on record. */
function numberOf({ variants }: Comparison, key: string): NumberOf | null {
  const having = variants.find(({ metrics }) => metrics[key] !== undefined);
  return having === undefined ? null : { name: having.name, value: having.metrics[key].value };
}

/** Of variants that differ by their seed alone: how far their AUC runs; none of others. */
function ownSeedsSentence(comparison: Comparison): string[] {
  if (differingParameters(comparison).join() !== "seed") return [];
  const areas = comparison.variants.map(({ headline }) => headline.auc.value);
  return [
    `These variants differ by nothing but the seed: the AUC of the error runs from ${rangeText(areas)}. That is what chance in the training does.`,
  ];
}

function seedAreaSentence(comparison: Comparison, { name, value }: NumberOf): string {
  const { variants } = comparison;
  const tested = errorTests(comparison, variants[0].groups[0].ids[0]);
  const within = tested
    .filter(isBeyondChance)
    .filter(({ against }) => Math.abs(against.difference.value) <= value)
    .map(({ variant }) => variant.name);
  const which =
    within.length === 0 ? "" : ` That holds of ${listText(within)}, whatever the test says.`;
  return `Another seed moves the AUC of ${name} by up to **${value.toFixed(3)}** (notebook 08): a smaller difference may be the seed's.${which}`;
}

function seedLikenessSentence(comparison: Comparison, { name, value }: NumberOf): string {
  const { reference, others } = sides(comparison);
  const alike = others
    .filter((other) => hasSamePatches(other, reference))
    .map((other) => ({ other, correlation: pearson(other.errors, reference.errors) }));
  const isAlike = ({ correlation }: (typeof alike)[number]) => correlation >= value;
  const textOf = (list: typeof alike) =>
    listText(list.map(({ other, correlation }) => `${other.name} (${correlation.toFixed(3)})`));
  const told = alike.filter((each) => !isAlike(each));
  return `Errors of two seeds of ${name} correlate by **${value.toFixed(3)}** (notebook 02). No more unlike ${reference.name} than that: ${textOf(alike.filter(isAlike))}; more unlike: ${textOf(told)}.`;
}
