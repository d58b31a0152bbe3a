import { takeRows } from "../comparators/features";
import { signatureClusters } from "../evaluation/signature-clusters";
import { type CoherenceCurve, coherenceCurve, coherenceMetrics } from "../findings/coherence";
import { groundFolds } from "../findings/folds";
import {
  type MutualPrediction,
  mutualMetrics,
  mutualPrediction,
} from "../findings/mutual-prediction";
import {
  learntCounts,
  type OccurrenceCoherence,
  occurrenceCoherence,
  occurrenceMetrics,
} from "../findings/occurrence-coherence";
import { type Signatures, signatureMetrics, signaturesOf } from "../findings/signatures";
import { holdingPatches, mainGroup } from "../patches/groups";
import { labelSlices, sharesThatAdd } from "../patches/label-slices";
import { standardisedMeans } from "../patches/means";
import { seedsFrom } from "../runs/ablation";
import { classifierTrials } from "../runs/classifier-trial";
import { heldOutProbabilities } from "../runs/held-out";
import { mutualTrials, SCHEMES } from "../runs/mutual-trials";
import { occurrencePrediction } from "../runs/occurrence-prediction";
import { type Found, isSkipped } from "../skipped";
import { tooFewBlocks, tooFewLabels, tooFewOccurrences } from "../study/lacks";
import type { AblationSteps } from "./ablation-steps";
import type { ClassifierSteps } from "./classifier-steps";
import type { ErrorSteps } from "./error-steps";
import { blocksOf, CLASSIFIER, classifierOptions } from "./network-options";
import { definer, type StepContext } from "./step";
import { classifiers, otherWork } from "./work";

type Before = Pick<ErrorSteps, "patches" | "autoencoder"> &
  Pick<AblationSteps, "groups"> &
  Pick<ClassifierSteps, "selection" | "classifier">;

