import { mapCorrelation } from "../evaluation/block-bootstrap";
import { blockMean } from "../evaluation/block-mean";
import type { BootstrapEstimate, BootstrapOptions } from "../evaluation/bootstrap";
import { quantileOfSorted } from "../evaluation/describe";
import { midRanks } from "../evaluation/ranks";
import type { NamedEstimate } from "../figures/interval-plot";
import type { TrainingSelection } from "../patches/select";
import type { Patches } from "../patches/types";
import type { Attributions } from "../runs/integrated-gradients";
import type { Row } from "../tables/table";
import { type Completeness, completenessOf, completenessText } from "./completeness";
import type { Measured, Metrics } from "./measured";

/** What a layer has in the log odds of the district's patches. */
export interface LayerAttribution {
  readonly layer: string;
  /** Mean size over patches, whichever way it goes: by integrated gradients and by occlusion. */
  readonly integrated: BootstrapEstimate;
  readonly occluded: BootstrapEstimate;
  /** Mean of the integrated gradients, sign heeded, over patches labelled either way. */
  readonly prospective: number;
  readonly background: number;
  /** Rank correlation over patches of the two; null where one is the same all over. */
  readonly agreement: BootstrapEstimate | null;
}

/** What the layers have in the log odds of a classifier. */
export interface Attribution {
  /** By mean size, the largest first. */
  readonly layers: readonly LayerAttribution[];
  readonly completeness: Completeness;
  readonly parts: Attributions;
  /** Level of each band from which attributions are counted, and the steps to get away from it. */
  readonly baseline: Float32Array;
  readonly steps: number;
}

type Blocks = BootstrapOptions & { readonly blockSize: number };

/** What is found, patch by patch, of the layers. */
export interface AttributionInputs {
  readonly patches: Patches;
  readonly parts: Attributions;
  /** [count, bands]: by how much log odds fall without a layer. */
  readonly occluded: Float64Array;
  readonly selection: TrainingSelection;
  readonly baseline: Float32Array;
  readonly steps: number;
  /** How intervals draw blocks of patches. */
  readonly blocks: Blocks;
}

/** Layer by layer over the district, by integrated gradients and by occlusion. */
export function districtAttribution(inputs: AttributionInputs): Attribution {
  const { patches, parts, occluded, selection, baseline, steps, blocks } = inputs;
  const { bands, places } = patches;
  const layers = bands.map((layer, band): LayerAttribution => {
    const own = bandOf(parts.byLayer, band, bands.length);
    const covered = bandOf(occluded, band, bands.length);
    const meanOver = (numbers: Uint32Array) =>
      numbers.reduce((sum, patch) => sum + own[patch], 0) / numbers.length;
    return {
      layer,
      integrated: blockMean(own.map(Math.abs), places, blocks),
      occluded: blockMean(covered.map(Math.abs), places, blocks),
      prospective: meanOver(selection.prospective),
      background: meanOver(selection.background),
      agreement: rankAgreement(own, covered, places, blocks),
    };
  });
  return {
    layers: layers.sort((one, other) => other.integrated.value - one.integrated.value),
    completeness: completenessOf(parts),
    ...{ parts, baseline, steps },
  };
}

/** The values of one band of [count, bands]. */
export function bandOf(values: ArrayLike<number>, band: number, bands: number): Float64Array {
  return Float64Array.from(
    { length: values.length / bands },
    (_, patch) => values[patch * bands + band],
  );
}

/**
 * Spearman's rank correlation with an interval over blocks of patches; null where one of the two is
 * the same all over.
 */
export function rankAgreement(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  places: Patches["places"],
  blocks: Blocks,
): BootstrapEstimate | null {
  const varies = (values: ArrayLike<number>) =>
    Array.from(values).some((value) => value !== values[0]);
  if (!varies(first) || !varies(second)) return null;
  return mapCorrelation(midRanks(first), midRanks(second), places, blocks);
}

