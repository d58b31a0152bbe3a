import { InputError } from "../errors";
import { meanOf } from "../evaluation/describe";
import { descend, gramOf } from "./lasso-descent";

/** A logistic regression under a lasso: what is minimised is
 * sum_i w_i (log(1 + exp(eta_i)) - y_i eta_i) + sum_j penalty_j |beta_j|, eta = intercept + X beta. */
export interface LassoProblem {
  /** Values of each feature: columns[feature][row]. Those that do not vary get coefficient 0. */
  readonly columns: readonly Float64Array[];
  /** 0 or 1 by row. */
  readonly labels: Uint8Array;
  /** By row, above 0. */
  readonly weights: Float64Array;
  /** By feature, above 0; the intercept bears none. */
  readonly penalties: Float64Array;
}

export interface LassoFit {
  readonly coefficients: Float64Array;
  readonly intercept: number;
}

/** Largest breach of the optimality conditions that ends the search, as a share of the penalty. */
const TOLERANCE = 1e-7;
const ROUNDS_AT_MOST = 500;
/**
 * What is enough after so many rounds: among nearly collinear features, such as products of layers
 * of one map, rounding keeps the search from the last digits, which no score shows.
 */
const LONG = 100;
const TOLERANCE_OF_LONG = 1e-5;
/** Features taken up in a round, at most, beside those that have a coefficient. */
const NEW_AT_MOST = 40;
/** Steps of the penalty in a factor of ten. */
const STEPS = 4;

/**
 * Solves the problem by Newton steps, each of them a weighted least-squares lasso solved by cyclic
 * coordinate descent (Friedman et al. 2010). The penalty falls in steps from where every
 * coefficient is 0: the way there is a warm start only, the problem is convex and the end does not
 * depend on it. It ends when no feature breaches the optimality conditions.
 *
 * @throws InputError when it has not ended after many steps
 */
export function solveLassoLogistic(problem: LassoProblem): LassoFit {
  const { labels, weights, penalties } = problem;
  const means = problem.columns.map(meanOf);
  // Centred features leave the intercept almost alone, and the descent is much shorter.
  const columns = problem.columns.map((column, at) => column.map((value) => value - means[at]));
  const coefficients = new Float64Array(columns.length);
  const state: State = { coefficients, intercept: nullIntercept(labels, weights), eta: null! };
  state.eta = new Float64Array(labels.length).fill(state.intercept);
  const gradients = gradientsOf(columns, residualsOf(state.eta, labels, weights));
  const largest = gradients.reduce(
    (most, gradient, at) => Math.max(most, Math.abs(gradient) / penalties[at]),
    1,
  );
  const steps = Math.ceil(Math.log10(largest) * STEPS);
  for (let step = 1; step <= Math.max(1, steps); step++) {
    const factor = Math.max(1, largest * 10 ** (-step / STEPS));
    const isLast = step >= steps;
    const scaled = penalties.map((penalty) => penalty * factor);
    minimise({ columns, labels, weights, penalties: scaled }, state, isLast ? TOLERANCE : 1e-2);
  }
  const shift = coefficients.reduce((sum, value, at) => sum + value * means[at], 0);
  return { coefficients, intercept: state.intercept - shift };
}

interface State {
  readonly coefficients: Float64Array;
  intercept: number;
  /** Linear predictor of each row. */
  eta: Float64Array;
}

function minimise(problem: LassoProblem, state: State, tolerance: number): void {
  const { columns, labels, weights, penalties } = problem;
  const { coefficients } = state;
  for (let round = 0; round < ROUNDS_AT_MOST; round++) {
    const residuals = residualsOf(state.eta, labels, weights);
    const gradients = gradientsOf(columns, residuals);
    const balance = residuals.reduce((sum, residual) => sum + residual, 0);
    const breaches = coefficients.map((value, at) =>
      value === 0
        ? Math.max(0, Math.abs(gradients[at]) / penalties[at] - 1)
        : Math.abs(gradients[at] / penalties[at] - Math.sign(value)),
    );
    const presences = labels.reduce((sum, label, row) => sum + label * weights[row], 0);
    const worst = breaches.reduce((most, breach) => Math.max(most, breach), 0);
    const enough = round < LONG ? tolerance : Math.max(tolerance, TOLERANCE_OF_LONG);
    if (worst < enough && Math.abs(balance) < enough * presences) return;
    const working = workingSet(coefficients, breaches);
    const curvature = curvatureOf(state.eta, weights);
    const gram = gramOf(
      working.map((at) => columns[at]),
      curvature,
    );
    const start = Float64Array.of(state.intercept, ...working.map((at) => coefficients[at]));
    const end = descend(
      gram,
      Float64Array.of(balance, ...working.map((at) => gradients[at])),
      Float64Array.of(0, ...working.map((at) => penalties[at])),
      start,
    );
    takeStep(problem, state, working, start, end);
  }
  throw new InputError({
    kind: "values",
    field: "features of maximum entropy",
    found: `no end after ${ROUNDS_AT_MOST} rounds of coordinate descent`,
    expected: "a fit that comes to an end",
    remedy: "Use fewer feature classes or a larger regularisation.",
  });
}

