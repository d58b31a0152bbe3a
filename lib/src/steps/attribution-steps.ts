import { takeRows } from "../comparators/features";
import { type Attribution, attributionMetrics, districtAttribution } from "../findings/attribution";
import {
  type AttributionCheck,
  attributionCheckMetrics,
  attributionChecks,
} from "../findings/attribution-checks";
import { type LayerDirection, layerDirections } from "../findings/attribution-directions";
import {
  type ErrorAttribution,
  errorAttribution,
  errorAttributionMetrics,
} from "../findings/error-attribution";
import type { Metrics } from "../findings/measured";
import { targetCardMetrics } from "../findings/target-card-rows";
import { type TargetCards, targetCards, targetPatches } from "../findings/target-cards";
import { patchesAround, type TargetPixels, targetPixels } from "../findings/target-pixels";
import type { Method } from "../method/parameters";
import { bandMeans, bandMedians } from "../patches/flat-patch";
import { patchSubset, type TrainingSelection } from "../patches/select";
import type { Patches } from "../patches/types";
import { otherClassifiers } from "../runs/attribution-checks";
import { reconstructionErrorsByBand } from "../runs/band-errors";
import { attributionsByLayer, attributionsByPixel } from "../runs/integrated-gradients";
import { occludedLayers, occludedWindows } from "../runs/occlusion";
import { type Found, isSkipped } from "../skipped";
import { noTargets } from "../study/lacks";
import type { SerialisedModel } from "../training/checkpoint";
import type { AblationSteps } from "./ablation-steps";
import type { ClassifierSteps } from "./classifier-steps";
import type { EnsembleSteps } from "./ensemble-steps";
import type { ErrorSteps } from "./error-steps";
import type { MapSteps } from "./map-steps";
import { blocksOf, CLASSIFIER, classifierOptions } from "./network-options";
import { definer, type StepContext } from "./step";
import { classifiers, otherWork } from "./work";

type Before = Pick<ErrorSteps, "patches" | "autoencoder"> &
  Pick<AblationSteps, "groups"> &
  Pick<ClassifierSteps, "selection" | "classifier"> &
  Pick<MapSteps, "targets"> &
  Pick<EnsembleSteps, "returningTargets">;

