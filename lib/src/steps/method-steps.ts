import { bestLayerBaseline } from "../baselines/single-layer";
import { conditionalIndependence } from "../comparators/conditional-independence";
import { patchFeatures } from "../comparators/features";
import { posteriorOf } from "../comparators/weights-of-evidence";
import { withoutScore } from "../evaluation/capture";
import type { DetectorSettingsFound } from "../findings/detector-settings";
import { type EvidenceWeightsFound, evidenceWeightMetrics } from "../findings/evidence-weights";
import { foldOf } from "../findings/folds";
import { benchmarkMetrics } from "../findings/method-benchmark";
import { type MethodComparison, methodMetrics } from "../findings/methods";
import { seedsFrom } from "../runs/ablation";
import { type BenchmarkedMethod, benchmarkMethods } from "../runs/benchmarked-methods";
import { detectorSettings } from "../runs/detector-settings";
import { type MethodScores, methodSet } from "../runs/method-set";
import { networkSet } from "../runs/network-set";
import type { Found } from "../skipped";
import { noSamples, tooFewOccurrences } from "../study/lacks";
import type { AblationSteps } from "./ablation-steps";
import type { ClassifierSteps } from "./classifier-steps";
import type { ErrorSteps } from "./error-steps";
import type { JudgementSteps } from "./judgement-steps";
import { NETWORKS, networkSetOptions } from "./network-options";
import { definer, type StepContext } from "./step";
import { autoencoders, classifiers, otherWork } from "./work";

type Before = Pick<ErrorSteps, "patches" | "autoencoder"> &
  Pick<AblationSteps, "baselines"> &
  Pick<ClassifierSteps, "classifier"> &
  Pick<JudgementSteps, "growingGroups" | "folds" | "outOfFold" | "comparators">;

