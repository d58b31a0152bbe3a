import { layerAucs } from "../baselines/layer-scores";
import { bestLayerBaseline, singleLayerScores } from "../baselines/single-layer";
import { zoneMembership } from "../comparators/by-zone";
import { patchFeatures } from "../comparators/features";
import { methodHeadline, sensitivityOf } from "../evaluation/method-headline";
import { targetDrivers } from "../evaluation/target-drivers";
import { sampleComponents } from "../evidence/sample-layers";
import { captureMetrics, captureOf, newGroundMetrics, newGroundOf } from "../findings/capture";
import { componentMetrics } from "../findings/components";
import { type Ablations, contributionMetrics, layerContributions } from "../findings/contributions";
import { correlationMetrics, evidenceCorrelation } from "../findings/correlation";
import { type DealtFolds, dealFolds } from "../findings/folds";
import { interpolationMetrics, interpolationOf } from "../findings/interpolation";
import { layerAucMetrics } from "../findings/layers";
import { nearMetrics } from "../findings/near";
import { errorsBySize, sizeMetrics } from "../findings/patch-sizes";
import { type ProportionTrial, proportionMetrics, proportionName } from "../findings/proportions";
import { reliabilityMetrics } from "../findings/reliability";
import { type Baselines, judgeErrors, rocMetrics } from "../findings/roc";
import { areaMetrics, sampleMetrics, samplesOf } from "../findings/samples";
import { compareScalings, scalingMetrics } from "../findings/scaling";
import { errorStability, stabilityMetrics } from "../findings/stability";
import { judgeSuccessRates, successRateMetrics } from "../findings/success-rate";
import {
  headlineMetrics,
  type StudyHeadline,
  type StudySensitivity,
  sensitivityMetrics,
} from "../findings/summary";
import { type Targets, targetMetrics, targetsOn } from "../findings/targets";
import { transferMetrics, transfersFound } from "../findings/transfer";
import type { Method } from "../method/parameters";
import { patchGrid } from "../patches/assemble";
import { patchesBySize } from "../patches/by-size";
import { growingGroups, occurrenceGroups, sortGroups } from "../patches/groups";
import { selectByError } from "../patches/select";
import { tilePatches } from "../patches/tile";
import { layerOrder } from "../published/published-study";
import { channelAblations, seedsFrom } from "../runs/ablation";
import { autoencoderTrials } from "../runs/autoencoder-trial";
import { reconstructionErrorsByBand } from "../runs/band-errors";
import { classifierTrials, classifyPatches, type SlidingMap } from "../runs/classifier-trial";
import { comparatorSet } from "../runs/comparator-set";
import { randomForestTrial } from "../runs/comparator-trial";
import { elementRun } from "../runs/element-run";
import { errorByLayer } from "../runs/error-by-layer";
import { evidenceRun } from "../runs/evidence-run";
import { nearComparisons } from "../runs/near-comparisons";
import { outOfFoldNetworks } from "../runs/out-of-fold";
import { pcaErrorRun } from "../runs/pca-error-run";
import { errorReliability } from "../runs/reliability";
import { scoresOf } from "../runs/roc-scores";
import { zoneTransfers } from "../runs/zone-transfer";
import { type Found, given, isSkipped } from "../skipped";
import { noSamples, noSheets } from "../study/lacks";
import { areaFacts } from "../tables/area";
import { jumpingEdges } from "../tables/sheets";
import { AUTOENCODER, autoencoderOptions, CLASSIFIER, classifierOptions } from "./network-options";
import { openChoices } from "./open-choices";
import { definer, type StepContext, step } from "./step";

/**
 * The study, step by step, in the order of the method. A step names those that it follows and the
 * parameters that it reads; so what is computed anew when a parameter changes is said here and
 * nowhere else. Asked for by name in a notebook, each is computed once and kept in the run store.
 */
