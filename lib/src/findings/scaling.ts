import { mapCorrelation } from "../evaluation/block-bootstrap";
import type { Estimate } from "../evaluation/types";
import { clippedShares } from "../evidence/scale";
import type { Patches } from "../patches/types";
import type { AutoencoderTrial } from "../runs/autoencoder-trial";
import type { LayerError } from "../runs/error-by-layer";
import type { EvidenceRun } from "../runs/evidence-run";
import { type ScaledErrors, scalingRows } from "../tables/reliability";
import type { Row } from "../tables/table";
import type { Metrics } from "./measured";
import { estimateText } from "./words";

/** The same network on layers scaled in two ways. */
export interface ScalingComparison {
  readonly own: ScaledErrors;
  readonly other: ScaledErrors;
  /** Correlation of their errors. */
  readonly alike: Estimate;
  readonly n: number;
}

/** One of two scalings: its evidence, and the training on it. */
export interface Scaling {
  readonly percentiles: readonly number[];
  readonly evidence: EvidenceRun;
  readonly trial: AutoencoderTrial;
  readonly layers: readonly LayerError[];
}

/** Compares where the error sits under two scalings, and how alike the two maps are. */
export function compareScalings(
  own: Scaling,
  other: Scaling,
  { places }: Pick<Patches, "places">,
  blocks: Parameters<typeof mapCorrelation>[3],
): ScalingComparison {
  const alike = mapCorrelation(own.trial.errors, other.trial.errors, places, blocks);
  return { own: scaledErrors(own), other: scaledErrors(other), alike, n: places.length };
}

function scaledErrors({ percentiles, layers, evidence }: Scaling): ScaledErrors {
  return { percentiles, layers, clipped: clippedShares(evidence.layers, evidence.ranges) };
}

/** How alike the errors under two scalings are. */
export function scalingMetrics({ alike, n }: ScalingComparison): Metrics {
  return { "cae.stability.percentiles": { ...alike, n } };
}

/** One row a layer: its part in the error under each scaling. */
export function comparedScalingRows({ own, other }: ScalingComparison): Row[] {
  return scalingRows(own, other);
}

/** Whether the scaling matters more than the seed does. */
export function scalingSentence({ alike }: ScalingComparison, seedOnly: Estimate): string {
  return `Errors under the two scalings correlate by ${estimateText(alike)}, those of two seeds by ${estimateText(seedOnly)}.`;
}
