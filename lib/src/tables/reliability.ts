import type { ClippedShares } from "../evidence/scale";
import type { LayerError } from "../runs/error-by-layer";
import type { ErrorReliability } from "../runs/reliability";
import type { Row } from "./table";

/** Correlations of single errors and of means over seeds, predicted and measured. */
export function reliabilityRows({ members, trials, ...found }: ErrorReliability): Row[] {
  const { single, predicted, measured } = found;
  const pairs = (trials.length * (trials.length - 1)) / 2;
  const [from, to] = measured.interval;
  return [
    {
      errors: "one seed against another",
      how: `mean, least and largest of ${pairs} pairs`,
      ...{ correlation: single.mean, from: single.least, to: single.largest },
    },
    {
      errors: `mean of ${members} seeds against that of ${members} others`,
      how: "Spearman and Brown, from the first row",
      ...{ correlation: predicted, from: null, to: null },
    },
    {
      errors: `mean of ${members} seeds against that of ${members} others`,
      how: "measured, 95 % interval over blocks of patches",
      ...{ correlation: measured.value, from, to },
    },
  ];
}

/** One row a layer: its part in the error, and how far another seed agrees on it. */
export function layerErrorRows(layers: readonly LayerError[]): Row[] {
  return layers.map(({ band, mean, share, correlation }) => ({
    layer: band,
    "mean error": mean,
    "% of the error": 100 * share,
    "correlation with another seed": correlation,
  }));
}

/** One row a layer: its part in the error under two scalings, and what the second clips. */
export function scalingRows(
  published: readonly LayerError[],
  clipped: readonly LayerError[],
  shares: readonly ClippedShares[],
): Row[] {
  return published.map(({ band, share }, at) => ({
    layer: band,
    "% of the error, minimum to maximum": 100 * share,
    "% of the error, percentiles": 100 * clipped[at].share,
    "% of pixels clipped": 100 * (shares[at].below + shares[at].above),
  }));
}