export function studySteps(context: StepContext) {
  const { study } = context;
  const define = definer(context);

  // The samples, and the evidence that is made from them and from lines and polygons.
  const samples = define("samples", {
    needs: {},
    reads: [],
    compute: () => samplesOf(study),
    metrics: sampleMetrics,
  });
  const sheetEdges = define("sheetEdges", {
    needs: { samples },
    reads: [],
    compute: ({ from }) =>
      given(from.samples, ({ sheets }) =>
        sheets === undefined ? noSheets(study) : jumpingEdges(study),
      ),
  });
  const area = define("area", {
    needs: {},
    reads: [],
    compute: () => areaFacts(study),
    metrics: areaMetrics,
  });
  const element = define("element", {
    needs: {},
    reads: ["coarsening", "interpolationCoarsening"],
    compute: async ({ method, run }) => (await elementRun(run, study, method)) ?? noSamples(study),
  });
  const interpolation = define("interpolation", {
    needs: { element },
    reads: [],
    compute: ({ from }) => interpolationOf(from.element),
    metrics: interpolationMetrics,
  });
  const components = define("components", {
    needs: { samples },
    reads: [],
    compute: ({ from }) => given(from.samples, (table) => sampleComponents(table)),
    metrics: componentMetrics,
  });
  const evidence = define("evidence", {
    needs: {},
    reads: ["coarsening", "percentiles"],
    compute: ({ method, run }) => evidenceRun(run, study, method),
  });
  const layerAreas = define("layerAreas", {
    needs: { evidence },
    reads: [],
    compute: ({ from }) => layerAucs(study, from.evidence.layers),
    metrics: layerAucMetrics,
  });
  const correlation = define("correlation", {
    needs: { evidence },
    reads: ["seed"],
    compute: ({ from, method }) => evidenceCorrelation(study, from.evidence.layers, method),
    metrics: correlationMetrics,
  });

  // Patches, the auto-encoder that is trained on all of them, and how far its errors can be trusted.
  const patches = define("patches", {
    needs: { evidence },
    reads: ["patchSize"],
    compute: ({ from, method }) => tilePatches(from.evidence.scaled, { size: method.patchSize }),
  });
  const patchSizes = define("patchSizes", {
    needs: { evidence },
    reads: ["patchSizes"],
    compute: ({ from, method }) => patchesBySize(from.evidence.scaled, method.patchSizes),
  });
  const autoencoder = step(context, "autoencoder", {
    needs: { patches },
    reads: AUTOENCODER,
    compute: (tasks) =>
      autoencoderTrials(
        context.run,
        tasks.map(({ from, method, label }) => ({
          label: label === "" ? "All evidence" : label,
          patches: from.patches,
          options: autoencoderOptions(method),
          seed: method.seed,
        })),
      ),
  });
  const errorsByPatchSize = define("errorsByPatchSize", {
    needs: { patchSizes },
    asks: [autoencoder],
    reads: ["blockPatches", "seed"],
    async compute({ from, method, askEach }) {
      const { fitting } = from.patchSizes;
      const sizes = fitting.map(({ layout }) => ({ patchSize: layout.size }));
      return errorsBySize(fitting, await askEach(autoencoder, sizes), blocksOf(method));
    },
    metrics: sizeMetrics,
  });
  const stability = define("stability", {
    needs: { patches },
    asks: [autoencoder],
    reads: ["longEpochs", "epochs", "members", "blockPatches", "seed"],
    async compute({ from, method, askEach }) {
      const { epochs, longEpochs, seed, members } = method;
      const [reduced, base, long, reseeded] = await askEach(autoencoder, [
        { architecture: "reduced" },
        {},
        { epochs: longEpochs },
        { seed: seed + members },
      ]);
      const trials = {
        reduced: { ...reduced, label: "Layer reduction" },
        base: { ...base, label: `${epochs} epochs` },
        long: { ...long, label: `${longEpochs} epochs` },
        reseeded: { ...reseeded, label: "Another seed" },
      };
      return errorStability(study, from.patches, trials, blocksOf(method));
    },
    metrics: stabilityMetrics,
  });
  const reliability = define("reliability", {
    needs: { patches },
    reads: [...AUTOENCODER, "repeats", "blockPatches"],
    compute: ({ from, method, run }) =>
      errorReliability(run, from.patches, autoencoderOptions(method), {
        members: method.repeats,
        blocks: blocksOf(method),
      }),
    metrics: reliabilityMetrics,
  });
  const layerErrors = define("layerErrors", {
    needs: { patches, stability },
    reads: [],
    compute: ({ from: { patches: all, stability: found } }) =>
      errorByLayer(found.base, found.reseeded, all),
  });
  const scaling = define("scaling", {
    needs: { evidence, patches, stability, layerErrors },
    asks: [autoencoder],
    reads: ["percentiles", "otherPercentiles", "blockPatches", "seed"],
    async compute({ from, method, ask }) {
      const { percentiles, otherPercentiles } = method;
      const [trial, layers] = [from.stability.base, from.layerErrors];
      const own = { percentiles, evidence: from.evidence, trial, layers };
      const otherwise = { percentiles: otherPercentiles };
      const [rescaled, cut] = [await ask(evidence, otherwise), await ask(patches, otherwise)];
      const trained = await ask(autoencoder, otherwise);
      const byLayer = await errorByLayer(trained, trained, cut);
      const other = { ...otherwise, evidence: rescaled, trial: trained, layers: byLayer };
      return compareScalings(own, other, from.patches, blocksOf(method));
    },
    metrics: scalingMetrics,
  });

  // What each layer adds to the error, and whether high errors mark occurrences.
  const ablations = define("ablations", {
    needs: { patches },
    reads: [...AUTOENCODER, "repeats"],
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

  // Labels from the errors, and the classifier that learns them.
  const selection = define("selection", {
    needs: { autoencoder },
    reads: ["proportion"],
    compute({ from, method }) {
      const [high, low] = method.proportion;
      return selectByError(from.autoencoder.errors, { high, low });
    },
  });
  const classifier = step(context, "classifier", {
    needs: { patches, selection },
    reads: [...CLASSIFIER, "proportion"],
    compute: (tasks) =>
      classifierTrials(
        context.run,
        tasks.map(({ from, method }) => ({
          label: `CNN ${proportionName(method.proportion)}`,
          patches: from.patches,
          selection: from.selection,
          options: classifierOptions(method),
          seed: method.seed,
        })),
      ),
  });
  const proportions = define("proportions", {
    needs: { groups },
    asks: [selection, classifier],
    reads: ["proportions"],
    async compute({ method, askEach }): Promise<ProportionTrial[]> {
      const shares = method.proportions.map((proportion) => ({ proportion }));
      const selections = await askEach(selection, shares);
      const trials = await askEach(classifier, shares);
      return method.proportions.map((proportion, at) => ({
        label: proportionName(proportion),
        selection: selections[at],
        trial: trials[at],
      }));
    },
    metrics: async (found) => proportionMetrics(found, (await groups())[0]),
  });
  const map = define("map", {
    needs: { patches, classifier },
    reads: [],
    compute: ({ from }) => patchGrid(from.patches, "probability", from.classifier.probabilities),
  });
  const slidingMap = define("slidingMap", {
    needs: { evidence, classifier },
    reads: ["patchSize", "slidingStride"],
    async compute({
      from,
      method: { patchSize: size, slidingStride: stride },
    }): Promise<SlidingMap> {
      const windows = tilePatches(from.evidence.scaled, { size, stride });
      const probabilities = await classifyPatches(from.classifier, windows);
      return { windows, probabilities, grid: patchGrid(windows, "probability", probabilities) };
    },
  });

  // Rivals, folds, and the judgement of all by area against occurrences.
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
    reads: [...AUTOENCODER, ...CLASSIFIER, "proportion"],
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

  // The map, what it holds, and the new ground that it points to.
  const captured = define("capture", {
    needs: { patches, groups, classifier },
    reads: ["threshold"],
    compute: ({ from, method }) =>
      captureOf(
        study,
        from.patches,
        from.groups[0],
        from.classifier.probabilities,
        method.threshold,
      ),
    metrics: captureMetrics,
  });
  const targets = define("targets", {
    needs: { patches, autoencoder, map },
    reads: ["threshold", "awayFromKnown", "minimumCells"],
    async compute({ from, method: { threshold, awayFromKnown, minimumCells } }): Promise<Targets> {
      const options = { threshold, awayFromKnown, minimumCells };
      const found = targetsOn(from.map, study, options);
      const byLayer = await reconstructionErrorsByBand(from.autoencoder, from.patches);
      const drivers = targetDrivers(found, byLayer);
      return {
        grid: from.map,
        targets: found,
        drivers,
        patches: from.patches.places.length,
        options,
      };
    },
    metrics: targetMetrics,
  });
  const newGround = define("newGround", {
    needs: { patches, growing, classifier },
    reads: ["threshold", "trees", "seed"],
    async compute({ from, method: { threshold, trees }, run }) {
      const { labels } = from.growing[0].assignment;
      const forest = await randomForestTrial(run, "RF", patchFeatures(from.patches), labels, {
        trees,
      });
      return newGroundOf(from.classifier.probabilities, threshold, forest);
    },
    metrics: newGroundMetrics,
  });

  // The headline of it all, as it is and with what the paper leaves open chosen otherwise.
  const headline = define("headline", {
    needs: { patches, groups, autoencoder, classifier },
    reads: ["threshold"],
    compute({ from, method: { threshold } }): StudyHeadline {
      const { patches: cut, groups: judged, autoencoder: cae, classifier: cnn } = from;
      const found = methodHeadline(cae.errors, cnn, judged, threshold);
      return { headline: found, errors: cae.errors, patches: cut };
    },
    metrics: (found) => headlineMetrics(found, study),
  });
  const sensitivity = define("sensitivity", {
    needs: { headline },
    reads: ["open", "seed"],
    async compute({ from, method: { open, seed }, askEach }): Promise<StudySensitivity> {
      const { variations, skipped } = openChoices(study, open, seed);
      const changed = variations.filter((variation) => variation.study === undefined);
      const found = await askEach(
        headline,
        changed.map(({ changes }) => changes),
      );
      const byVariation = new Map(changed.map((variation, at) => [variation, found[at]]));
      for (const variation of variations) {
        // With its evidence made otherwise it is another study, and has a flow of its own.
        if (variation.study === undefined) continue;
        const others = studySteps({ ...context, study: variation.study, record: undefined });
        byVariation.set(variation, await others.headline());
      }
      const all = variations.map(({ choice, value }, at) => {
        const { headline: varied, errors } = byVariation.get(variations[at]) as StudyHeadline;
        return { choice, value, headline: varied, errors };
      });
      return { ...sensitivityOf(from.headline, all), notVaried: skipped };
    },
    metrics: sensitivityMetrics,
  });

  return {
    ...{ samples, sheetEdges, area, element, interpolation, components, evidence, layerAreas },
    ...{ correlation, patches, patchSizes, autoencoder, errorsByPatchSize, stability, reliability },
    ...{ layerErrors, scaling, ablations, contributions, groups, testedGroups, baselines, rocs },
    ...{ near, transfers, selection, classifier, proportions, map, slidingMap },
    ...{ growingGroups: growing, folds, outOfFold, comparators, judgement },
    ...{ capture: captured, targets, newGround, headline, sensitivity },
  };
}

/** The steps of a study, by name. */
export type Steps = ReturnType<typeof studySteps>;

function blocksOf({ blockPatches, seed }: Pick<Method, "blockPatches" | "seed">) {
  return { seed, blockSize: blockPatches };
}

function foldOf(folds: Found<DealtFolds>): Uint8Array | null {
  return isSkipped(folds) ? null : folds.fold;
}
