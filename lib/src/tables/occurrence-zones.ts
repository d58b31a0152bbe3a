import type { Study } from "../study/types";
import { occurrencesInZone } from "../study/zone-members";

/** An occurrence with the zone that it lies in. */
export type ZonedOccurrence = {
  readonly name: string;
  readonly commodity: string;
  readonly zone: string;
};

/** One row an occurrence, in file order; the zone is "whole area" in a study without zones. */
export function occurrenceZoneRows({
  occurrences,
  zones,
}: Pick<Study, "occurrences" | "zones">): ZonedOccurrence[] {
  return occurrences.map((occurrence) => {
    const zone = zones.find((each) => occurrencesInZone([occurrence], each).length > 0);
    const { name, commodity } = occurrence;
    const outside = zones.length === 0 ? "whole area" : "in no zone";
    return { name, commodity, zone: zone?.name ?? outside };
  });
}
