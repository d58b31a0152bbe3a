import type { BootstrapEstimate, BootstrapOptions } from "../evaluation/bootstrap";
import { describeValues } from "../evaluation/describe";
import type { Grid } from "../grid/grid";
import type { Patches } from "../patches/types";
import type { Attributions } from "../runs/integrated-gradients";
import type { Row } from "../tables/table";
import { bandOf, rankAgreement } from "./attribution";
import { type Completeness, completenessOf, completenessText } from "./completeness";
import type { Measured, Metrics } from "./measured";
import { percentText } from "./words";

/** A layer's part in the reconstruction error, by where the error shows and by what makes it. */
export interface LayerErrorAttribution {
  readonly layer: string;
  /** Share of the mean error that shows in the layer, 0 to 1. */
  readonly shown: number;
  /** Share of what the error is above that of the baseline that the layer makes; may be negative. */
  readonly made: number;
  /** Rank correlation of the two over patches; null where one is the same all over. */
  readonly agreement: BootstrapEstimate | null;
}

/** The reconstruction error taken apart in two ways. */
export interface ErrorAttribution {
  /** By the share made, the largest first. */
  readonly layers: readonly LayerErrorAttribution[];
  readonly completeness: Completeness;
  /** Mean error of the patches, and the error of the baseline. */
  readonly mean: number;
  readonly baseline: number;
  readonly steps: number;
}

/**
 * Sets integrated gradients of the error beside its split by band.
 *
 * @param shown error by band as reconstructionErrorsByBand gives it, over grids of the patches
 */
export function errorAttribution(
  { bands, places, layout }: Patches,
  parts: Attributions,
  shown: readonly Grid[],
  steps: number,
  blocks: BootstrapOptions & { readonly blockSize: number },
): ErrorAttribution {
  const byBand = shown.map(({ values }) =>
    places.map(({ row, column }) => values[row * layout.columns + column]),
  );
  const made = bands.map((_, band) => bandOf(parts.byLayer, band, bands.length));
  const meanOf = (values: ArrayLike<number>) => describeValues(values).mean;
  const shares = (all: readonly ArrayLike<number>[]) => {
    const means = all.map(meanOf);
    const whole = means.reduce((sum, mean) => sum + mean, 0);
    return means.map((mean) => mean / whole);
  };
  const [shownShares, madeShares] = [shares(byBand), shares(made)];
  const layers = bands.map((layer, band) => ({
    ...{ layer, shown: shownShares[band], made: madeShares[band] },
    agreement: rankAgreement(byBand[band], made[band], places, blocks),
  }));
  return {
    layers: layers.sort((one, other) => other.made - one.made),
    completeness: completenessOf(parts),
    ...{ mean: meanOf(parts.scores), baseline: parts.baselineScore, steps },
  };
}

/** Share of the error that each layer makes, and how far the parts add up. */
export function errorAttributionMetrics({ layers, completeness }: ErrorAttribution): Metrics {
  const n = completeness.patches;
  const metrics: { [key: string]: Measured } = {
    "attribution.error.gapShare": { value: completeness.share, n },
  };
  for (const { layer, made } of layers) {
    metrics[`attribution.error.${layer}`] = { value: made, n };
  }
  return metrics;
}

/** One row a layer. */
export function errorAttributionRows({ layers }: ErrorAttribution): Row[] {
  return layers.map(({ layer, shown, made, agreement }) => ({
    layer,
    "% of the error shown": 100 * shown,
    "% of the error made": 100 * made,
    "rank agreement": agreement?.value ?? null,
    from: agreement?.interval[0] ?? null,
    to: agreement?.interval[1] ?? null,
  }));
}

/** Where the error shows, what makes it, and how far these differ. */
export function errorAttributionSentences(found: ErrorAttribution): string[] {
  const { layers, completeness, steps } = found;
  const shows = layers.reduce((one, other) => (other.shown > one.shown ? other : one));
  const [makes] = layers;
  const [shown, made] = [shows.shown, makes.made].map((share) => percentText(share, 0));
  const largest = `The largest part of the error shows in **${shows.layer}** (${shown})`;
  const where =
    layers.length === 1
      ? `The only layer, ${makes.layer}, shows all of the error and makes all of it.`
      : shows.layer === makes.layer
        ? `${largest}, and the largest part is made there (${made}).`
        : `${largest}, and the largest part is made by **${makes.layer}** (${made}): its departures make other layers harder to give back, beside itself.`;
  const easing = layers.filter((layer) => layer.made < 0).map(({ layer }) => layer);
  const eased =
    easing.length === 0
      ? ""
      : ` Departures of ${easing.join(", ")} bring the error down on the whole: the network gives usual values of it back better than the flat baseline.`;
  return [`${where}${eased}`, completenessText(completeness, steps, "of error")];
}
