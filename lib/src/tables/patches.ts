import type { OccurrenceGroup } from "../patches/groups";
import type { TrainingSelection } from "../patches/select";
import type { Patches } from "../patches/types";
import type { Row } from "./table";

/** One row about one way of cutting: how many patches, how wide, how many left out. */
export function patchRow({ layout, places, leftOut }: Patches): Row {
  const metres = layout.size * layout.raster.transform[1];
  return {
    "size (px)": layout.size,
    "width (km)": metres / 1000,
    rows: layout.rows,
    columns: layout.columns,
    patches: places.length,
    "left out for nodata": leftOut.length,
  };
}

/** One row a group: occurrences, those that a patch holds, and the patches that hold them. */
export function groupRows(groups: readonly OccurrenceGroup[]): Row[] {
  return groups.map(({ title, assignment: { assigned, unassigned, labels } }) => ({
    group: title,
    "in a patch": assigned.length,
    "in no patch": unassigned.length,
    "patches with an occurrence": labels.reduce((sum, label) => sum + label, 0),
    "patches without": labels.reduce((sum, label) => sum + 1 - label, 0),
  }));
}

/** One row a proportion: how many patches train as what. */
export function selectionRows(
  selections: readonly { readonly label: string; readonly selection: TrainingSelection }[],
): Row[] {
  return selections.map(({ label, selection: { prospective, background } }) => ({
    "high/low": label,
    prospective: prospective.length,
    background: background.length,
    "training patches": prospective.length + background.length,
  }));
}
