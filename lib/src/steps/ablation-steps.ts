import { singleLayerScores } from "../baselines/single-layer";
import { type Ablations, contributionMetrics, layerContributions } from "../findings/contributions";
import { nearMetrics } from "../findings/near";
import { type Baselines, judgeErrors, rocMetrics } from "../findings/roc";
import { transferMetrics, transfersFound } from "../findings/transfer";
import { occurrenceGroups, sortGroups } from "../patches/groups";
import { layerOrder } from "../published/published-study";
import { channelAblations, seedsFrom } from "../runs/ablation";
import { nearComparisons } from "../runs/near-comparisons";
import { pcaErrorRun } from "../runs/pca-error-run";
import { scoresOf } from "../runs/roc-scores";
import { zoneTransfers } from "../runs/zone-transfer";
import type { ErrorSteps } from "./error-steps";
import type { EvidenceSteps } from "./evidence-steps";
import { AUTOENCODER, autoencoderOptions, blocksOf } from "./network-options";
import { definer, type StepContext } from "./step";
import { autoencoders } from "./work";

type Before = Pick<EvidenceSteps, "evidence"> & Pick<ErrorSteps, "patches">;

/** Steps that ask what each layer adds to the error, and whether high errors mark occurrences. */
export function ablationSteps(context: StepContext, before: Before) {
  const { study } = context;
  const define = definer(context);
  const { evidence, patches } = before;

  const ablations = define("ablations", {
    needs: { patches },
    reads: [...AUTOENCODER, "repeats"],
    work: (method) => [autoencoders(method, (study.evidence.length + 1) * method.repeats)],
    async compute({ from, method, run }): Promise<Ablations> {
      // The only layer cannot be left out.
      const bands = study.evidence.length > 1 ? layerOrder(study) : [];
      const seeds = seedsFrom(method.seed, method.repeats);
      const options = autoencoderOptions(method);
      return {
        ablations: await channelAblations(run, from.patches, options, { bands, seeds }),
        bands,
      };
    },
  });
  const contributions = define("contributions", {
    needs: { patches, ablations },
    reads: ["blockPatches", "seed"],
    compute: ({ from, method }) =>
      layerContributions(study, from.patches, from.ablations, blocksOf(method)),
    metrics: (found) => contributionMetrics(found, study),
  });
  const groups = define("groups", {
    needs: { patches },
    reads: [],
    compute: ({ from }) => occurrenceGroups(study, from.patches),
  });
  const testedGroups = define("testedGroups", {
    needs: { groups },
    reads: [],
    compute: ({ from }) => sortGroups(from.groups),
  });
  const baselines = define("baselines", {
    needs: { patches },
    reads: ["pcaVarianceShare"],
    compute: async ({ from, method, run }): Promise<Baselines> => ({
      layers: singleLayerScores(from.patches, study.evidence),
      pca: await pcaErrorRun(run, from.patches, { varianceShare: method.pcaVarianceShare }),
    }),
  });
  const rocs = define("rocs", {
    needs: { testedGroups, baselines },
    asks: [ablations],
    reads: [],
    async compute({ from, ask }) {
      const [ablation] = (await ask(ablations, { repeats: 1 })).ablations;
      return judgeErrors(from.testedGroups, ablation, from.baselines);
    },
    metrics: (found) => rocMetrics(found, study),
  });
  const near = define("near", {
    needs: { patches, rocs },
    reads: ["nearBackground"],
    compute({ from, method }) {
      const [whole] = from.rocs.scored;
      const competing = [...scoresOf(whole, "main"), ...scoresOf(whole, "baseline")];
      return nearComparisons(competing, whole.group, from.patches, method.nearBackground);
    },
    metrics: nearMetrics,
  });
  const transfers = define("transfers", {
    needs: { evidence, patches, rocs },
    reads: [...AUTOENCODER, "percentiles"],
    work: (method) => (study.zones.length > 1 ? [autoencoders(method, study.zones.length)] : []),
    async compute({ from, method, run }) {
      const { scored, ablation } = from.rocs;
      const found = await zoneTransfers(run, from.evidence.layers, from.patches, {
        errors: ablation.all.errors,
        assignment: scored[0].group.assignment,
        zones: study.zones,
        autoencoder: autoencoderOptions(method),
        percentiles: method.percentiles,
      });
      return transfersFound(found, study);
    },
    metrics: transferMetrics,
  });

  return { ablations, contributions, groups, testedGroups, baselines, rocs, near, transfers };
}

/** The same, by name. */
export type AblationSteps = ReturnType<typeof ablationSteps>;
