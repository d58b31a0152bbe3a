import { InputError } from "../errors";
import type { Occurrence, Study } from "../study/types";
import { assignOccurrences, type OccurrenceAssignment } from "./occurrences";
import type { Patches } from "./types";

/** Occurrences that are judged together. */
export interface OccurrenceGroup {
  /**
   * Names under which its numbers are kept: "all", "main" (the study's main commodity), "others" or
   * "companions" (main and companion commodities), or the manifest's own. A group that is two of them
   * at once has both.
   */
  readonly ids: readonly string[];
  /** Such as "254 Au occurrences": as many as patches hold. */
  readonly title: string;
  readonly assignment: OccurrenceAssignment;
}

/** What of a study says how its occurrences are judged together; its area, so that those outside are said to be. */
type GroupedStudy = Pick<Study, "occurrences" | "mainCommodity" | "occurrencesTitle"> &
  Partial<Pick<Study, "groups" | "area">>;

/**
 * The paper's three groups of occurrences (Figs 6 to 8): all, those of the main commodity, and the
 * others; then those that the manifest names. Groups that would be empty, or the same as an earlier
 * one, are not repeated.
 *
 * @throws InputError when no patch holds an occurrence
 */
export function occurrenceGroups(study: GroupedStudy, patches: Patches): OccurrenceGroup[] {
  const { occurrences, mainCommodity, occurrencesTitle, area } = study;
  requireHeld(patches, occurrences);
  const isMain = ({ commodity }: Occurrence) => commodity === mainCommodity;
  const main = occurrences.filter(isMain);
  const others = occurrences.filter((occurrence) => !isMain(occurrence));
  const group = (ids: string[], what: string, members: readonly Occurrence[]) => {
    const assignment = assignOccurrences(patches, members, area);
    return { ids, title: titleOf(assignment, what), assignment };
  };
  const apart = namedGroups(study, patches);
  if (others.length === 0) {
    return [group(["all", "main"], occurrencesTitle ?? mainCommodity, main), ...apart];
  }
  const both = [
    group(["all"], occurrencesTitle ?? "known", occurrences),
    group(["others"], "other", others),
  ];
  if (main.length > 0) both.splice(1, 0, group(["main"], mainCommodity, main));
  return [...both.filter(({ assignment }) => assignment.assigned.length > 0), ...apart];
}

/** The group of the study's main commodity; the first where no patch holds any of it. */
export function mainGroup(groups: readonly OccurrenceGroup[]): OccurrenceGroup {
  return groups.find(({ ids }) => ids.includes("main")) ?? groups[0];
}

/** The groups that the manifest names, those that no patch holds left out. */
function namedGroups({ groups = [], area }: GroupedStudy, patches: Patches): OccurrenceGroup[] {
  return groups
    .map(({ id, title, occurrences }) => {
      const assignment = assignOccurrences(patches, occurrences, area);
      return { ids: [id], title: `${assignment.assigned.length} ${title}`, assignment };
    })
    .filter(({ assignment }) => assignment.assigned.length > 0);
}

/**
 * The paper's three growing groups of occurrences (Fig. 12): those of the main commodity, those and
 * its companions in one mineral system (Sb in Hezuo), and all. A group that is the same as a smaller
 * one adds its id to it, so a study of one commodity has one group.
 *
 * @param companions commodities; those that the study does not have change nothing
 * @throws InputError when no patch holds an occurrence
 */
export function growingGroups(
  study: GroupedStudy,
  patches: Patches,
  companions: readonly string[],
): OccurrenceGroup[] {
  const { occurrences, mainCommodity, occurrencesTitle, area } = study;
  requireHeld(patches, occurrences);
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
    const assignment = assignOccurrences(patches, members, area);
    const isWhole = members.length === occurrences.length;
    const what = (isWhole ? occurrencesTitle : undefined) ?? commodities.join(" + ");
    const title = titleOf(assignment, what);
    if (assignment.assigned.length > 0) {
      groups.push({ ids: [id], title, assignment, members: members.length });
    }
  }
  const growing = groups.map(({ ids, title, assignment }) => ({ ids, title, assignment }));
  return [...growing, ...namedGroups(study, patches)];
}

/** Counts what is scored: occurrences that no patch holds are not. */
function titleOf({ assigned }: OccurrenceAssignment, what: string): string {
  return `${assigned.length} ${what} occurrence${assigned.length === 1 ? "" : "s"}`;
}

function requireHeld(patches: Patches, occurrences: readonly Occurrence[]): void {
  if (assignOccurrences(patches, occurrences).assigned.length > 0) return;
  throw new InputError({
    kind: "occurrences",
    field: "occurrences in a patch",
    found: `none of ${occurrences.length} in the ${patches.places.length} patches with data`,
    expected: "at least one",
    remedy:
      "Check the occurrences' coordinates and the layers' nodata; smaller patches or finer pixels leave less ground out at the edges.",
  });
}

/** Groups that can be tested, and those that too few patches hold, or all but too few. */
export interface SortedGroups {
  readonly tested: readonly OccurrenceGroup[];
  readonly skipped: readonly OccurrenceGroup[];
}

/**
 * Sorts out groups held by fewer than two patches, or by all patches but fewer than two: their
 * scores have no spread to tell of, or nothing to be told from. Where no group is left, the first
 * that one patch holds and another does not is tested all the same, with intervals of which nothing
 * is known.
 *
 * @throws InputError when there is no such group either
 */
export function sortGroups(groups: readonly OccurrenceGroup[]): SortedGroups {
  const isHeldBy = (fewest: number) => (group: OccurrenceGroup) => {
    const holding = holdingPatches(group);
    return Math.min(holding, group.assignment.labels.length - holding) >= fewest;
  };
  const spread = groups.filter(isHeldBy(2));
  const tested = spread.length > 0 ? spread : groups.filter(isHeldBy(1)).slice(0, 1);
  if (tested.length > 0) {
    return { tested, skipped: groups.filter((group) => !tested.includes(group)) };
  }
  throw new InputError({
    kind: "occurrences",
    field: "patches with an occurrence",
    found: groups
      .map((group) => `${holdingPatches(group)} of ${group.assignment.labels.length}`)
      .join(", "),
    expected: "at least one patch with an occurrence, and one without",
    remedy: "Take smaller patches, finer pixels, or a larger region.",
  });
}

/** How many patches hold an occurrence of a group. */
export function holdingPatches({ assignment: { labels } }: OccurrenceGroup): number {
  return labels.reduce((sum, label) => sum + label, 0);
}
