import { mapCorrelation } from "../evaluation/block-bootstrap";
import { blockMean } from "../evaluation/block-mean";
import type { BlockOptions, BootstrapEstimate } from "../evaluation/bootstrap";
import { medianOf, varies } from "../evaluation/describe";
import { midRanks } from "../evaluation/ranks";
import type { NamedEstimate } from "../figures/interval-plot";
import { patchMeans } from "../patches/means";
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
  /**
   * Rank correlation over patches of the layer's mean and its integrated gradients: near 1 where the
   * score goes up with the layer, near -1 where it goes down, near 0 where both ends move it alike.
   */
  readonly direction: BootstrapEstimate | null;
  /** Which side is held favourable beforehand; null where none is. */
  readonly favourable: Favourable;
}

/** The side of a layer that its manifest holds favourable. */
export type Favourable = "high" | "low" | null;

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

/** What is found, patch by patch, of the layers. */
export interface AttributionInputs {
  readonly patches: Patches;
  readonly parts: Attributions;
  /** [count, bands]: by how much log odds fall without a layer. */
  readonly occluded: Float64Array;
  readonly selection: TrainingSelection;
  readonly baseline: Float32Array;
  readonly steps: number;
  /** What the manifest holds of each band, by its label. */
  readonly evidence: readonly { readonly label: string; readonly favourable: Favourable }[];
  /** How intervals draw blocks of patches. */
  readonly blocks: BlockOptions;
}

/** Layer by layer over the district, by integrated gradients and by occlusion. */
export function districtAttribution(inputs: AttributionInputs): Attribution {
  const { patches, parts, occluded, selection, baseline, steps, blocks } = inputs;
  const { bands, places } = patches;
  const sides = sidesOf(bands, inputs.evidence);
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
      direction: rankAgreement(patchMeans(patches, band), own, places, blocks),
      favourable: sides[band],
    };
  });
  return {
    layers: layers.sort((one, other) => other.integrated.value - one.integrated.value),
    completeness: completenessOf(parts),
    ...{ parts, baseline, steps },
  };
}

/** The side of each band that is held favourable, in their order. */
export function sidesOf(
  bands: readonly string[],
  evidence: AttributionInputs["evidence"],
): Favourable[] {
  return bands.map((band) => evidence.find(({ label }) => label === band)?.favourable ?? null);
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
  blocks: BlockOptions,
): BootstrapEstimate | null {
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
  metrics["attribution.contraryLayers"] = {
    value: contraryLayers(layers).length,
    n: layers.length,
  };
  metrics["attribution.gapShare"] = { value: completeness.share, n };
  metrics["attribution.worstGap"] = { value: completeness.worst, n };
  return metrics;
}

function medianAgreement(layers: readonly LayerAttribution[]): number | null {
  const known = layers.flatMap(({ agreement }) => agreement?.value ?? []);
  return known.length === 0 ? null : medianOf(known);
}

/** One row a layer, the largest first. */
export function attributionRows({ layers }: Attribution): Row[] {
  return layers.map((each) => ({
    layer: each.layer,
    "mean size": each.integrated.value,
    from: knownInterval(each.integrated).interval?.[0] ?? null,
    to: knownInterval(each.integrated).interval?.[1] ?? null,
    "where labelled prospective": each.prospective,
    "where labelled background": each.background,
    "goes up with it": each.direction?.value ?? null,
    "held favourable": each.favourable ?? "",
    "size by occlusion": each.occluded.value,
    "agrees with occlusion": each.agreement?.value ?? null,
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

/** Layers whose direction is the other one than the manifest holds favourable, beyond doubt. */
function contraryLayers(layers: readonly LayerAttribution[]): LayerAttribution[] {
  return layers.filter(({ direction, favourable }) => {
    if (direction === null || favourable === null) return false;
    const [low, high] = direction.interval;
    return favourable === "high" ? high < 0 : low > 0;
  });
}

/** Which layers move the score against what is held favourable; unwelcome, so said first. */
function contrarySentence(layers: readonly LayerAttribution[]): string | null {
  const held = layers.filter(({ favourable }) => favourable !== null);
  if (held.length === 0) return null;
  const contrary = contraryLayers(layers);
  if (contrary.length === 0) {
    return `Of ${held.length} layers of which the manifest holds a side favourable, none moves the score the other way beyond doubt.`;
  }
  const named = contrary.map(
    ({ layer, direction, favourable }) =>
      `${layer} (${direction!.value.toFixed(2)}, favourable when ${favourable})`,
  );
  return `**Against what the manifest holds favourable**, the score moves the other way with ${named.join(", ")}: ${contrary.length} of ${held.length} layers of which a side is held favourable. The labels were cut from an error that has no sign, and a network that learns them learns which end of a layer is the unusual one, not which is ore's. Whether another seed says so too is told below.`;
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
  const contrary = contrarySentence(layers);
  return [
    ...(contrary === null ? [] : [contrary]),
    `**${first.layer}** moves the log odds most, by ${size(first)} in the mean of all patches, ${lead}.`,
    ...(both === "" ? [] : [both]),
    completenessText(completeness, steps, "log odds"),
  ];
}
