import { bestLayer } from "../baselines/single-layer";
import { captureAt } from "../evaluation/capture";
import { pearson } from "../evaluation/correlation";
import { areaUnderRoc } from "../evaluation/roc";
import type { OccurrenceGroup } from "../patches/groups";
import type { Patches } from "../patches/types";
import { correlationsWithAll } from "../runs/ablation";
import type { Steps } from "./flow";

/** How alike error maps are when only the network or the evidence changes; no occurrence is used. */
export interface Stability {
  /** Pearson's correlations of errors: of two seeds. */
  readonly seeds: number;
  /** Table 2: reduced layers and the network as it is, reduced layers and long training, it and long. */
  readonly reducedAndBase: number;
  readonly reducedAndLong: number;
  readonly baseAndLong: number;
  /** Table 3: without each layer and with all, by the layer's label; none where it is not asked for. */
  readonly ablations: { readonly [band: string]: number };
}

/** The correlations of Tables 2 and 3, those of Table 3 where they are asked for. */
export async function stabilityNumbers(steps: Steps, hasAblations: boolean): Promise<Stability> {
  const { base, reseeded, variants } = await steps.stability();
  const [reduced, , long] = variants;
  return {
    seeds: pearson(base.errors, reseeded.errors),
    reducedAndBase: pearson(reduced.errors, base.errors),
    reducedAndLong: pearson(reduced.errors, long.errors),
    baseAndLong: pearson(base.errors, long.errors),
    ablations: hasAblations ? await ablationNumbers(steps) : {},
  };
}

async function ablationNumbers(steps: Steps): Promise<Stability["ablations"]> {
  const { ablations, bands } = await steps.ablations({ repeats: 1 });
  const withAll = correlationsWithAll(ablations[0]);
  return Object.fromEntries(bands.map((band, at) => [band, withAll[at]]));
}

/** The headline of one district: what needs no occurrence, and what is judged by them. */
export interface DistrictNumbers {
  readonly patches: Patches;
  readonly stability: Stability;
  /** Reconstruction errors of all evidence. */
  readonly errors: Float64Array;
  /** AUC of the error by group id: all, main, others. */
  readonly auc: { readonly [group: string]: number };
  /** AUC of the best single layer, chosen by the occurrences, and of the PCA error, for all. */
  readonly bestLayerAuc: number;
  readonly pcaErrorAuc: number;
  /** Shares of area and of the main commodity's occurrences at the classifier's threshold. */
  readonly areaShare: number;
  readonly mainShare: number;
}

/** Runs the method on a study whose layers have a direction held favourable, from evidence to map. */
export async function districtNumbers(steps: Steps, threshold: number): Promise<DistrictNumbers> {
  const stability = await stabilityNumbers(steps, true);
  const { errors } = await steps.autoencoder();
  const { layers, pca } = await steps.baselines();
  const { probabilities } = await steps.classifier();
  const groups = await steps.groups();
  const of = (id: string) => groups.find(({ ids }) => ids.includes(id)) ?? groups[0];
  const aucOf = (scores: Float64Array, { assignment }: OccurrenceGroup) =>
    areaUnderRoc(scores, assignment.labels);
  const all = of("all");
  const main = captureAt(probabilities, of("main").assignment, threshold);
  const byGroup = groups.flatMap((group) => group.ids.map((id) => [id, aucOf(errors, group)]));
  return {
    ...{ patches: await steps.patches(), stability, errors, auc: Object.fromEntries(byGroup) },
    bestLayerAuc: aucOf(bestLayer(layers, all.assignment.labels).scores, all),
    pcaErrorAuc: aucOf(pca.errors, all),
    areaShare: main.areaShare,
    mainShare: main.occurrenceShare,
  };
}
