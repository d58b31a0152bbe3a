import { bestLayer, type SingleLayerScore } from "../baselines/single-layer";
import { aucWithInterval } from "../evaluation/delong";
import type { NamedEstimate } from "../figures/interval-plot";
import { holdingPatches, type OccurrenceGroup, type SortedGroups } from "../patches/groups";
import { hasPublishedLayers, publishedStudy } from "../published/published-study";
import type { Ablation } from "../runs/ablation";
import type { PcaErrorRun } from "../runs/pca-error-run";
import { type GroupScores, groupScores, scoresOf } from "../runs/roc-scores";
import type { Found } from "../skipped";
import { oneLayer } from "../study/lacks";
import type { Study } from "../study/types";
import { comparisonRows } from "../tables/comparison";
import type { Row } from "../tables/table";
import type { Measured, Metrics } from "./measured";
import { listText } from "./words";

/** Scores that need no network. */
export interface Baselines {
  /** Layers with a direction held beforehand. */
  readonly layers: readonly SingleLayerScore[];
  readonly pca: PcaErrorRun;
}

/** Errors and baselines held against each group of occurrences. */
export interface RocJudgement extends Baselines {
  readonly ablation: Ablation;
  /** One entry a group that can be tested; the first is of all occurrences. */
  readonly scored: readonly GroupScores[];
}

/** Holds all errors and baselines against every group that can be tested. */
export function judgeErrors(
  { tested }: SortedGroups,
  ablation: Ablation,
  { layers, pca }: Baselines,
): RocJudgement {
  const scored = tested.map((group) => groupScores(ablation, layers, pca, group));
  return { ablation, layers, pca, scored };
}

/** Every area under the curve by group: the error's, without each layer, and the baselines'. */
export function rocMetrics({ ablation, layers, pca, scored }: RocJudgement, study: Study): Metrics {
  const metrics: { [key: string]: Measured } = {};
  for (const { group, scores } of scored) {
    const { ids, assignment } = group;
    for (const id of ids) {
      metrics[`cae.error.auc.${id}`] = aucOf(ablation.all.errors, group);
      metrics[`baseline.pcaError.auc.${id}`] = aucOf(pca.errors, group);
      if (layers.length > 0) {
        const best = bestLayer(layers, assignment.labels);
        metrics[`baseline.bestLayer.auc.${id}`] = aucOf(best.scores, group);
      }
      for (const { name, values } of scores) {
        const layer = study.evidence.find(({ label }) => name === `Without ${label}`);
        if (layer !== undefined)
          metrics[`roc.without.${layer.id}.${id}.auc`] = aucOf(values, group);
      }
    }
  }
  const [{ group: all }] = scored;
  metrics["baseline.pcaError.auc"] = aucOf(pca.errors, all);
  if (layers.length > 0) {
    const best = bestLayer(layers, all.assignment.labels);
    metrics["baseline.bestLayer.auc"] = aucOf(best.scores, all);
  }
  return metrics;
}

function aucOf(values: Float64Array, { assignment: { labels, assigned } }: OccurrenceGroup) {
  return { ...aucWithInterval(values, labels), n: assigned.length };
}

/** Which occurrences no patch holds, and which groups cannot be tested and why. */
export function groupSentences({ tested, skipped: left }: SortedGroups): string[] {
  const [all] = tested;
  const lost = all.assignment.unassigned.map(
    ({ occurrence, reason }) => `${occurrence.name} (${reason})`,
  );
  const holding = holdingPatches(all);
  const isSingle = Math.min(holding, all.assignment.labels.length - holding) === 1;
  return [
    lost.length === 0 ? "Every occurrence lies in a patch." : `In no patch: ${lost.join(", ")}.`,
    ...(tested.length + left.length === 1
      ? ["One group only: there is no second commodity to tell apart."]
      : []),
    ...(left.length > 0
      ? [
          `Skipped, held by fewer than two patches or by all but fewer than two: ${left.map(({ title }) => title).join(", ")}.`,
        ]
      : []),
    ...(isSingle
      ? [
          "A single patch is told from all others: nothing is known of how far the areas hang on chance, and intervals are 0 to 1.",
        ]
      : []),
  ];
}

/** What the baselines are made of. */
export function baselineSentence(
  { layers, pca }: Baselines,
  { evidence }: Pick<Study, "evidence">,
  varianceShare: number,
): string {
  const none = layers.length === 0 ? " So there is no single layer to compare with." : "";
  return `${pca.components} components explain ${100 * varianceShare} % of the variance. ${layers.length} of ${evidence.length} layers have a direction held beforehand.${none}`;
}

/** What the paper calls its figure of a group. */
export function paperFigure({ ids: [id] }: OccurrenceGroup): string {
  const figures: Readonly<Record<string, string>> = { all: "6", main: "7", others: "8" };
  return figures[id] === undefined ? "" : ` (as Fig. ${figures[id]})`;
}

