import { bestLayer, singleLayerScores } from "../baselines/single-layer";
import { captureAt } from "../evaluation/capture";
import { areaUnderRoc } from "../evaluation/roc";
import { type OccurrenceGroup, occurrenceGroups } from "../patches/groups";
import { selectByError } from "../patches/select";
import { tilePatches } from "../patches/tile";
import type { Patches } from "../patches/types";
import type { Study } from "../study/types";
import { autoencoderTrial } from "./autoencoder-trial";
import { classifierTrial } from "./classifier-trial";
import type { RunContext } from "./context";
import { evidenceRun } from "./evidence-run";
import { pcaErrorRun } from "./pca-error-run";
import type { MethodOptions } from "./sensitivity";
import { type Stability, stabilityOf } from "./stability";

/** What decides them beside the method itself. */
export interface DistrictOptions extends MethodOptions {
  readonly longEpochs: number;
  readonly pcaVarianceShare: number;
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
export async function districtNumbers(
  run: RunContext,
  study: Study,
  options: DistrictOptions,
): Promise<DistrictNumbers> {
  const { autoencoder, longEpochs, patchSize, proportion, threshold } = options;
  const { scaled } = await evidenceRun(run, study, options);
  const patches = tilePatches(scaled, { size: patchSize });
  const bands = study.evidence.map(({ label }) => label);
  const stability = await stabilityOf(run, patches, { autoencoder, longEpochs, bands });
  const { errors } = await autoencoderTrial(run, "All evidence", patches, autoencoder);
  const pca = await pcaErrorRun(run, patches, { varianceShare: options.pcaVarianceShare });
  const [high, low] = proportion;
  const selection = selectByError(errors, { high, low });
  const map = await classifierTrial(run, "CNN", patches, selection, options.classifier);
  const groups = occurrenceGroups(study, patches);
  const of = (id: string) => groups.find(({ ids }) => ids.includes(id)) ?? groups[0];
  const aucOf = (scores: Float64Array, { assignment }: OccurrenceGroup) =>
    areaUnderRoc(scores, assignment.labels);
  const layers = singleLayerScores(patches, study.evidence);
  const all = of("all");
  const main = captureAt(map.probabilities, of("main").assignment, threshold);
  return {
    ...{ patches, stability, errors },
    auc: Object.fromEntries(
      groups.flatMap((group) => group.ids.map((id) => [id, aucOf(errors, group)])),
    ),
    bestLayerAuc: aucOf(bestLayer(layers, all.assignment.labels).scores, all),
    pcaErrorAuc: aucOf(pca.errors, all),
    areaShare: main.areaShare,
    mainShare: main.occurrenceShare,
  };
}
