import { type DropoutSpread, dropoutMetrics, dropoutSpread } from "../findings/dropout-spread";
import { type EnsembleFound, ensembleFound, ensembleMetrics } from "../findings/ensemble";
import { type EnsembleGain, ensembleGain, gainMetrics } from "../findings/ensemble-gain";
import { groundFolds } from "../findings/folds";
import {
  calibrationMetrics,
  type HeldOutCalibration,
  heldOutCalibration,
} from "../findings/held-out-calibration";
import {
  type ReturningTargets,
  returningTargets,
  returnMetrics,
} from "../findings/returning-targets";
import { type VarianceSources, varianceSources } from "../findings/variance-sources";
import { sourceMetrics } from "../findings/variance-told";
import type { Method } from "../method/parameters";
import { holdingPatches, mainGroup } from "../patches/groups";
import { autoencoderTrial } from "../runs/autoencoder-trial";
import { dropoutTrial } from "../runs/dropout-trial";
import { type Ensemble, trainEnsemble } from "../runs/ensemble";
import { heldOutEnsemble } from "../runs/held-out-ensemble";
import { varianceDesign } from "../runs/variance-design";
import type { Found } from "../skipped";
import { noDropout, oneBlock, tooFewBlocks, tooFewOccurrences } from "../study/lacks";
import { scalingName } from "../tables/reliability";
import type { AblationSteps } from "./ablation-steps";
import type { ClassifierSteps } from "./classifier-steps";
import type { ErrorSteps } from "./error-steps";
import type { MapSteps } from "./map-steps";
import {
  AUTOENCODER,
  autoencoderOptions,
  blocksOf,
  CLASSIFIER,
  classifierOptions,
} from "./network-options";
import { definer, type StepContext } from "./step";
import { autoencoders, type Batch, classifiers, otherWork } from "./work";

type Before = Pick<ErrorSteps, "patches"> &
  Pick<AblationSteps, "groups"> &
  Pick<ClassifierSteps, "selection" | "classifier"> &
  Pick<MapSteps, "targets">;