/** Steps that set the method beside the field's others, on the same patches and folds. */
export function methodSteps(context: StepContext, before: Before) {
  const { study } = context;
  const define = definer(context);
  const { patches, autoencoder, baselines, classifier, folds, outOfFold, comparators } = before;
  const { growingGroups: growing } = before;

  const others = define("methodSet", {
    needs: { patches, growing, folds },
    reads: ["seed"],
    work: () => [otherWork(9000)],
    compute({ from, run }) {
      const { labels } = from.growing[0].assignment;
      const favourable = Object.fromEntries(
        study.evidence.map(({ label, favourable: side }) => [label, side]),
      );
      return methodSet(run, from.patches, labels, { folds: foldOf(from.folds), favourable });
    },
  });
  const linear = define("linearScores", {
    needs: { growing, folds, baselines },
    reads: [],
    compute({ from }): MethodScores[] {
      const { layers, pca } = from.baselines;
      const fold = foldOf(from.folds);
      const start = performance.now();
      const best = bestLayerBaseline(layers, from.growing[0].assignment.labels, fold);
      const seconds = (performance.now() - start) / 1000;
      // The linear error looks at no occurrence, and is the same in and out of sample.
      const outside = fold === null ? withoutScore(pca.errors.length) : pca.errors;
      return [
        {
          ...{ id: "pca", name: "PCA error", isTold: false, seconds: pca.seconds },
          ...{ inSample: pca.errors, outOfSample: outside },
        },
        ...(best === null ? [] : [{ ...best.sampled, isTold: true, seconds }]),
      ];
    },
  });
  const networks = define("networkScores", {
    needs: { autoencoder, classifier, outOfFold },
    reads: [],
    compute({ from: { autoencoder: cae, classifier: cnn, outOfFold: outside } }): MethodScores[] {
      const ofErrors = cae.seconds + outside.seconds.errors;
      return [
        {
          ...{ id: "cae", name: "CAE error", isTold: false, seconds: ofErrors },
          ...{ inSample: cae.errors, outOfSample: outside.errors },
        },
        {
          // Its labels are cut from the errors, so that it takes the auto-encoder's time too.
          ...{ id: "cnn", name: "CNN", isTold: false },
          seconds: ofErrors + cnn.seconds + outside.seconds.classifiers,
          ...{ inSample: cnn.probabilities, outOfSample: outside.probabilities },
        },
      ];
    },
  });
  /** The field's networks: those that are told of occurrences, or those that are not. */
  const otherNetworks = (title: string, told: boolean) =>
    define(title, {
      needs: { patches, growing, folds },
      reads: [...NETWORKS, "folds"],
      work(method) {
        const parts = method.folds + 1;
        const networks = autoencoders({ ...method, members: 1 }, 2 * parts);
        if (told) return [networks];
        const members = method.repeats * parts;
        return [
          networks,
          autoencoders({ ...method, members: 1 }, members),
          classifiers(method, members, method.proportion),
        ];
      },
      compute({ from, method, run }) {
        const options = { ...networkSetOptions(method), folds: foldOf(from.folds), told };
        return networkSet(run, from.patches, from.growing[0].assignment.labels, options);
      },
    });
  const detecting = otherNetworks("detectingNetworks", false);
  const supervised = otherNetworks("supervisedNetworks", true);
  const surveyed = define("surveyedMethods", {
    needs: { growing, folds, networks, linear, comparators, others, detecting },
    reads: [],
    compute({ from }): MethodComparison {
      const { forests, entropies, scores } = from.comparators;
      const told = [forests[0], entropies[0]].map(({ label, seconds }) => ({
        ...scores.find(({ name }) => name === label)!,
        ...{ isTold: true, seconds },
      }));
      return {
        group: from.growing[0],
        ...{ folds: from.folds, samples: study.samples?.eastings.length ?? 0 },
        scores: [
          ...from.networks,
          ...from.linear,
          ...from.detecting,
          ...from.others.scores,
          ...told,
        ],
      };
    },
  });
  const methods = define("methods", {
    needs: { surveyed, supervised },
    reads: [],
    compute({ from }): MethodComparison {
      return { ...from.surveyed, scores: [...from.surveyed.scores, ...from.supervised] };
    },
    metrics: methodMetrics,
  });

  const weights = define("evidenceWeights", {
    needs: { patches, growing, others },
    reads: [],
    compute({ from }): Found<EvidenceWeightsFound> {
      const [{ model }] = from.others.weightsOfEvidence.fits;
      if (model === null) return tooFewOccurrences(study);
      const table = patchFeatures(from.patches);
      const { labels } = from.growing[0].assignment;
      const independence = conditionalIndependence(model, table, labels);
      const posterior = posteriorOf(model, table);
      return { model, posterior, independence, patches: from.patches };
    },
    metrics: evidenceWeightMetrics,
  });
  const settings = define("detectorSettings", {
    needs: { patches, growing, folds },
    reads: ["svmOutside", "repeats", "seed"],
    work: () => [otherWork(3000)],
    async compute({ from, method, run }): Promise<DetectorSettingsFound> {
      const settings = await detectorSettings(run, patchFeatures(from.patches), {
        outside: method.svmOutside,
        seeds: seedsFrom(method.seed, method.repeats),
        folds: foldOf(from.folds) ?? undefined,
      });
      return { settings, group: from.growing[0] };
    },
  });
  const benchmark = define("methodBenchmark", {
    needs: { patches, methods },
    reads: ["seed"],
    compute({ from, method: { seed } }): Found<BenchmarkedMethod[]> {
      if (study.samples === null) return noSamples(study);
      const { scores, group } = from.methods;
      return benchmarkMethods(study, from.patches, scores, group, seed);
    },
    metrics: benchmarkMetrics,
  });

  return {
    methodSet: others,
    linearScores: linear,
    networkScores: networks,
    detectingNetworks: detecting,
    supervisedNetworks: supervised,
    surveyedMethods: surveyed,
    methods,
    evidenceWeights: weights,
    detectorSettings: settings,
    methodBenchmark: benchmark,
  };
}

/** The same, by name. */
export type MethodSteps = ReturnType<typeof methodSteps>;
