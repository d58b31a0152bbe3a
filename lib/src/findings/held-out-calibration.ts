import type { BlockOptions, BootstrapEstimate } from "../evaluation/bootstrap";
import {
  brierDifference,
  type CalibrationScores,
  calibrationScores,
} from "../evaluation/calibration-error";
import type { ToldShare } from "../figures/reliability-curves";
import type { TrainingSelection } from "../patches/select";
import type { Patches } from "../patches/types";
import type { HeldOutEnsemble } from "../runs/held-out-ensemble";
import { type Found, given } from "../skipped";
import type { Row } from "../tables/table";
import type { Measured, Metrics } from "./measured";
import { estimateText } from "./words";

/** Who tells a probability. */
export type Teller = "inSample" | "single" | "ensemble" | "dropout";

/** How well probabilities of held-out labels are frequencies. */
export interface HeldOutCalibration {
  /** By teller. */
  readonly scores: Readonly<Record<Teller, CalibrationScores>>;
  /** Brier score less that of a single classifier, out of fold; below 0 is better. */
  readonly gained: Readonly<Record<"ensemble" | "dropout", BootstrapEstimate>>;
  /** What the share of prospective ones, told of every patch, scores. */
  readonly baseRate: number;
  /** Labelled patches that were scored, and how many seeds the ensemble has. */
  readonly patches: number;
  readonly members: number;
}

/**
 * Calibration against the labels that the classifier learns, on the labelled patches of folds that it
 * has not seen; null where none was scored of either kind.
 *
 * @param inSample probabilities by the classifier that learnt all labels, which flatter
 */
export function heldOutCalibration(
  { single, ensemble, dropout, singles }: HeldOutEnsemble,
  inSample: Float64Array,
  { prospective, background }: TrainingSelection,
  { places }: Pick<Patches, "places">,
  options: BlockOptions,
): HeldOutCalibration | null {
  const isProspective = new Set(prospective);
  const cells = [...prospective, ...background]
    .filter((patch) => !Number.isNaN(single[patch]))
    .sort((one, other) => one - other);
  const labels = cells.map((patch) => Number(isProspective.has(patch)));
  const positives = labels.reduce((sum, label) => sum + label, 0);
  if (positives === 0 || positives === cells.length) return null;
  const where = cells.map((patch) => places[patch]);
  const taken = (map: Float64Array) => cells.map((patch) => map[patch]);
  const scored = (map: Float64Array) => calibrationScores(taken(map), labels, where, options);
  const gained = (map: Float64Array) =>
    brierDifference(taken(map), taken(single), labels, where, options);
  const share = positives / cells.length;
  return {
    scores: {
      ...{ inSample: scored(inSample), single: scored(single) },
      ...{ ensemble: scored(ensemble), dropout: scored(dropout) },
    },
    gained: { ensemble: gained(ensemble), dropout: gained(dropout) },
    ...{ baseRate: share * (1 - share), patches: cells.length, members: singles.length },
  };
}

const NAMES: Readonly<Record<Teller, string>> = {
  inSample: "one classifier, on patches that it learnt",
  single: "one classifier",
  ensemble: "mean over seeds",
  dropout: "mean over passes with dropout",
};

/** One row a teller: Brier score, calibration error, and what it gains on one classifier. */
export function calibrationRows(found: Found<HeldOutCalibration>): Found<Row[]> {
  return given(found, ({ scores, gained, baseRate }) => [
    ...(Object.keys(NAMES) as Teller[]).map((teller) => {
      const { brier, error } = scores[teller];
      const gain = teller === "ensemble" || teller === "dropout" ? gained[teller] : null;
      return {
        "told by": NAMES[teller],
        Brier: brier.value,
        from: finite(brier.interval[0]),
        to: finite(brier.interval[1]),
        "calibration error": error.value,
        "error from": finite(error.interval[0]),
        "error to": finite(error.interval[1]),
        "Brier less that of one": gain?.value ?? null,
        "less from": finite(gain?.interval[0]),
        "less to": finite(gain?.interval[1]),
      };
    }),
    {
      ...{ "told by": "the base rate, of every patch", Brier: baseRate, from: null, to: null },
      ...{ "calibration error": 0, "error from": null, "error to": null },
      ...{ "Brier less that of one": null, "less from": null, "less to": null },
    },
  ]);
}

/** Bounds of which nothing is known are left out. */
const finite = (bound: number | undefined) =>
  bound !== undefined && Number.isFinite(bound) ? bound : null;

/** Share of prospective patches by probability told, out of fold, one curve a teller. */
export function calibrationCurves(found: Found<HeldOutCalibration>): Found<ToldShare[]> {
  return given(found, ({ scores }) =>
    (["single", "ensemble", "dropout"] as const).flatMap((teller) =>
      scores[teller].curve.map(({ probability, observed }) => ({
        ...{ told: probability, group: NAMES[teller], observed },
      })),
    ),
  );
}

/** Brier scores and calibration errors out of fold. */
export function calibrationMetrics(found: Found<HeldOutCalibration>): Metrics {
  const metrics: { [key: string]: Measured } = {};
  given(found, ({ scores, gained, patches: n }) => {
    for (const teller of Object.keys(NAMES) as Teller[]) {
      const { brier, error } = scores[teller];
      metrics[`heldOut.${teller}.brier`] = { ...known(brier), n };
      metrics[`heldOut.${teller}.calibrationError`] = { ...known(error), n };
    }
    metrics["heldOut.ensemble.gained"] = known(gained.ensemble);
    metrics["heldOut.dropout.gained"] = known(gained.dropout);
  });
  return metrics;
}

const known = ({ value, interval }: BootstrapEstimate): Measured => ({
  ...{ value, ...(interval.every(Number.isFinite) && { interval }) },
});

/** What calibration says, what it cannot say, and whether averaging mends it. */
export function heldOutSentences(found: Found<HeldOutCalibration>): Found<string[]> {
  return given(found, ({ scores, gained, baseRate, patches, members }) => {
    const { inSample, single } = scores;
    const text = (name: string, estimate: BootstrapEstimate) => {
      const verdict =
        estimate.interval[1] < 0
          ? "better"
          : estimate.interval[0] > 0
            ? "**worse**"
            : "no better for certain";
      return `${name} is ${verdict} than one classifier (its Brier score less that of one: ${estimateText(known(estimate))})`;
    };
    const beside =
      single.brier.value < baseRate
        ? `below the ${baseRate.toFixed(3)} of telling the base rate of every patch`
        : `**no better than the ${baseRate.toFixed(3)} of telling the base rate of every patch**`;
    const unsettled =
      inSample.brier.value < baseRate
        ? ""
        : " **Not even what it learnt does it tell as a probability**: a training of few steps, whose normalisation has not settled when it ends. Its ranks may be right all the same.";
    return [
      `Of ${patches} labelled patches on ground that it has not seen, one classifier has a Brier score of ${estimateText(known(single.brier))}, ${beside}; on patches that it learnt it has ${inSample.brier.value.toFixed(3)}.${unsettled} Its probabilities are off by ${estimateText(known(single.error))} on average.`,
      `${text(`The mean over ${members} seeds`, gained.ensemble)}; ${text("the mean over passes with dropout", gained.dropout)}.`,
      "All of this is against labels that were cut from the reconstruction error, the highest and the lowest, with all ground in between left out. It says how well the classifier foretells that error's labels. It says nothing of deposits: known occurrences are few and nobody knows where there are none, so that no probability here is the chance of one.",
    ];
  });
}
