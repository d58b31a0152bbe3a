import { bestLayerBaseline } from "../baselines/single-layer";
import { zoneMembership } from "../comparators/by-zone";
import { dealFolds, foldOf } from "../findings/folds";
import { judgeSuccessRates, successRateMetrics } from "../findings/success-rate";
import { growingGroups } from "../patches/groups";
import { comparatorSet } from "../runs/comparator-set";
import { outOfFoldNetworks } from "../runs/out-of-fold";
import type { AblationSteps } from "./ablation-steps";
import type { ClassifierSteps } from "./classifier-steps";
import type { ErrorSteps } from "./error-steps";
import { AUTOENCODER, autoencoderOptions, CLASSIFIER, classifierOptions } from "./network-options";
import { definer, type StepContext } from "./step";
import { autoencoders, classifiers, otherWork } from "./work";

type Before = Pick<ErrorSteps, "patches" | "autoencoder"> &
  Pick<AblationSteps, "baselines"> &
  Pick<ClassifierSteps, "classifier">;

/** Steps that judge the network beside its rivals by area against occurrences, in and out of sample. */
export function judgementSteps(context: StepContext, before: Before) {
  const { study } = context;
  const define = definer(context);
  const { patches, autoencoder, baselines, classifier } = before;

  const growing = define("growingGroups", {
    needs: { patches },
    reads: ["companions"],
    compute: ({ from, method }) => growingGroups(study, from.patches, method.companions),
  });
  const folds = define("folds", {
    needs: { patches, growing },
    reads: ["folds", "blocksAcross", "seed"],
    compute: ({ from, method }) => dealFolds(study, from.patches, from.growing[0], method),
  });
  const outOfFold = define("outOfFold", {
    needs: { patches, folds },
    reads: [...AUTOENCODER, ...CLASSIFIER, "proportion", "folds"],
    work: (method) => [
      autoencoders(method, method.folds),
      classifiers(method, method.folds, method.proportion),
    ],
    compute({ from, method, run }) {
      const [high, low] = method.proportion;
      return outOfFoldNetworks(run, from.patches, foldOf(from.folds), {
        autoencoder: autoencoderOptions(method),
        proportion: { high, low },
        classifier: classifierOptions(method),
      });
    },
  });
  const comparators = define("comparators", {
    needs: { patches, growing, folds },
    reads: ["trees", "seed"],
    work: () => [otherWork(4000)],
    compute({ from, method, run }) {
      const zones = study.zones.length > 1 ? zoneMembership(from.patches, study.zones) : null;
      const placed = { zones, folds: foldOf(from.folds), trees: method.trees };
      return comparatorSet(run, from.patches, from.growing[0].assignment.labels, placed);
    },
  });
  const judgement = define("judgement", {
    needs: { growing, autoencoder, classifier, folds, outOfFold, comparators, baselines },
    reads: ["threshold", "seed"],
    compute({ from, method: { threshold, seed } }) {
      const { growing: grown, classifier: cnn, autoencoder: cae, outOfFold: outside } = from;
      const { layers, pca } = from.baselines;
      const fold = foldOf(from.folds);
      const best = bestLayerBaseline(layers, grown[0].assignment.labels, fold);
      // The linear error looks at no occurrence, and is the same in and out of sample.
      const linear = fold === null ? outside.errors : pca.errors;
      const { probabilities } = outside;
      return judgeSuccessRates(study, {
        ...{ groups: grown, folds: from.folds, bestLayer: best, threshold, seed },
        methods: [
          { id: "cnn", name: "CNN", inSample: cnn.probabilities, outOfSample: probabilities },
          ...from.comparators.scores,
        ],
        baselines: [
          { id: "cae", name: "CAE error", inSample: cae.errors, outOfSample: outside.errors },
          { id: "pca", name: "PCA error", inSample: pca.errors, outOfSample: linear },
          ...(best === null ? [] : [best.sampled]),
        ],
      });
    },
    metrics: successRateMetrics,
  });

  return { growingGroups: growing, folds, outOfFold, comparators, judgement };
}

/** The same, by name. */
export type JudgementSteps = ReturnType<typeof judgementSteps>;
