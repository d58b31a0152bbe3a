import type { FeatureTable, ScoreRows } from "./types";

/** How a score changes with one predictor. */
export interface ResponseCurve {
  readonly name: string;
  /** Values of the predictor, evenly from its lowest to its highest in training. */
  readonly values: Float64Array;
  /** Score at each value. */
  readonly scores: Float64Array;
}

/**
 * How the score changes with each predictor while all others stay at their mean over the presences
 * (maxnet's definition; the same for every comparator, so that curves can be laid side by side).
 *
 * @param table training rows
 * @param labels 1 for a presence
 */
export function responseCurves(
  score: ScoreRows,
  { names, values }: FeatureTable,
  labels: Uint8Array,
  points = 60,
): ResponseCurve[] {
  const width = names.length;
  const column = (feature: number, isWanted: (row: number) => boolean) =>
    Float64Array.from(values).filter((value, at) => {
      const isOf = at % width === feature && !Number.isNaN(value);
      return isOf && isWanted(Math.floor(at / width));
    });
  const means = names.map((_, feature) => {
    const seen = column(feature, (row) => labels[row] === 1);
    return seen.reduce((sum, value) => sum + value, 0) / seen.length;
  });
  return names.map((name, feature) => {
    const seen = column(feature, () => true).sort();
    const low = seen[0];
    const step = (seen[seen.length - 1] - low) / (points - 1);
    const along = Float64Array.from({ length: points }, (_, at) => low + at * step);
    const rows = Float64Array.from({ length: points * width }, (_, at) =>
      at % width === feature ? along[Math.floor(at / width)] : means[at % width],
    );
    return { name, values: along, scores: score({ names, values: rows }) };
  });
}