/** An interval as it is kept and shown: none where nothing is known of it. */
export function knownInterval({ value, interval }: BootstrapEstimate): Measured {
  return interval.every(Number.isFinite) ? { value, interval } : { value };
}

/** Size of each layer, how far the two ways agree, and how far the parts add up. */
export function attributionMetrics({ layers, completeness, parts }: Attribution): Metrics {
  const metrics: { [key: string]: Measured } = {};
  const n = parts.scores.length;
  for (const { layer, integrated, occluded } of layers) {
    metrics[`attribution.${layer}.integrated`] = { ...knownInterval(integrated), n };
    metrics[`attribution.${layer}.occluded`] = { ...knownInterval(occluded), n };
  }
  const agreement = medianAgreement(layers);
  if (agreement !== null) metrics["attribution.agreement"] = { value: agreement, n: layers.length };
  metrics["attribution.gapShare"] = { value: completeness.share, n };
  metrics["attribution.worstGap"] = { value: completeness.worst, n };
  return metrics;
}

function medianAgreement(layers: readonly LayerAttribution[]): number | null {
  const known = layers.flatMap(({ agreement }) => agreement?.value ?? []);
  return known.length === 0
    ? null
    : quantileOfSorted(
        known.sort((a, b) => a - b),
        0.5,
      );
}

/** One row a layer, the largest first. */
export function attributionRows({ layers }: Attribution): Row[] {
  return layers.map(({ layer, integrated, occluded, prospective, background, agreement }) => ({
    layer,
    "mean size": integrated.value,
    from: knownInterval(integrated).interval?.[0] ?? null,
    to: knownInterval(integrated).interval?.[1] ?? null,
    "where labelled prospective": prospective,
    "where labelled background": background,
    "size by occlusion": occluded.value,
    "rank agreement": agreement?.value ?? null,
  }));
}

const WAYS = { integrated: "integrated gradients", occluded: "occlusion" } as const;

/** Mean size of each layer by both ways, for intervalPlot; an interval of nothing known is a point. */
export function attributionEstimates({ layers }: Attribution): NamedEstimate[] {
  return layers.flatMap((each) =>
    (["integrated", "occluded"] as const).map((way) => {
      const { value, interval = [value, value] } = knownInterval(each[way]);
      const { confidence } = each[way];
      return { name: each.layer, group: WAYS[way], estimate: { value, interval, confidence } };
    }),
  );
}

/** Which layers the log odds hang on, how far occlusion agrees, and how far the parts add up. */
export function attributionSentences({ layers, completeness, steps }: Attribution): string[] {
  const [first, second] = layers;
  const size = (layer: LayerAttribution) => {
    const { value, interval } = knownInterval(layer.integrated);
    const range = interval?.map((bound) => bound.toFixed(2)).join(" to ");
    return `${value.toFixed(2)}${range === undefined ? "" : ` (${range})`}`;
  };
  if (second === undefined) {
    return [
      `The only layer, ${first.layer}, has all of the score: it moves the log odds by ${size(first)} in the mean.`,
      completenessText(completeness, steps, "log odds"),
    ];
  }
  const isApart = first.integrated.interval[0] > second.integrated.interval[1];
  const lead = isApart
    ? "farther than any other"
    : `and intervals do not tell it from ${second.layer}, with ${size(second)}`;
  const agreement = medianAgreement(layers);
  const signs = layers.filter(({ agreement: each }) => each !== null && each.value < 0);
  const apart =
    signs.length === 0
      ? ""
      : ` The two contradict each other in ${signs.map(({ layer }) => layer).join(", ")}: read nothing into the sign there.`;
  const both =
    agreement === null
      ? ""
      : `Covered one by one, the layers say the same with a rank correlation of ${agreement.toFixed(2)} over patches in the median of layers; what layers say together, such as a contrast of two, occlusion counts twice or not at all.${apart}`;
  return [
    `**${first.layer}** moves the log odds most, by ${size(first)} in the mean of all patches, ${lead}.`,
    ...(both === "" ? [] : [both]),
    completenessText(completeness, steps, "log odds"),
  ];
}
