import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { InputError } from "../errors";
import { isometricLogRatio, isometricToCentred, pivotBasis } from "./log-ratio";

/** Elements of samples that are taken as one composition. */
export interface Composition {
  /** Names of the parts, such as elements. */
  readonly parts: readonly string[];
  /** One array a part, in the order of the samples; NaN where missing. All in one unit. */
  readonly columns: readonly ArrayLike<number>[];
}

export interface PrincipalComponentsOptions {
  /**
   * Part whose loading is positive on every component; when absent, the loading of largest
   * magnitude is positive, the first of equals.
   */
  readonly positive?: string;
}

/** Principal components of log-ratios, the most explaining first: one fewer than parts. */
export interface PrincipalComponents {
  readonly parts: readonly string[];
  /** [component][part]: directions of length 1 in centred log-ratios, adding up to 0. */
  readonly loadings: readonly Float64Array[];
  /** [component][sample]; NaN for samples left out. */
  readonly scores: readonly Float64Array[];
  /** Variance of each component's scores, divisor n - 1. */
  readonly variances: readonly number[];
  /** Share of the total variance that each component explains, 0 to 1. */
  readonly explained: readonly number[];
  /** Mean centred log-ratio of each part, from which scores are measured. */
  readonly centre: Float64Array;
  /** Indices of the samples left out because a part is missing. */
  readonly leftOut: readonly number[];
}

/**
 * Principal components of a composition: isometric log-ratios in pivot coordinates, centred and
 * decomposed by singular values; loadings mapped back to centred log-ratios for reading (Filzmoser
 * et al. 2009). Any isometric basis gives the same scores and loadings.
 *
 * @throws InputError when a value is zero, negative or infinite, named by part and sample; when
 * there are fewer than three parts, or no more complete samples than parts; when the sign's part
 * is unknown
 */
export function principalComponents(
  composition: Composition,
  { positive }: PrincipalComponentsOptions = {},
): PrincipalComponents {
  const { parts, columns } = composition;
  const samples = requireComposition(composition, positive);
  const complete = samples.filter((sample) =>
    columns.every((values) => !Number.isNaN(values[sample])),
  );
  if (complete.length <= parts.length) {
    throw refused("samples", `${complete.length} without a missing part`, `over ${parts.length}`);
  }
  const basis = pivotBasis(parts.length);
  const coordinates = new Matrix(
    complete.map((sample) => [
      ...isometricLogRatio(
        columns.map((values) => values[sample]),
        basis,
      ),
    ]),
  );
  const means = coordinates.mean("column");
  const centred = coordinates.subRowVector(means);
  const decomposition = new SingularValueDecomposition(centred, {
    computeLeftSingularVectors: false,
    autoTranspose: false,
  });
  const variances = decomposition.diagonal.map((value) => value ** 2 / (complete.length - 1));
  const total = variances.reduce((sum, variance) => sum + variance, 0);
  if (!(total > 0))
    throw refused("samples", "compositions that are all the same", "some that differ");
  const directions = variances.map((_, component) => {
    const direction = decomposition.rightSingularVectors.getColumn(component);
    const sign = signOf(isometricToCentred(direction, basis), parts, positive);
    return direction.map((weight) => sign * weight);
  });
  return {
    parts,
    loadings: directions.map((direction) => isometricToCentred(direction, basis)),
    scores: directions.map((direction) => {
      const scores = new Float64Array(samples.length).fill(Number.NaN);
      const projected = centred.mmul(Matrix.columnVector(direction)).to1DArray();
      complete.forEach((sample, row) => {
        scores[sample] = projected[row];
      });
      return scores;
    }),
    variances,
    explained: variances.map((variance) => variance / total),
    centre: isometricToCentred(means, basis),
    leftOut: samples.filter((sample) => columns.some((values) => Number.isNaN(values[sample]))),
  };
}

function signOf(loading: Float64Array, parts: readonly string[], positive?: string): number {
  if (positive !== undefined) return loading[parts.indexOf(positive)] < 0 ? -1 : 1;
  const most = loading.reduce((size, weight) => Math.max(size, Math.abs(weight)), 0);
  // A hair below, so that rounding does not choose among equals.
  return (loading.find((weight) => Math.abs(weight) > most * (1 - 1e-9)) as number) < 0 ? -1 : 1;
}

/** The indices of the samples of a composition that can be taken apart. */
function requireComposition({ parts, columns }: Composition, positive?: string): number[] {
  if (parts.length < 3 || columns.length !== parts.length) {
    const found = `${parts.length} parts and ${columns.length} columns`;
    throw refused("composition", found, "three or more parts with a column each");
  }
  if (positive !== undefined && !parts.includes(positive)) {
    throw refused("positive", `"${positive}"`, `one of ${parts.join(", ")}`);
  }
  const count = columns[0].length;
  columns.forEach((values, part) => {
    if (values.length !== count) {
      throw refused(parts[part], `${values.length} values`, `${count} as of ${parts[0]}`);
    }
    for (let sample = 0; sample < count; sample++) {
      const value = values[sample];
      if (Number.isNaN(value) || (value > 0 && value < Number.POSITIVE_INFINITY)) continue;
      throw refused(`${parts[part]} of sample ${sample + 1}`, String(value), "a positive number");
    }
  });
  return Array.from({ length: count }, (_, sample) => sample);
}

function refused(field: string, found: string, expected: string): InputError {
  return new InputError({ kind: "values", field, found, expected });
}
