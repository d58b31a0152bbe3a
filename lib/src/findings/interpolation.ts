import { describeValues } from "../evaluation/describe";
import { leaveOneOut } from "../evidence/element-maps";
import type { GridStack } from "../grid/grid";
import type { ElementRun } from "../runs/element-run";
import { type Found, given, isSkipped } from "../skipped";
import { type PredictionError, predictionErrors, standardisedError } from "../tables/interpolation";
import type { Row } from "../tables/table";
import type { Metrics } from "./measured";

/** How well samples of the shown element are predicted from the others. */
export interface Interpolation {
  /** The mean of the other samples, inverse distance weighting, and kriging. */
  readonly errors: readonly PredictionError[];
  /** Mean squared kriging error over the variance that kriging gives; 1 where it knows itself. */
  readonly standardisedError: number;
  readonly n: number;
}

/** Takes out each sample once and predicts it from the others. */
export function interpolationOf(element: Found<ElementRun>): Found<Interpolation> {
  return given(element, (shown) => {
    const left = leaveOneOut(shown);
    const ratio = standardisedError(left);
    return { errors: predictionErrors(left), standardisedError: ratio, n: left.known.length };
  });
}

/** Errors of the three ways, and how well kriging knows its own. */
export function interpolationMetrics(found: Found<Interpolation>): Metrics {
  if (isSkipped(found)) return {};
  const [mean, inverse, kriging] = found.errors.map(({ rmse, n }) => ({ ...rmse, n }));
  return {
    "evidence.interpolation.mean.rmse": mean,
    "evidence.interpolation.inverseDistance.rmse": inverse,
    "evidence.interpolation.kriging.rmse": kriging,
    "evidence.interpolation.kriging.standardisedError": {
      value: found.standardisedError,
      n: found.n,
    },
  };
}

/** Whether kriging's own variance tells how far it goes astray. */
export function krigingSentence(found: Found<Interpolation>): Found<string> {
  return given(
    found,
    ({ standardisedError: ratio }) =>
      `Squared kriging errors are on average ${ratio.toFixed(2)} times the variance that kriging gives. At 1 it would know exactly how uncertain it is; above 1 it is too sure of itself.`,
  );
}

/** One colour scale for both interpolations, that of inverse distance. */
export function elementColours({ inverseDistance }: Pick<ElementRun, "inverseDistance">) {
  const { minimum, maximum } = describeValues(inverseDistance.values);
  return { domain: [minimum, maximum] } as const;
}

/** The index of singularity with its standard error and R², as bands of one map. */
export function elementStack({ alpha, standardError, rSquared }: ElementRun): GridStack {
  return { geometry: alpha.geometry, bands: [alpha, standardError, rSquared] };
}

/** One row a pair of neighbours and power: the error of inverse distance weighting by them. */
export function neighbourRows(element: ElementRun, pairs: readonly (readonly number[])[]): Row[] {
  return pairs.map(([neighbours, power]) => {
    const [, { rmse }] = predictionErrors(leaveOneOut(element, { neighbours, power }));
    return { neighbours, power, RMSE: rmse.value, from: rmse.interval[0], to: rmse.interval[1] };
  });
}
