import type { NearComparison } from "../runs/near-comparisons";
import type { ZoneTransfer } from "../runs/zone-transfer";
import type { Row } from "./table";

/** One row a score. */
export function nearRows(found: readonly NearComparison[]): Row[] {
  return found.map(({ name, all, near, patches }) => ({
    score: name,
    "AUC, all background": all.value,
    from: all.interval[0],
    to: all.interval[1],
    "AUC, near background": near.value,
    "near from": near.interval[0],
    "near to": near.interval[1],
    "patches near": patches,
  }));
}

/** One row a pair of zones: the error learnt elsewhere beside that learnt everywhere. */
export function transferRows(transfers: readonly ZoneTransfer[]): Row[] {
  return transfers.map(({ trained, judged, patches, positives, transferred, whole }) => ({
    "trained in": trained,
    "judged in": judged,
    "AUC, trained there": transferred.value,
    from: transferred.interval[0],
    to: transferred.interval[1],
    "AUC, trained everywhere": whole.value,
    "whole from": whole.interval[0],
    "whole to": whole.interval[1],
    "patches with an occurrence": positives,
    patches,
  }));
}
