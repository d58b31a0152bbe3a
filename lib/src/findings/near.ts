import type { NearComparison } from "../runs/near-comparisons";
import { type Found, isSkipped } from "../skipped";
import type { Metrics } from "./measured";

/** The areas against near background. */
export function nearMetrics(found: Found<readonly NearComparison[]>): Metrics {
  if (isSkipped(found)) return {};
  return Object.fromEntries(
    found.map(({ id, near, patches }) => [`roc.near.${id}.auc`, { ...near, n: patches }]),
  );
}