/** Areas of all scores by group, for one plot. */
export function aucEstimates({ scored }: RocJudgement): NamedEstimate[] {
  return scored.flatMap(({ group, scores }) =>
    scores.map(({ name, values }) => {
      const estimate = aucWithInterval(values, group.assignment.labels);
      return { name, group: group.title, estimate };
    }),
  );
}

/** One row a layer and group: the error without it against that of all evidence. */
export function ablationTestRows(
  { scored }: RocJudgement,
  study: Pick<Study, "id" | "evidence">,
): Found<Row[]> {
  const rows = scored.flatMap((each) =>
    comparisonRows(scoresOf(each, "main")[0], scoresOf(each, "ablation"), each.group),
  );
  return rows.length === 0 ? oneLayer(study) : rows;
}

/** How many of these tests tell a difference. */
export function ablationTestSentence(
  judgement: RocJudgement,
  study: Pick<Study, "id" | "evidence">,
): Found<string> {
  const tested = ablationTestRows(judgement, study);
  if (!Array.isArray(tested)) return tested;
  const told = tested.filter((row) => Number(row["p (Holm)"]) < 0.05);
  const which = listText(told.map((row) => `${row.score} (${row.occurrences})`));
  return `Of ${tested.length} comparisons, ${told.length} differ at the 5 % level after Holm's correction within each group of ${judgement.ablation.without.length}: ${which}.`;
}

/** One row a baseline and group: is it better than the error of all evidence? */
export function baselineTestRows({ scored }: RocJudgement): Row[] {
  return scored.flatMap((each) =>
    comparisonRows(scoresOf(each, "main")[0], scoresOf(each, "baseline"), each.group),
  );
}

/** One row a group: AUC of all evidence, published beside it where it may stand there. */
export function rocHeadlineRows(
  { ablation, scored }: RocJudgement,
  study: Pick<Study, "evidence">,
): Row[] {
  const { allDepositsAllEvidenceAuc: published } = publishedStudy().roc;
  return scored.map(({ group }) => {
    const { value, interval, n } = aucOf(ablation.all.errors, group);
    const theirs = group.ids.includes("all") ? published : null;
    const ours = { "this study": value, from: interval[0], to: interval[1] };
    const difference = theirs === null ? null : value - theirs;
    const beside = hasPublishedLayers(study) ? { published: theirs, ...ours, difference } : ours;
    return { occurrences: group.title, ...beside, n };
  });
}

/** Where the error of all evidence stands among its runs, and where it does in the paper. */
export function rocRankSentences(
  { ablation, scored }: RocJudgement,
  study: Pick<Study, "id" | "evidence">,
): string[] {
  const runs = ablation.without.length;
  const rank = ({ group, scores }: GroupScores) => {
    const areas = scores.map(
      ({ values }) => aucWithInterval(values, group.assignment.labels).value,
    );
    const higher = areas.slice(1, 1 + runs).filter((area) => area > areas[0]).length;
    return `${group.title}: ${1 + higher}`;
  };
  const { allDepositsAllEvidenceAuc: published } = publishedStudy().roc;
  const own =
    runs === 0
      ? []
      : [
          `Rank of all evidence among its ${1 + runs} runs, by AUC – ${scored.map(rank).join("; ")}.`,
        ];
  return [
    ...own,
    `Published for Hezuo: AUC ${published}, rank 1.`,
    ...(hasPublishedLayers(study)
      ? []
      : ["Hezuo has other layers and occurrences: only the shape can be compared."]),
  ];
}

/** The headline beside its baselines, and what one occurrence weighs. */
export function rocSentence({ ablation, layers, pca, scored }: RocJudgement): string {
  const [{ group: all }] = scored;
  const error = aucOf(ablation.all.errors, all);
  const width = (error.interval[1] - error.interval[0]).toFixed(2);
  const [best] = layers.length === 0 ? [] : [bestLayer(layers, all.assignment.labels)];
  const alone =
    best === undefined
      ? ""
      : ` Best single layer, chosen by the occurrences themselves: ${best.layer.title}, **${aucOf(best.scores, all).value.toFixed(3)}**.`;
  return `AUC for ${all.title}: CAE error **${error.value.toFixed(3)}**, its interval ${width} wide; PCA reconstruction error **${aucOf(pca.errors, all).value.toFixed(3)}**.${alone} One of ${error.n} occurrences is ${(100 / error.n).toFixed(1)} % of them.`;
}

/** The error and each layer alone, by name. */
export function layersAlone({ ablation, layers }: RocJudgement) {
  const alone = layers.map(({ layer, scores }) => ({
    name: `${layer.label} alone`,
    values: scores,
  }));
  return [{ name: "CAE error, all evidence", values: ablation.all.errors }, ...alone];
}
