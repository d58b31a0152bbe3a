import type { Occurrence, Study } from "../study/types";
import { assignOccurrences, type OccurrenceAssignment } from "./occurrences";
import type { Patches } from "./types";

/** Occurrences that are judged together. */
export interface OccurrenceGroup {
  /**
   * Names under which its numbers are kept: "all", "main" (the study's main commodity), "others" or
   * "companions" (main and companion commodities). A group that is two of them at once has both.
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

/**
 * The paper's three growing groups of occurrences (Fig. 12): those of the main commodity, those and
 * its companions in one mineral system (Sb in Hezuo), and all. A group that is the same as a smaller
 * one adds its id to it, so a study of one commodity has one group.
 *
 * @param companions commodities; those that the study does not have change nothing
 */
export function growingGroups(
  { occurrences, mainCommodity }: Pick<Study, "occurrences" | "mainCommodity">,
  patches: Patches,
  companions: readonly string[],
): OccurrenceGroup[] {
  const found = [...new Set(occurrences.map(({ commodity }) => commodity))];
  const together = [mainCommodity, ...companions];
  const others = found.filter((commodity) => !together.includes(commodity));
  const groups: (OccurrenceGroup & { readonly members: number })[] = [];
  for (const [id, wanted] of [
    ["main", [mainCommodity]],
    ["companions", together],
    ["all", [...together, ...others]],
  ] as const) {
    const commodities = wanted.filter((commodity) => found.includes(commodity));
    const members = occurrences.filter(({ commodity }) => commodities.includes(commodity));
    const last = groups[groups.length - 1];
    if (last?.members === members.length) {
      groups[groups.length - 1] = { ...last, ids: [...last.ids, id] };
      continue;
    }
    const assignment = assignOccurrences(patches, members);
    const title = `${members.length} ${commodities.join(" + ")} occurrences`;
    if (assignment.assigned.length > 0) {
      groups.push({ ids: [id], title, assignment, members: members.length });
    }
  }
  return groups.map(({ ids, title, assignment }) => ({ ids, title, assignment }));
}

/** Groups that can be tested, and those that too few patches hold. */
export interface SortedGroups {
  readonly tested: readonly OccurrenceGroup[];
  readonly skipped: readonly OccurrenceGroup[];
}

/** Sorts out groups held by fewer than two patches: their scores have no spread to tell of. */
export function sortGroups(groups: readonly OccurrenceGroup[]): SortedGroups {
  const isTested = ({ assignment: { labels } }: OccurrenceGroup) =>
    labels.reduce((sum, label) => sum + label, 0) >= 2;
  return { tested: groups.filter(isTested), skipped: groups.filter((group) => !isTested(group)) };
}
