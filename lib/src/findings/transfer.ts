import type { ZoneTransfer } from "../runs/zone-transfer";
import { type Found, isSkipped, skipped } from "../skipped";
import type { Study } from "../study/types";
import type { Metrics } from "./measured";

/** Transfers between zones, or why there is none to judge. */
export function transfersFound(
  transfers: readonly ZoneTransfer[],
  { id, zones }: Pick<Study, "id" | "zones">,
): Found<readonly ZoneTransfer[]> {
  if (transfers.length > 0) return transfers;
  const why =
    zones.length < 2
      ? `study ${id} has fewer than two zones`
      : "fewer than two zones hold occurrences, or layers have one value in them";
  return skipped(why);
}

/** The area in each zone of an error learnt in another. */
export function transferMetrics(found: Found<readonly ZoneTransfer[]>): Metrics {
  if (isSkipped(found)) return {};
  return Object.fromEntries(
    found.map(({ trained, judged, transferred, patches }) => [
      `cae.error.auc.trained${trained}.judged${judged}`,
      { ...transferred, n: patches },
    ]),
  );
}