/** Steps that ask how sure the map is: what replicas of the method, and of its parts, say of it. */
export function ensembleSteps(context: StepContext, before: Before) {
  const { study } = context;
  const define = definer(context);
  const { patches, groups, selection, classifier, targets } = before;

  const replicas = define("replicas", {
    needs: { patches },
    reads: [...AUTOENCODER, ...CLASSIFIER, "proportion", "ensemble", "blockPatches"],
    // Once by seeds alone, and once by ground drawn as well.
    work: (method) => chains(method, 2 * method.ensemble),
    compute: ({ from, method, run }): Promise<Ensemble> =>
      trainEnsemble(run, from.patches, {
        ...{ proportion: method.proportion, seeds: seedsOf(method), ...chainOf(method) },
        blockSize: method.blockPatches,
      }),
  });
  const ensemble = define("ensemble", {
    needs: { patches, replicas },
    reads: ["threshold", "blockPatches", "seed"],
    compute: ({ from, method }): EnsembleFound =>
      ensembleFound(from.replicas, from.patches, {
        ...{ ...blocksOf(method), threshold: method.threshold, lack: oneBlock(study) },
      }),
    metrics: ensembleMetrics,
  });
  const gain = define("ensembleGain", {
    needs: { ensemble, groups },
    reads: ["blockPatches", "seed"],
    compute({ from, method }): EnsembleGain {
      const group = mainGroup(from.groups);
      const [holding, all] = [holdingPatches(group), group.assignment.labels.length];
      const judged = Math.min(holding, all - holding) < 2 ? tooFewOccurrences(study) : group;
      return ensembleGain(from.ensemble, judged, blocksOf(method));
    },
    metrics: gainMetrics,
  });
  const dropout = define("dropoutSpread", {
    needs: { patches, classifier, replicas },
    reads: [...AUTOENCODER, "dropout", "dropoutPasses", "autoencoderDropout", "blockPatches"],
    work: (method) => [autoencoders({ ...method, members: 1 }, 1), otherWork(4000)],
    async compute({ from, method, run }): Promise<DropoutSpread> {
      const { patches: cut, classifier: cnn } = from;
      const { dropoutPasses: passes, autoencoderDropout: rate, seed } = method;
      const cae = await autoencoderTrial(run, `CAE with dropout ${rate}`, cut, {
        ...{ ...autoencoderOptions(method), members: 1, encoderDropout: rate },
      });
      const control = { passes, seed };
      const drops = method.dropout.some((share) => share > 0);
      const trials = {
        classifier: drops
          ? await dropoutTrial(run, "probabilities", cnn.model, cut, control)
          : noDropout(),
        autoencoder: await dropoutTrial(run, "errors", cae.models[0], cut, control),
      };
      const told = { passes, rate, patches: cut };
      return dropoutSpread(trials, from.replicas.seeds, told, blocksOf(method));
    },
    metrics: dropoutMetrics,
  });
  const calibration = define("heldOutCalibration", {
    needs: { patches, selection, classifier },
    reads: [
      ...CLASSIFIER,
      ...(["folds", "blocksAcross", "ensemble", "members", "dropoutPasses"] as const),
      "blockPatches",
    ],
    work: (method) => [classifiers(method, method.ensemble * method.folds)],
    async compute({ from, method, run }): Promise<Found<HeldOutCalibration>> {
      const { patches: cut, selection: labels, classifier: cnn } = from;
      const prospective = new Uint8Array(cut.places.length);
      for (const patch of labels.prospective) prospective[patch] = 1;
      const dealt = groundFolds(study, cut, prospective, method);
      if (dealt === null) return tooFewBlocks(study);
      const options = {
        ...{ seeds: seedsOf(method), passes: method.dropoutPasses },
        classifier: classifierOptions(method),
      };
      const held = await heldOutEnsemble(run, cut, labels, dealt.fold, options);
      const judged = heldOutCalibration(held, cnn.probabilities, labels, cut, blocksOf(method));
      return judged ?? tooFewBlocks(study);
    },
    metrics: calibrationMetrics,
  });
  const sources = define("varianceSources", {
    needs: { patches },
    asks: [patches],
    reads: [
      ...[...AUTOENCODER, ...CLASSIFIER],
      ...(["proportion", "proportions", "percentiles", "otherPercentiles"] as const),
      ...(["ensemble", "blockPatches"] as const),
    ],
    work: (method) => [
      ...chains(method, 2 * method.ensemble),
      ...chains(method, method.ensemble),
      ...chains(method, method.ensemble),
    ],
    async compute({ from: { patches: cut }, method, run, ask }): Promise<VarianceSources> {
      const { percentiles, otherPercentiles, members, ensemble: count, seed } = method;
      const design = await varianceDesign(run, {
        ...{ ...chainOf(method), patches: cut, blockSize: method.blockPatches },
        rescaled: await ask(patches, { percentiles: otherPercentiles }),
        scalings: [scalingName(percentiles), scalingName(otherPercentiles)],
        proportions: proportionsOf(method, cut.places.length),
        ...{ count, firstSeed: seed + count * members, seedStep: members },
      });
      return varianceSources(design, cut, blocksOf(method));
    },
    metrics: sourceMetrics,
  });
  const returning = define("returningTargets", {
    needs: { patches, targets, replicas },
    reads: ["seed"],
    compute({ from, method }): ReturningTargets {
      const { seeds, blocks } = from.replicas;
      // The first replica is the method itself, on whose map every target comes back.
      const others = [...seeds.slice(1), ...(blocks ?? [])];
      return returningTargets(study, from.patches, from.targets, others, method.seed);
    },
    metrics: returnMetrics,
  });

  return {
    ...{ replicas, ensemble, ensembleGain: gain, dropoutSpread: dropout },
    ...{ heldOutCalibration: calibration, varianceSources: sources, returningTargets: returning },
  };
}

/** The same, by name. */
export type EnsembleSteps = ReturnType<typeof ensembleSteps>;

type Chain = Pick<Method, (typeof AUTOENCODER)[number] | (typeof CLASSIFIER)[number]>;

/** Auto-encoders, then the classifiers that learn their labels. */
const chains = (method: Chain & Pick<Method, "proportion">, count: number): Batch[] => [
  autoencoders(method, count),
  classifiers(method, count, method.proportion),
];

const chainOf = (method: Chain) => ({
  autoencoder: autoencoderOptions(method),
  classifier: classifierOptions(method),
});

/** One a replica, the first the method's own; members of two replicas have no seed in common. */
function seedsOf({ seed, members, ensemble }: Pick<Method, "seed" | "members" | "ensemble">) {
  return Array.from({ length: ensemble }, (_, at) => seed + at * members);
}

/** The method's own shares, then the others; those that label no patch are left out. */
function proportionsOf(
  { proportion, proportions }: Pick<Method, "proportion" | "proportions">,
  count: number,
) {
  const others = proportions.filter(
    (shares) => shares.join() !== proportion.join() && shares.every((share) => share * count >= 1),
  );
  return [proportion, ...others];
}
