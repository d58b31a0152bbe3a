import { midRanks } from "../evaluation/ranks";
import type { MethodSurvey } from "../published/method-survey";
import { type Found, isSkipped } from "../skipped";
import type { Row } from "../tables/table";
import type { Metrics } from "./measured";
import type { MethodRanks } from "./method-survey";

/** What is on record of a study: areas under "methods.ID.outOfFold.auc". */
export interface RecordedAreas {
  readonly id: string;
  readonly kind: "real" | "synthetic";
  readonly metrics: Metrics;
}

/**
 * One row a method: its rank by held-out area in each study on record, of those that the study has,
 * beside its average rank over the generated districts.
 */
export function studyRankRows(
  studies: readonly RecordedAreas[],
  methods: MethodSurvey["methods"],
  found: Found<MethodRanks>,
): Row[] {
  const columns = studies.flatMap(({ id, kind, metrics }) => {
    const areas = methods.map((method) => metrics[`methods.${method.id}.outOfFold.auc`]?.value);
    const known = areas.flatMap((area) => area ?? []);
    if (known.length === 0) return [];
    const ranks = midRanks(known.map((area) => -area));
    let next = 0;
    const title = kind === "synthetic" ? `${id} (synthetic)` : id;
    return [{ title, ranks: areas.map((area) => (area === undefined ? null : ranks[next++])) }];
  });
  const average = new Map(
    isSkipped(found)
      ? []
      : found.methods.map(({ id }, at) => [id, found.friedman.averageRanks[at]]),
  );
  return methods
    .map(({ id, name, isTold }, at) => ({
      ...{ method: name, "told of occurrences": isTold ? "yes" : "no" },
      ...Object.fromEntries(columns.map(({ title, ranks }) => [title, ranks[at]])),
      ...(average.size === 0 ? {} : { "generated (synthetic), average": average.get(id) ?? null }),
    }))
    .sort((one, other) => meanRank(one) - meanRank(other));
}

/** Of all columns alike. */
function meanRank(row: Row): number {
  const ranks = Object.values(row).filter((value) => typeof value === "number");
  return ranks.length === 0 ? Infinity : ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length;
}
