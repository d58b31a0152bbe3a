import { meanOf } from "../evaluation/describe";
import type { LeaveOneOut } from "../evidence/element-maps";
import type { VariogramFit } from "../evidence/variogram-fit";
import type { Row } from "./table";

/** How far a way of predicting samples from the others goes astray. */
export interface PredictionError {
  readonly method: string;
  /** Root mean square error with a 95 % interval that takes errors as independent. */
  readonly rmse: { readonly value: number; readonly interval: readonly [number, number] };
  /** Mean of predicted less known. */
  readonly bias: number;
  /** 1 less the sum of squared errors by that of the mean of the other samples. */
  readonly skill: number;
  /** Samples that were predicted. */
  readonly n: number;
}

/** Root mean square errors of leaving one out, the mean of the other samples among them. */
export function predictionErrors({
  known,
  inverseDistance,
  kriged,
}: LeaveOneOut): readonly PredictionError[] {
  const all = Float64Array.from(known);
  const shown = Int32Array.from(all.keys()).filter((at) => !Number.isNaN(all[at]));
  const total = shown.reduce((sum, at) => sum + all[at], 0);
  const means = all.map((value) => (total - value) / (shown.length - 1));
  const squaresOf = (predicted: Float64Array) =>
    Float64Array.from(shown, (at) => (predicted[at] - all[at]) ** 2);
  const baseline = meanOf(squaresOf(means));
  const methods = [
    { method: "mean of the other samples", predicted: means },
    { method: "inverse distance weighting", predicted: inverseDistance },
    { method: "ordinary kriging", predicted: kriged },
  ];
  return methods.map(({ method, predicted }) => {
    const squares = squaresOf(predicted);
    const mean = meanOf(squares);
    const variance =
      squares.reduce((sum, square) => sum + (square - mean) ** 2, 0) / (squares.length - 1);
    const reach = 1.959964 * Math.sqrt(variance / squares.length);
    return {
      method,
      rmse: {
        value: Math.sqrt(mean),
        interval: [Math.sqrt(Math.max(0, mean - reach)), Math.sqrt(mean + reach)],
      },
      bias: meanOf(Float64Array.from(shown, (at) => predicted[at] - all[at])),
      skill: 1 - mean / baseline,
      n: shown.length,
    };
  });
}

/** One row a way of predicting. */
export function predictionErrorRows(errors: readonly PredictionError[]): Row[] {
  return errors.map(({ method, rmse, bias, skill, n }) => ({
    method,
    RMSE: rmse.value,
    from: rmse.interval[0],
    to: rmse.interval[1],
    bias,
    "explained %": 100 * skill,
    samples: n,
  }));
}

/**
 * Mean of squared kriging errors, each by the variance that kriging gave it: 1 where kriging knows
 * how uncertain it is, above 1 where it is too sure.
 */
export function standardisedError({ known, kriged, krigingVariances }: LeaveOneOut): number {
  const ratios = kriged.map((value, at) => (value - known[at]) ** 2 / krigingVariances[at]);
  return meanOf(ratios.filter((ratio) => !Number.isNaN(ratio)));
}

/** One row a fitted variogram, in the order given. */
export function variogramRows(fits: readonly VariogramFit[]): Row[] {
  return fits.map(({ model: { kind, nugget, sill, range }, residual }) => ({
    model: kind,
    nugget,
    sill,
    range,
    "nugget %": (100 * nugget) / (nugget + sill),
    "weighted residual": residual,
  }));
}
