import { bestLayer } from "../baselines/single-layer";
import { aucWithInterval } from "../evaluation/delong";
import { areaLeft } from "../evaluation/occurrence-bootstrap";
import { isSkipped } from "../skipped";
import { type ComparedVariant, type Comparison, mainGroupId } from "./compared-variant";
import type { Measured, Metrics } from "./measured";
import { captureTests, errorTests } from "./variant-tests";

/** Areas by group under the keys by which notebooks 04 and 06 keep them, without intervals. */
export function areaMetrics(
  variant: Pick<ComparedVariant, "groups" | "errors" | "probabilities" | "baselines">,
): Metrics {
  const { groups, errors, probabilities, baselines } = variant;
  const metrics: { [key: string]: Measured } = {};
  for (const { ids, assignment } of groups) {
    const { labels } = assignment;
    for (const id of ids) {
      metrics[`cae.error.auc.${id}`] = aucWithInterval(errors, labels);
      metrics[`baseline.pcaError.auc.${id}`] = aucWithInterval(baselines.pca.errors, labels);
      if (assignment.assigned.length > 1) {
        metrics[`successRate.cae.${id}.area`] = meanOf(areaLeft(errors, assignment));
        metrics[`successRate.cnn.${id}.area`] = meanOf(areaLeft(probabilities, assignment));
      }
      if (baselines.layers.length === 0) continue;
      const { scores } = bestLayer(baselines.layers, labels);
      metrics[`baseline.bestLayer.auc.${id}`] = aucWithInterval(scores, labels);
    }
  }
  return metrics;
}

function meanOf(values: readonly number[]): Measured {
  return { value: values.reduce((sum, value) => sum + value, 0) / values.length };
}

/** A number on record that is not the one that was computed again. */
export interface MetricDifference {
  readonly key: string;
  readonly computed: number;
  readonly recorded: number;
}

/** Numbers of both that are not the same to the last digit, by key; none where all agree. */
export function metricDifferences(computed: Metrics, recorded: Metrics): MetricDifference[] {
  return Object.entries(computed).flatMap(([key, { value }]) => {
    const other = recorded[key]?.value;
    return other === undefined || other === value
      ? []
      : [{ key, computed: value, recorded: other }];
  });
}

/** The headline of every variant, and its difference from the reference. */
export function comparisonMetrics(comparison: Comparison): Metrics {
  const id = comparison.variants[0].groups[0].ids[0];
  const main = mainGroupId(comparison);
  const sets = [
    ["error.auc", errorTests(comparison, id)],
    ["map.successRateArea", captureTests(comparison, main, "probabilities")],
  ] as const;
  const metrics: { [key: string]: Measured } = {};
  for (const [key, tested] of sets) {
    for (const { variant, estimate, against } of tested) {
      if (estimate !== null) metrics[`${variant.name}.${key}`] = estimate;
      if (against === null || isSkipped(against)) continue;
      metrics[`${variant.name}.${key}.difference`] = against.difference;
      metrics[`${variant.name}.${key}.p`] = { value: against.adjusted };
    }
  }
  return metrics;
}