/** Features with a coefficient, and those that breach the conditions most. */
function workingSet(coefficients: Float64Array, breaches: Float64Array): number[] {
  const all = Array.from(coefficients, (_, at) => at);
  const fresh = all
    .filter((at) => coefficients[at] === 0 && breaches[at] > 0)
    .sort((first, second) => breaches[second] - breaches[first] || first - second)
    .slice(0, NEW_AT_MOST);
  return all.filter((at) => coefficients[at] !== 0 || fresh.includes(at));
}

/** Goes from start towards end, half as far again and again until the objective falls. */
function takeStep(
  problem: LassoProblem,
  state: State,
  working: readonly number[],
  start: Float64Array,
  end: Float64Array,
): void {
  const change = end.map((value, at) => value - start[at]);
  const slope = new Float64Array(state.eta.length).fill(change[0]);
  working.forEach((feature, at) => {
    if (change[at + 1] === 0) return;
    const column = problem.columns[feature];
    for (let row = 0; row < slope.length; row++) slope[row] += change[at + 1] * column[row];
  });
  const before = lossOf(state.eta, problem) + penaltyOf(problem, working, start);
  for (let length = 1; length > 1e-10; length /= 2) {
    const eta = state.eta.map((value, row) => value + length * slope[row]);
    // A whole step lands on the coefficients themselves, so that those at 0 are at 0.
    const at = length === 1 ? end : start.map((value, index) => value + length * change[index]);
    const after = lossOf(eta, problem) + penaltyOf(problem, working, at);
    if (after > before + 1e-12 * Math.abs(before)) continue;
    state.eta = eta;
    state.intercept = at[0];
    working.forEach((feature, index) => {
      state.coefficients[feature] = at[index + 1];
    });
    return;
  }
}

function penaltyOf(
  { penalties }: LassoProblem,
  working: readonly number[],
  at: Float64Array,
): number {
  return working.reduce(
    (sum, feature, index) => sum + penalties[feature] * Math.abs(at[index + 1]),
    0,
  );
}

function lossOf(eta: Float64Array, { labels, weights }: LassoProblem): number {
  let sum = 0;
  for (let row = 0; row < eta.length; row++) {
    const value = eta[row];
    const logOnePlus = Math.max(0, value) + Math.log1p(Math.exp(-Math.abs(value)));
    sum += weights[row] * (logOnePlus - labels[row] * value);
  }
  return sum;
}

function residualsOf(eta: Float64Array, labels: Uint8Array, weights: Float64Array): Float64Array {
  return eta.map((value, row) => weights[row] * (labels[row] - 1 / (1 + Math.exp(-value))));
}

function curvatureOf(eta: Float64Array, weights: Float64Array): Float64Array {
  return eta.map((value, row) => {
    const probability = 1 / (1 + Math.exp(-value));
    return weights[row] * Math.max(1e-12, probability * (1 - probability));
  });
}

function gradientsOf(columns: readonly Float64Array[], residuals: Float64Array): Float64Array {
  return Float64Array.from(columns, (column) => {
    let sum = 0;
    for (let row = 0; row < column.length; row++) sum += column[row] * residuals[row];
    return sum;
  });
}

function nullIntercept(labels: Uint8Array, weights: Float64Array): number {
  let presences = 0;
  let all = 0;
  labels.forEach((label, row) => {
    presences += label * weights[row];
    all += weights[row];
  });
  return Math.log(presences / (all - presences));
}
