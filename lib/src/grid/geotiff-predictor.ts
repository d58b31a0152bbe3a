/**
 * Predictors of TIFF: what makes a row of samples compress better, and its undoing. All work on
 * one row in place; `samples` is how many values a pixel has in it.
 */

/**
 * Floating-point predictor (TIFF Technical Note 3): the bytes of the row sorted by significance,
 * highest first, each less the one a pixel before.
 *
 * @param row little-endian floats, rewritten
 */
export function predictFloats(row: Uint8Array, bytesPerValue: number, samples: number): void {
  const values = row.length / bytesPerValue;
  const plain = row.slice();
  for (let value = 0; value < values; value++) {
    for (let byte = 0; byte < bytesPerValue; byte++) {
      row[(bytesPerValue - byte - 1) * values + value] = plain[bytesPerValue * value + byte];
    }
  }
  for (let at = row.length - 1; at >= samples; at--) row[at] -= row[at - samples];
}

/** Undoes predictFloats; the floats are little-endian whatever the order of the file. */
export function unpredictFloats(row: Uint8Array, bytesPerValue: number, samples: number): void {
  for (let at = samples; at < row.length; at++) row[at] += row[at - samples];
  const values = row.length / bytesPerValue;
  const sorted = row.slice();
  for (let byte = 0; byte < bytesPerValue; byte++) {
    const from = (bytesPerValue - byte - 1) * values;
    for (let value = 0; value < values; value++) {
      row[bytesPerValue * value + byte] = sorted[from + value];
    }
  }
}

/** Undoes the horizontal predictor: each value, taken as whole number, is a difference. */
export function unpredictWhole(row: Uint8Array | Uint16Array | Uint32Array, samples: number): void {
  for (let at = samples; at < row.length; at++) row[at] += row[at - samples];
}
