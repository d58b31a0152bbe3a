import { InputError } from "../errors";

/** A composition or its log-ratio coordinates: one number a part or coordinate. */
export type LogRatioRow = ArrayLike<number>;

/**
 * The composition with its parts adding up to a total, 1 by default.
 *
 * @throws InputError naming the part that is not positive and finite
 */
export function closure(parts: LogRatioRow, total = 1): Float64Array {
  requireParts(parts);
  const sum = Array.from(parts).reduce((before, part) => before + part, 0);
  return Float64Array.from(parts, (part) => (part / sum) * total);
}

/**
 * Additive log-ratio (Aitchison 1986): the logarithm of each part against one of them, the last by
 * default, which is left out.
 *
 * @throws InputError as closure, or when the divisor is no part
 */
export function additiveLogRatio(parts: LogRatioRow, divisor = parts.length - 1): Float64Array {
  requireParts(parts);
  requireDivisor(divisor, parts.length);
  const logs = Float64Array.from(parts, Math.log);
  return logs.filter((_, part) => part !== divisor).map((log) => log - logs[divisor]);
}

/** The composition, adding up to 1, that has these additive log-ratios. */
export function inverseAdditive(ratios: LogRatioRow, divisor = ratios.length): Float64Array {
  requireDivisor(divisor, ratios.length + 1);
  const logs = Array.from(ratios);
  return fromLogs([...logs.slice(0, divisor), 0, ...logs.slice(divisor)]);
}

/**
 * Centred log-ratio (Aitchison 1986): the logarithm of each part against the geometric mean of all.
 *
 * @throws InputError as closure
 */
export function centredLogRatio(parts: LogRatioRow): Float64Array {
  requireParts(parts);
  const logs = Float64Array.from(parts, Math.log);
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  return logs.map((log) => log - mean);
}

/** The composition, adding up to 1, that has these centred log-ratios. */
export function inverseCentred(ratios: LogRatioRow): Float64Array {
  return fromLogs(ratios);
}

/**
 * Pivot coordinates as an orthonormal basis, one row a coordinate: coordinate i sets part i against
 * the geometric mean of the parts after it (Egozcue et al. 2003; Fiserova and Hron 2011).
 *
 * @returns parts - 1 rows of one number a part, each of length 1 and adding up to 0
 */
export function pivotBasis(parts: number): Float64Array[] {
  return Array.from({ length: parts - 1 }, (_, coordinate) => {
    const after = parts - 1 - coordinate;
    return Float64Array.from({ length: parts }, (_, part) => {
      if (part < coordinate) return 0;
      return part === coordinate
        ? Math.sqrt(after / (after + 1))
        : -Math.sqrt(1 / (after * (after + 1)));
    });
  });
}

/**
 * Isometric log-ratio in the given basis, pivot coordinates by default: one number fewer than parts,
 * with the distances of the centred log-ratio.
 *
 * @throws InputError as closure
 */
export function isometricLogRatio(
  parts: LogRatioRow,
  basis = pivotBasis(parts.length),
): Float64Array {
  const centred = centredLogRatio(parts);
  return Float64Array.from(basis, (direction) =>
    direction.reduce((sum, weight, part) => sum + weight * centred[part], 0),
  );
}

/** The composition, adding up to 1, that has these isometric log-ratios. */
export function inverseIsometric(
  ratios: LogRatioRow,
  basis = pivotBasis(ratios.length + 1),
): Float64Array {
  return fromLogs(isometricToCentred(ratios, basis));
}

/** The centred log-ratios that belong to coordinates, or to a direction, in an isometric basis. */
export function isometricToCentred(
  ratios: LogRatioRow,
  basis = pivotBasis(ratios.length + 1),
): Float64Array {
  const centred = new Float64Array(ratios.length + 1);
  basis.forEach((direction, coordinate) => {
    direction.forEach((weight, part) => {
      centred[part] += weight * ratios[coordinate];
    });
  });
  return centred;
}

function fromLogs(logs: LogRatioRow): Float64Array {
  const list = Float64Array.from(logs);
  // Against the largest, so that nothing overflows.
  const largest = list.reduce((most, log) => Math.max(most, log), Number.NEGATIVE_INFINITY);
  const parts = list.map((log) => Math.exp(log - largest));
  const sum = parts.reduce((before, part) => before + part, 0);
  return parts.map((part) => part / sum);
}

function requireParts(parts: LogRatioRow): void {
  const refuse = (field: string, found: string, expected: string, remedy?: string) =>
    new InputError({ kind: "values", field, found, expected, ...(remedy ? { remedy } : {}) });
  if (parts.length < 2) {
    throw refuse("composition", `${parts.length} parts`, "two or more");
  }
  for (let part = 0; part < parts.length; part++) {
    if (parts[part] > 0 && parts[part] < Number.POSITIVE_INFINITY) continue;
    throw refuse(
      `part ${part + 1} of a composition`,
      Number.isNaN(parts[part]) ? "NaN" : String(parts[part]),
      "a positive number: its logarithm is taken",
      "Replace values below detection first; leave samples with missing values out.",
    );
  }
}

function requireDivisor(divisor: number, parts: number): void {
  if (Number.isInteger(divisor) && divisor >= 0 && divisor < parts) return;
  throw new InputError({
    kind: "parameter",
    field: "divisor",
    found: String(divisor),
    expected: `the index of a part, 0 to ${parts - 1}`,
  });
}
