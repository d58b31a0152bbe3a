import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { InputError } from "../errors";

export interface PcaErrorOptions {
  /** Share of the variance that the kept components explain, above 0 and below 1. */
  readonly varianceShare: number;
}

export interface PcaError {
  /** Mean squared reconstruction error of each patch. */
  readonly errors: Float64Array;
  /** How many components were kept. */
  readonly components: number;
}

/**
 * The linear counterpart of an auto-encoder: each patch, taken as one vector, is rebuilt from the
 * leading principal components of all patches, and its error is the mean squared difference. A CAE
 * that does not beat this has learnt nothing that a linear map does not hold.
 *
 * @param values [count, valuesPerPatch] row-major
 * @throws InputError when the variance share is outside (0, 1) or the patches do not differ
 */
export function pcaReconstructionErrors(
  values: Float32Array,
  valuesPerPatch: number,
  { varianceShare }: PcaErrorOptions,
): PcaError {
  if (!(varianceShare > 0 && varianceShare < 1)) {
    throw new InputError({
      kind: "parameter",
      field: "varianceShare",
      found: String(varianceShare),
      expected: "a share above 0 and below 1",
    });
  }
  const count = values.length / valuesPerPatch;
  const centred = centredRows(values, count, valuesPerPatch);
  // The covariance and the Gram matrix share their non-zero eigenvalues: take the smaller.
  const byPatch = count < valuesPerPatch;
  const products = byPatch
    ? rowProducts(centred, count, valuesPerPatch)
    : rowProducts(transposed(centred, count, valuesPerPatch), valuesPerPatch, count);
  const { vectors, kept } = leadingVectors(products, varianceShare);
  const captured = byPatch
    ? squaresFromGram(vectors, kept)
    : squaresFromCovariance(centred, count, vectors, kept);
  const errors = Float64Array.from(captured, (square, patch) => {
    const total = sumOfSquares(centred, patch * valuesPerPatch, (patch + 1) * valuesPerPatch);
    return Math.max(0, total - square) / valuesPerPatch;
  });
  return { errors, components: kept.length };
}

function centredRows(values: Float32Array, count: number, length: number): Float64Array {
  const means = new Float64Array(length);
  values.forEach((value, at) => {
    means[at % length] += value / count;
  });
  return Float64Array.from(values, (value, at) => value - means[at % length]);
}

function transposed(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const result = new Float64Array(matrix.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      result[column * rows + row] = matrix[row * columns + column];
    }
  }
  return result;
}

/** Products of every pair of rows. */
function rowProducts(matrix: Float64Array, rows: number, columns: number): Matrix {
  const products = Matrix.zeros(rows, rows);
  for (let first = 0; first < rows; first++) {
    for (let second = first; second < rows; second++) {
      const product = dot(matrix, first * columns, second * columns, columns);
      products.set(first, second, product);
      products.set(second, first, product);
    }
  }
  return products;
}

function dot(matrix: Float64Array, first: number, second: number, length: number): number {
  let even = 0;
  let odd = 0;
  let at = 0;
  for (; at + 1 < length; at += 2) {
    even += matrix[first + at] * matrix[second + at];
    odd += matrix[first + at + 1] * matrix[second + at + 1];
  }
  return at < length ? even + odd + matrix[first + at] * matrix[second + at] : even + odd;
}

interface Component {
  /** Column of the eigenvector. */
  readonly column: number;
  readonly eigenvalue: number;
}

function leadingVectors(products: Matrix, varianceShare: number) {
  const decomposition = new EigenvalueDecomposition(products, { assumeSymmetric: true });
  const falling = decomposition.realEigenvalues
    .map((eigenvalue, column): Component => ({ column, eigenvalue }))
    .sort((first, second) => second.eigenvalue - first.eigenvalue);
  const total = falling.reduce((sum, { eigenvalue }) => sum + Math.max(0, eigenvalue), 0);
  if (!(total > 0)) {
    throw new InputError({
      kind: "values",
      field: "patches",
      found: "patches that are all the same",
      expected: "patches that differ, so that components exist",
    });
  }
  let explained = 0;
  const enough = falling.findIndex(({ eigenvalue }) => {
    explained += eigenvalue / total;
    return explained >= varianceShare;
  });
  return { vectors: decomposition.eigenvectorMatrix, kept: falling.slice(0, enough + 1) };
}

/** An eigenvector u of the Gram matrix with eigenvalue s^2 gives the scores s u. */
function squaresFromGram(vectors: Matrix, kept: readonly Component[]): Float64Array {
  return Float64Array.from({ length: vectors.rows }, (_, patch) =>
    kept.reduce(
      (sum, { column, eigenvalue }) => sum + eigenvalue * vectors.get(patch, column) ** 2,
      0,
    ),
  );
}

function squaresFromCovariance(
  centred: Float64Array,
  count: number,
  vectors: Matrix,
  kept: readonly Component[],
): Float64Array {
  const length = vectors.rows;
  const squares = new Float64Array(count);
  for (const { column } of kept) {
    const direction = Float64Array.from(vectors.getColumn(column));
    for (let patch = 0; patch < count; patch++) {
      let score = 0;
      for (let at = 0; at < length; at++) score += centred[patch * length + at] * direction[at];
      squares[patch] += score ** 2;
    }
  }
  return squares;
}

function sumOfSquares(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += values[at] ** 2;
  return sum;
}
