import { aucWithInterval } from "../evaluation/delong";
import { successRateCurve } from "../evaluation/success-rate";
import type { Estimate, SuccessRateCurve } from "../evaluation/types";
import { type Grid, type GridStack, pixelAt } from "../grid/grid";
import type { EvidenceDescription } from "../manifest/evidence-layer";
import type { Occurrence, Study } from "../study/types";

/** An evidence layer as a score over the area, pixel by pixel. */
export interface LayerScores {
  /** Score of every pixel with data, high favourable. */
  readonly area: Float64Array;
  /** Score of the pixel that holds each occurrence, where that pixel has data. */
  readonly occurrences: Float64Array;
}

/**
 * A layer's pixel values as scores of area and of occurrences, turned so that high is favourable.
 * A layer of which nothing is held beforehand is taken as it is.
 */
export function layerScores(
  grid: Grid,
  { favourable }: Pick<EvidenceDescription, "favourable">,
  occurrences: readonly Occurrence[],
): LayerScores {
  const sign = favourable === "low" ? -1 : 1;
  const turned = (values: Iterable<number>) =>
    Float64Array.from(values, (value) => sign * value).filter((value) => !Number.isNaN(value));
  const values = occurrences.flatMap(({ easting, northing }) => {
    const pixel = pixelAt(grid.geometry, easting, northing);
    return pixel === null ? [] : [grid.values[pixel.row * grid.geometry.width + pixel.column]];
  });
  return { area: turned(grid.values), occurrences: turned(values) };
}

/** How well one layer alone tells occurrences from area. */
export interface LayerAuc {
  readonly layer: EvidenceDescription;
  readonly auc: Estimate;
  /** Occurrences counted. */
  readonly n: number;
}

/**
 * Area under the curve of each layer alone: the probability that an occurrence's pixel is more
 * favourable than a random pixel with data, ties counted half.
 */
export function layerAucs(study: Study, { bands }: GridStack): LayerAuc[] {
  return study.evidence.map((layer, at) => {
    const { area, occurrences } = layerScores(bands[at], layer, study.occurrences);
    const scores = new Float64Array(area.length + occurrences.length);
    scores.set(occurrences);
    scores.set(area, occurrences.length);
    const labels = new Uint8Array(scores.length).fill(1, 0, occurrences.length);
    return { layer, auc: aucWithInterval(scores, labels), n: occurrences.length };
  });
}

/** Success-rate curve of one layer alone, pixel by pixel. */
export function layerCurve(
  study: Study,
  { bands }: GridStack,
  layer: EvidenceDescription,
): SuccessRateCurve {
  const at = study.evidence.findIndex(({ id }) => id === layer.id);
  const { area, occurrences } = layerScores(bands[at], layer, study.occurrences);
  return successRateCurve(area, occurrences);
}
