/** A straight line through points, and how well it goes through them. */
export interface LineFit {
  slope: number;
  /** Of the slope, from the residuals with two degrees of freedom less than points. */
  standardError: number;
  /** 1 less residual by total sum of squares; NaN where the ups do not vary. */
  rSquared: number;
}

/** Lays a line through points whose places along are fixed; the next call overwrites the result. */
export type LayLine = (ups: Float64Array) => Readonly<LineFit>;

/** Sums of squares of ups below this share of their size are rounding, not variation. */
const ROUNDING = 1e-12;

/** The line of least squares through three or more points. */
export function leastSquaresLine(alongs: Float64Array): LayLine {
  const { centred, squares } = centredOf(alongs);
  const fit: LineFit = { slope: 0, standardError: 0, rSquared: 0 };
  return (ups) => {
    let slope = 0;
    for (let at = 0; at < ups.length; at++) slope += centred[at] * ups[at];
    fit.slope = slope / squares;
    return judged(fit, ups, centred, squares, meanOf(ups));
  };
}

/**
 * The line whose slope is the median of the slopes of all pairs of points, and whose height is the
 * median of what it leaves (Theil 1950, Sen 1968).
 */
export function theilSenLine(alongs: Float64Array): LayLine {
  const { centred, squares } = centredOf(alongs);
  const count = alongs.length;
  const slopes = new Float64Array((count * (count - 1)) / 2);
  const heights = new Float64Array(count);
  const fit: LineFit = { slope: 0, standardError: 0, rSquared: 0 };
  return (ups) => {
    let pair = 0;
    for (let first = 0; first < count; first++) {
      for (let second = first + 1; second < count; second++) {
        slopes[pair++] = (ups[second] - ups[first]) / (alongs[second] - alongs[first]);
      }
    }
    fit.slope = medianOf(slopes);
    for (let at = 0; at < count; at++) heights[at] = ups[at] - fit.slope * centred[at];
    return judged(fit, ups, centred, squares, medianOf(heights));
  };
}

/** Standard error and R^2 of a line with its slope set, of the given height at the mean along. */
function judged(
  fit: LineFit,
  ups: Float64Array,
  centred: Float64Array,
  squares: number,
  height: number,
): LineFit {
  const count = ups.length;
  const mean = meanOf(ups);
  let residual = 0;
  let total = 0;
  let size = 0;
  for (let at = 0; at < count; at++) {
    residual += (ups[at] - height - fit.slope * centred[at]) ** 2;
    total += (ups[at] - mean) ** 2;
    size += ups[at] ** 2;
  }
  fit.standardError = Math.sqrt(residual / (count - 2) / squares);
  fit.rSquared = total > ROUNDING * ROUNDING * (size + count) ? 1 - residual / total : Number.NaN;
  return fit;
}

function centredOf(alongs: Float64Array) {
  const mean = meanOf(alongs);
  const centred = alongs.map((along) => along - mean);
  return { centred, squares: centred.reduce((sum, value) => sum + value * value, 0) };
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at];
  return sum / values.length;
}

/** The median; the values are left sorted. */
function medianOf(values: Float64Array): number {
  values.sort();
  const upper = values.length >> 1;
  return values.length % 2 === 1 ? values[upper] : (values[upper - 1] + values[upper]) / 2;
}
