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

/** What two percentiles that become 0 and 1 are called. */
export function scalingName([low, high]: readonly number[]): string {
  return low === 0 && high === 100 ? "minimum to maximum" : `percentiles ${low} to ${high}`;
}

/** The errors of layers under one scaling, and what it clips. */
export interface ScaledErrors {
  readonly percentiles: readonly number[];
  readonly layers: readonly LayerError[];
  readonly clipped: readonly ClippedShares[];
}

/** One row a layer: its part in the error under each of two scalings, and what each clips. */
export function scalingRows(one: ScaledErrors, other: ScaledErrors): Row[] {
  return one.layers.map(({ band }, at) => ({
    layer: band,
    ...Object.fromEntries(
      [one, other].flatMap(({ percentiles, layers, clipped }) => [
        [`% of the error, ${scalingName(percentiles)}`, round(100 * layers[at].share)],
        [
          `% clipped, ${scalingName(percentiles)}`,
          round(100 * (clipped[at].below + clipped[at].above)),
        ],
      ]),
    ),
  }));
}

const round = (percent: number) => Number(percent.toFixed(1));

/** Reliability from which one training says nearly what another does. */
const RELIABLE = 0.95;

/**
 * What a careful person does about the seed, from how alike single errors and means are: one training
 * where it is as reliable as 0.95, else the mean over seeds.
 */
export function reliabilityAdvice({ members, single, measured }: ErrorReliability): string {
  const one = single.mean.toFixed(3);
  if (single.mean >= RELIABLE) {
    return `One training is enough here: its errors agree with another's by ${one}.`;
  }
  return `One training is not enough here: its errors agree with another's by ${one} only. A careful person averages over seeds: \`members: ${members}\` agrees by ${measured.value.toFixed(3)}.`;
}