/** Steps that ask whether the labels hang together, and which stand apart. */
export function coherenceSteps(context: StepContext, before: Before) {
  const { study } = context;
  const define = definer(context);
  const { patches, autoencoder, groups, selection, classifier } = before;

  const coherence = define("coherence", {
    needs: { patches, autoencoder },
    reads: [
      ...CLASSIFIER,
      ...(["coherenceShares", "proportion", "folds", "blocksAcross", "blockPatches"] as const),
    ],
    work: (method) => [classifiers(method, method.coherenceShares.length * method.folds)],
    async compute({ from, method, run }): Promise<Found<CoherenceCurve>> {
      const [, low] = method.proportion;
      const count = from.patches.places.length;
      const { kept: shares, leftOut } = sharesThatAdd(method.coherenceShares, count, method.folds);
      if (shares.length === 0) return tooFewBlocks(study);
      const slices = labelSlices(from.autoencoder.errors, shares, low);
      const core = labelsOf(slices.slices[0], count);
      const folds = groundFolds(study, from.patches, core, method);
      if (folds === null) return tooFewBlocks(study);
      const tasks = shares.map((share, at) => ({
        label: `CNN, ${Number((100 * share).toPrecision(6))} % labelled`,
        selection: {
          prospective: joined(slices.slices.slice(0, at + 1)),
          background: slices.background,
        },
        fold: folds.fold,
      }));
      const options = classifierOptions(method);
      const scores = await heldOutProbabilities(run, from.patches, tasks, options);
      const judged = { low, leftOut, folds: folds.folds.length, blocks: blocksOf(method) };
      return coherenceCurve(from.patches, slices, shares, scores, judged);
    },
    metrics: coherenceMetrics,
  });
  const mutual = define("mutualPrediction", {
    needs: { patches, selection },
    reads: [
      ...CLASSIFIER,
      ...(["proportion", "folds", "blocksAcross", "blockPatches", "repeats"] as const),
    ],
    work: (method) => [
      classifiers(method, SCHEMES.length * method.repeats * method.folds, method.proportion),
    ],
    async compute({ from, method, run }): Promise<Found<MutualPrediction>> {
      const { selection: labels, patches: cut } = from;
      const [high, low] = method.proportion;
      const prospective = labelsOf(labels.prospective, cut.places.length);
      const draws = seedsFrom(method.seed, method.repeats).flatMap((seed) => {
        const dealt = groundFolds(study, cut, prospective, { ...method, seed });
        return dealt === null ? [] : [{ seed, fold: dealt.fold }];
      });
      if (draws.length < method.repeats) return tooFewBlocks(study);
      const trials = await mutualTrials(run, cut, labels, {
        ...{ proportion: { high, low }, draws, folds: method.folds },
        ...{ blockSize: method.blockPatches, classifier: classifierOptions(method) },
      });
      return mutualPrediction(labels, trials) ?? tooFewBlocks(study);
    },
    metrics: mutualMetrics,
  });
  const signatures = define("signatures", {
    needs: { patches, selection, classifier, groups, mutual },
    reads: [...CLASSIFIER, "signatureClusters", "proportion", "blockPatches"],
    // How many clusters there are is not known beforehand: the most that are tried.
    work: (method) => [classifiers(method, method.signatureClusters[1], method.proportion)],
    async compute({ from, method, run }): Promise<Found<Signatures>> {
      const { patches: cut, selection: labels, mutual: held } = from;
      const { prospective, background } = labels;
      const isLabelled = new Set([...prospective, ...background]);
      const unlabelled = Uint32Array.from(cut.places.keys()).filter(
        (patch) => !isLabelled.has(patch),
      );
      if (unlabelled.length === 0 || prospective.length <= method.signatureClusters[0]) {
        return tooFewLabels(study);
      }
      const width = cut.bands.length;
      const all = { names: cut.bands, values: standardisedMeans(cut) };
      const rows = Float64Array.from(takeRows(all, prospective).values);
      const options = { clusters: method.signatureClusters, seed: method.seed };
      const clusters = signatureClusters(rows, width, options);
      const trials = await classifierTrials(
        run,
        clusters.clusters.map(({ members }, at) => {
          const own = new Set(Array.from(members, (row) => prospective[row]));
          const others = prospective.filter((patch) => !own.has(patch));
          return {
            label: `CNN without signature ${at + 1}`,
            patches: cut,
            selection: { prospective: others, background },
            options: classifierOptions(method),
          };
        }),
      );
      return signaturesOf({
        ...{ patches: cut, prospective, unlabelled, clusters, blocks: blocksOf(method) },
        areaShare: method.proportion[0],
        whole: from.classifier.probabilities,
        without: trials.map(({ probabilities }) => probabilities),
        odd: isSkipped(held) ? new Uint32Array(0) : held.odd,
        group: mainGroup(from.groups),
      });
    },
    metrics: signatureMetrics,
  });
  const occurrences = define("occurrenceCoherence", {
    needs: { patches, groups, classifier, mutual },
    reads: ["occurrenceDraws", "seed"],
    work: () => [otherWork(2000)],
    async compute({ from, method, run }): Promise<Found<OccurrenceCoherence>> {
      const { patches: cut, mutual: held } = from;
      const group = mainGroup(from.groups);
      const { labels } = group.assignment;
      const holding = holdingPatches(group);
      if (isSkipped(held)) return held;
      if (holding < LEAST_OCCURRENCES) return tooFewOccurrences(study);
      const counts = { learnt: learntCounts(holding), draws: method.occurrenceDraws };
      const prediction = await occurrencePrediction(run, cut, labels, counts);
      return occurrenceCoherence(group, from.classifier.probabilities, held.heldOut, prediction);
    },
    metrics: occurrenceMetrics,
  });

  return { coherence, mutualPrediction: mutual, signatures, occurrenceCoherence: occurrences };
}

/** The same, by name. */
export type CoherenceSteps = ReturnType<typeof coherenceSteps>;

/** Fewer cannot be halved into some to learn from and some to predict. */
const LEAST_OCCURRENCES = 6;

function labelsOf(patches: Uint32Array, count: number): Uint8Array {
  const labels = new Uint8Array(count);
  for (const patch of patches) labels[patch] = 1;
  return labels;
}

function joined(parts: readonly Uint32Array[]): Uint32Array {
  return Uint32Array.from(parts.flatMap((part) => [...part]));
}
