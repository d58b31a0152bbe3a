import { InputError } from "../errors";
import { areaUnderRoc } from "../evaluation/roc";
import { patchMeans } from "../patches/means";
import type { Patches } from "../patches/types";
import type { EvidenceDescription } from "../study/types";

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
