import { InputError } from "../errors";
import { withoutScore } from "../evaluation/capture";
import { midRanks } from "../evaluation/ranks";
import { areaUnderRoc } from "../evaluation/roc";
import type { SampledScores } from "../evaluation/types";
import type { EvidenceDescription } from "../manifest/evidence-layer";
import { patchMeans } from "../patches/means";
import type { Patches } from "../patches/types";

/** One evidence layer used alone as a score. */
export interface SingleLayerScore {
  readonly layer: EvidenceDescription;
  /** Patch means, turned so that high is favourable as the study's manifest says beforehand. */
  readonly scores: Float64Array;
}

/**
 * Each evidence layer alone as a prospectivity score: the mean over a patch, turned by the
 * direction that the manifest holds favourable. Layers without such a direction make no score,
 * because choosing one by its result would look at the deposits.
 */
export function singleLayerScores(
  patches: Patches,
  layers: readonly EvidenceDescription[],
): SingleLayerScore[] {
  return layers.flatMap((layer) => {
    const band = patches.bands.indexOf(layer.label);
    if (band < 0 || layer.favourable === null) return [];
    const sign = layer.favourable === "high" ? 1 : -1;
    return [{ layer, scores: patchMeans(patches, band).map((mean) => sign * mean) }];
  });
}

/**
 * The single layer with the highest AUC. Picking it looks at the occurrences, so it flatters the
 * baseline, never the network.
 *
 * @param labels 1 for patches that hold an occurrence
 * @throws InputError when no layer has a direction held beforehand
 */
export function bestLayer(
  layers: readonly SingleLayerScore[],
  labels: ArrayLike<number>,
): SingleLayerScore {
  const [best] = layers
    .map((layer) => ({ layer, auc: areaUnderRoc(layer.scores, labels) }))
    .sort((first, second) => second.auc - first.auc);
  if (best !== undefined) return best.layer;
  throw new InputError({
    kind: "manifest",
    field: "evidence, favourable",
    found: "no layer with a direction held beforehand",
    expected: 'at least one layer whose favourable is "high" or "low"',
  });
}

/**
 * The best single layer chosen without the fold that it scores: for each fold, the layer with the
 * highest AUC over all other folds. Scores are ranks over the district, 0 to 1, so that folds with
 * unlike layers can be joined.
 *
 * @param labels 1 for patches that hold an occurrence; both kinds outside every fold
 * @param folds fold of each patch
 * @returns the joined scores, and the layer that each fold was scored by
 * @throws InputError as bestLayer
 */
export function bestLayerOutOfFold(
  layers: readonly SingleLayerScore[],
  labels: ArrayLike<number>,
  folds: ArrayLike<number>,
): { readonly scores: Float64Array; readonly chosen: readonly EvidenceDescription[] } {
  const numbers = [...new Set(Array.from(folds))].sort((first, second) => first - second);
  const outside = (values: ArrayLike<number>, fold: number) =>
    Array.from(values).filter((_, patch) => folds[patch] !== fold);
  const best = numbers.map((fold) => {
    const seen = layers.map(({ layer, scores }) => ({
      layer,
      scores: Float64Array.from(outside(scores, fold)),
    }));
    const { layer } = bestLayer(seen, outside(labels, fold));
    return layers.find((candidate) => candidate.layer === layer) as SingleLayerScore;
  });
  const ranks = new Map(best.map(({ layer, scores }) => [layer, midRanks(scores)]));
  const joined = Float64Array.from(folds, (fold, patch) => {
    const { layer } = best[numbers.indexOf(fold)];
    return (ranks.get(layer) as ArrayLike<number>)[patch] / folds.length;
  });
  return { scores: joined, chosen: best.map(({ layer }) => layer) };
}

/** The best single layer as a baseline, chosen with all occurrences and without each fold. */
export interface LayerBaseline {
  readonly layer: EvidenceDescription;
  /** The layer that each fold was scored by. */
  readonly chosen: readonly EvidenceDescription[];
  readonly sampled: SampledScores;
}

/**
 * The best single layer in-sample and out-of-sample; null where no direction is held of any layer.
 *
 * @param folds null where there are none: no score is out-of-sample then

 * @throws InputError as bestLayerOutOfFold
 */
export function bestLayerBaseline(
  layers: readonly SingleLayerScore[],
  labels: ArrayLike<number>,
  folds: ArrayLike<number> | null,
): LayerBaseline | null {
  if (layers.length === 0) return null;
  const { layer, scores: inSample } = bestLayer(layers, labels);
  const { scores: outOfSample, chosen } =
    folds === null
      ? { scores: withoutScore(labels.length), chosen: [] }
      : bestLayerOutOfFold(layers, labels, folds);
  return { layer, chosen, sampled: { id: "bestLayer", name: "Best layer", inSample, outOfSample } };
}
