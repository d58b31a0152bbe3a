import type { PcaError } from "../baselines/pca-error";
import { bestLayer, type SingleLayerScore } from "../baselines/single-layer";
import type { OccurrenceGroup } from "../patches/groups";
import type { Ablation } from "./ablation";

/** A score of every patch under its name, and what it is among others. */
export interface RocScore {
  readonly name: string;
  readonly values: Float64Array;
  readonly role: "main" | "ablation" | "baseline";
}

/** Scores that are held against one group of occurrences. */
export interface GroupScores {
  readonly group: OccurrenceGroup;
  /** All evidence first, then without each layer, then the baselines. */
  readonly scores: readonly RocScore[];
}

/**
 * What stands in one ROC chart: the errors of all evidence and without each layer, the best single
 * layer, and the PCA reconstruction error. The layer is chosen by the group's own occurrences, which
 * flatters it; there is none where no layer has a direction held beforehand.
 */
export function groupScores(
  { all, without }: Ablation,
  layers: readonly SingleLayerScore[],
  pca: Pick<PcaError, "errors">,
  group: OccurrenceGroup,
): GroupScores {
  const best = layers.length === 0 ? [] : [bestLayer(layers, group.assignment.labels)];
  const scores: RocScore[] = [
    { name: all.label, values: all.errors, role: "main" },
    ...without.map(({ label, errors }) => ({
      name: label,
      values: errors,
      role: "ablation" as const,
    })),
    ...best.map(({ layer, scores: values }) => ({
      name: `${layer.label} alone`,
      values,
      role: "baseline" as const,
    })),
    { name: "PCA error", values: pca.errors, role: "baseline" },
  ];
  return { group, scores };
}

/** The scores of one role. */
export function scoresOf({ scores }: GroupScores, role: RocScore["role"]): RocScore[] {
  return scores.filter((score) => score.role === role);
}
