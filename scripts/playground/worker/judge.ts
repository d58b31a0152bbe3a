import { aucWithInterval } from "../../../lib/src/evaluation/delong";
import { rocCurve } from "../../../lib/src/evaluation/roc";
import { successRateCurve } from "../../../lib/src/evaluation/success-rate";
import { worthDrawing } from "../../../lib/src/figures/decimate";
import type { OccurrenceGroup } from "../../../lib/src/patches/groups";
import type { Judged } from "../protocol";

/** Scores of all patches held against each group of occurrences, as the notebooks hold them. */
export function judged(scores: Float64Array, groups: readonly OccurrenceGroup[]): Judged[] {
  return groups.map(({ assignment: { labels, assigned } }) => {
    const { value, interval } = aucWithInterval(scores, labels);
    const roc = rocCurve(scores, labels);
    const rates = { along: roc.falsePositiveRate, up: roc.truePositiveRate };
    const held = Float64Array.from(assigned, ({ patch }) => scores[patch]);
    const success = successRateCurve(scores, held);
    const shares = { along: success.areaShare, up: success.occurrenceShare };
    const corners = worthDrawing(rates);
    const steps = worthDrawing(shares);
    return {
      ...{ auc: value, interval },
      roc: { x: at(rates.along, corners), y: at(rates.up, corners) },
      success: {
        area: at(shares.along, steps),
        occurrences: at(shares.up, steps),
        thresholds: at(success.thresholds, steps),
      },
    };
  });
}

function at(values: readonly number[], places: readonly number[]): Float64Array {
  return Float64Array.from(places, (place) => values[place]);
}
