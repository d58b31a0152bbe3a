import type { Occurrence, Study } from "../study/types";
import { assignOccurrences, type OccurrenceAssignment } from "./occurrences";
import type { Patches } from "./types";

/** Occurrences that are judged together. */
export interface OccurrenceGroup {
  /**
   * Names under which its numbers are kept: "all", "main" (the study's main commodity) or "others".
   * A group that is two of them at once has both.
   */
  readonly ids: readonly string[];
  readonly title: string;
  readonly assignment: OccurrenceAssignment;
}

/**
 * The paper's three groups of occurrences (Figs 6 to 8): all, those of the main commodity, and the
 * others. Groups that would be empty, or the same as an earlier one, are not repeated.
 */
export function occurrenceGroups(
  { occurrences, mainCommodity }: Pick<Study, "occurrences" | "mainCommodity">,
  patches: Patches,
): OccurrenceGroup[] {
  const isMain = ({ commodity }: Occurrence) => commodity === mainCommodity;
  const main = occurrences.filter(isMain);
  const others = occurrences.filter((occurrence) => !isMain(occurrence));
  const group = (ids: string[], what: string, members: readonly Occurrence[]) => ({
    ids,
    title: `${members.length} ${what} occurrences`,
    assignment: assignOccurrences(patches, members),
  });
  if (others.length === 0) return [group(["all", "main"], mainCommodity, main)];
  const both = [group(["all"], "known", occurrences), group(["others"], "other", others)];
  if (main.length > 0) both.splice(1, 0, group(["main"], mainCommodity, main));
  return both.filter(({ assignment }) => assignment.assigned.length > 0);
}