/** Steps that ask what a score hangs on: by layer, by pixel, and target by target. */
export function attributionSteps(context: StepContext, before: Before) {
  const { study } = context;
  const define = definer(context);
  const { patches, autoencoder, groups, selection, classifier, targets } = before;
  const { returningTargets: returning } = before;
  const path = ["attributionSteps", "attributionBaseline"] as const;

  const attribution = define("attribution", {
    needs: { patches, selection, classifier },
    reads: [...path, "blockPatches", "seed"],
    work: (method) => [otherWork(90 * method.attributionSteps)],
    async compute({ from, method, run }): Promise<Attribution> {
      const { patches: cut, selection: labels, classifier: cnn } = from;
      const { attributionSteps: steps } = method;
      const baseline = baselineOf(cut, labels, method);
      const options = { of: "logit", baseline, steps } as const;
      const parts = await attributionsByLayer(run, "Attribution", cut, [cnn.model], options);
      const occluded = await occludedLayers(cut, cnn.model, baseline);
      const blocks = blocksOf(method);
      return districtAttribution({
        ...{ patches: cut, parts, occluded, selection: labels, baseline, steps, blocks },
        evidence: study.evidence,
      });
    },
    metrics: attributionMetrics,
  });
  const attributionCheck = define("attributionChecks", {
    needs: { patches, selection, attribution },
    reads: [...CLASSIFIER, ...path, "repeats"],
    work: (method) => [classifiers(method, 2 * method.repeats)],
    async compute({ from, method, run }): Promise<CheckedAttribution> {
      const { patches: cut, selection: labels, attribution: own } = from;
      const { baseline, steps } = own;
      const options = { of: "logit", baseline, steps } as const;
      const trained = classifierOptions(method);
      const others = await otherClassifiers(run, cut, labels, trained, method.repeats);
      const numbers = everySo(cut.places.length, CHECKED_PATCHES);
      const some = patchSubset(cut, numbers);
      const found = [];
      for (const { learning, draw, model } of others) {
        const label = `Attribution, ${learning} ${draw}`;
        const { byLayer } = await attributionsByLayer(run, label, some, [model], options);
        found.push({ learning, byLayer });
      }
      const all = { names: cut.bands, values: own.parts.byLayer };
      const same = Float64Array.from(takeRows(all, numbers).values);
      const reseeded = found.filter(({ learning }) => learning === "reseeded");
      const otherSeeds = others.filter(({ learning }) => learning === "reseeded");
      return {
        otherSeeds: otherSeeds.map(({ model }) => model),
        checks: attributionChecks(same, found),
        directions: layerDirections(
          some,
          study.evidence,
          same,
          reseeded.map(({ byLayer }) => byLayer),
        ),
      };
    },
    metrics: ({ checks }) => attributionCheckMetrics(checks),
  });
  const errors = define("errorAttribution", {
    needs: { patches, selection, autoencoder },
    reads: [...path, "blockPatches", "seed"],
    work: (method) => [otherWork(45 * method.attributionSteps)],
    async compute({ from, method, run }): Promise<ErrorAttribution> {
      const { patches: cut, selection: labels, autoencoder: cae } = from;
      const { attributionSteps: steps } = method;
      const options = { of: "error", baseline: baselineOf(cut, labels, method), steps } as const;
      const label = "Attribution of the error";
      const parts = await attributionsByLayer(run, label, cut, cae.models, options);
      const shown = await reconstructionErrorsByBand(cae, cut);
      return errorAttribution(cut, parts, shown, steps, blocksOf(method));
    },
    metrics: errorAttributionMetrics,
  });
  const cards = define("targetCards", {
    needs: { patches, groups, targets, attribution, checked: attributionCheck, returning },
    reads: ["targetCards"],
    work: () => [otherWork(500)],
    async compute({ from, method, run }): Promise<Found<TargetCards>> {
      const { patches: cut, groups: known, targets: found, attribution: own } = from;
      if (found.targets.length === 0) return noTargets(study);
      const asked = targetPatches(found, cut, method.targetCards[0]);
      const some = patchSubset(cut, asked);
      const { baseline, steps } = own;
      const options = { of: "logit", baseline, steps } as const;
      const otherSeeds: Float64Array[] = [];
      for (const model of from.checked.otherSeeds) {
        const label = `Attribution of targets, seed ${otherSeeds.length + 1}`;
        const { byLayer } = await attributionsByLayer(run, label, some, [model], options);
        otherSeeds.push(scattered(byLayer, asked, cut));
      }
      const { returns } = from.returning;
      return targetCards({
        ...{ found, patches: cut, byLayer: own.parts.byLayer, otherSeeds, returns },
        ...{ known: known[0].assignment, count: method.targetCards },
        ...{ evidence: study.evidence, pixelSize: study.pixelSize },
      });
    },
    metrics: (found): Metrics => (isSkipped(found) ? {} : targetCardMetrics(found)),
  });
  const pixels = define("targetPixels", {
    needs: { patches, classifier, attribution, cards },
    reads: [],
    async compute({ from }): Promise<Found<TargetPixels>> {
      const { patches: cut, classifier: cnn, attribution: own, cards: all } = from;
      if (isSkipped(all)) return all;
      const [card] = all.cards;
      const around = patchSubset(cut, patchesAround(cut, card));
      const { baseline, steps } = own;
      const options = { of: "logit", baseline, steps } as const;
      const integrated = await attributionsByPixel(around, [cnn.model], options);
      const edge = Math.max(1, Math.round(cut.layout.size / WINDOWS_ACROSS));
      const occluded = await occludedWindows(around, cnn.model, baseline, edge);
      return targetPixels(all, card, around, integrated, occluded);
    },
  });

  return {
    ...{ attribution, attributionChecks: attributionCheck, errorAttribution: errors },
    ...{ targetCards: cards, targetPixels: pixels },
  };
}

/** The same, by name. */
export type AttributionSteps = ReturnType<typeof attributionSteps>;

/** Patches on which other classifiers are looked at, spread evenly: enough for a correlation. */
const CHECKED_PATCHES = 800;

/** Every so many-th of some numbers, so that no more than the most are left. */
function everySo(count: number, most: number): Uint32Array {
  const apart = Math.ceil(count / most);
  return Uint32Array.from({ length: Math.ceil(count / apart) }, (_, at) => at * apart);
}

/** Attributions beside those of other classifiers. */
export interface CheckedAttribution {
  readonly checks: readonly AttributionCheck[];
  readonly directions: readonly LayerDirection[];
  /** Classifiers that learnt the same labels from other seeds. */
  readonly otherSeeds: readonly SerialisedModel[];
}

/** Rows of some patches among those of all; NaN for the others. */
function scattered(rows: Float64Array, numbers: Uint32Array, { places, bands }: Patches) {
  const all = new Float64Array(places.length * bands.length).fill(Number.NaN);
  numbers.forEach((patch, at) => {
    all.set(rows.subarray(at * bands.length, (at + 1) * bands.length), patch * bands.length);
  });
  return all;
}

/** Windows along the edge of a patch that are covered one by one. */
const WINDOWS_ACROSS = 4;

/** What stands for ground of no note; no occurrence is looked at. */
function baselineOf(
  patches: Patches,
  { background }: TrainingSelection,
  { attributionBaseline }: Pick<Method, "attributionBaseline">,
): Float32Array {
  return attributionBaseline === "median" ? bandMedians(patches) : bandMeans(patches, background);
}
