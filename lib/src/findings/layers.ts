import { type LayerAuc, layerCurve } from "../baselines/layer-scores";
import { occurrenceShareAt } from "../evaluation/success-rate";
import type { SuccessRateCurve } from "../evaluation/types";
import { clippedShares } from "../evidence/scale";
import type { NamedEstimate } from "../figures/interval-plot";
import type { GridStack } from "../grid/grid";
import type { EvidenceRun } from "../runs/evidence-run";
import { type Found, given } from "../skipped";
import { noDirection } from "../study/lacks";
import { locateOccurrences } from "../study/occurrences";
import type { Study } from "../study/types";
import type { Row } from "../tables/table";
import type { Metrics } from "./measured";
import { listText } from "./words";

/** The area under the curve of each layer alone. */
export function layerAucMetrics(found: readonly LayerAuc[]): Metrics {
  return Object.fromEntries(
    found.map(({ layer, auc, n }) => [`evidence.${layer.id}.auc`, { ...auc, n }]),
  );
}

/** Occurrences that the layers can and cannot speak of, those by name. */
export function placesSentence(study: Study, layers: GridStack): string {
  const { inside, outside, onNodata } = locateOccurrences(study.occurrences, layers, study.area);
  const names = (list: readonly { readonly name: string }[]) =>
    listText(list.map(({ name }) => name));
  return `${inside.length} of ${study.occurrences.length} occurrences lie on pixels with data. Outside the grid or the study area: ${names(outside)}. On nodata: ${names(onNodata)}.`;
}

/** What a scaling by percentiles clips at most. */
export function clippedSentence(
  { layers, ranges }: Pick<EvidenceRun, "layers" | "ranges">,
  percentiles: readonly number[],
): string {
  const clipped = clippedShares(layers, ranges).map(({ below, above }) => 100 * (below + above));
  return `Scaled by percentiles ${percentiles.join(" and ")}, which clips at most ${Math.max(...clipped).toFixed(1)} % of a layer's pixels.`;
}

/** A success-rate curve of a layer under its label. */
export interface LayerSuccessRate {
  readonly name: string;
  readonly curve: SuccessRateCurve;
}

/** Success-rate curves of the layers that are held favourable, high or low. */
export function layerSuccessRates(study: Study, layers: GridStack): Found<LayerSuccessRate[]> {
  const held = study.evidence.filter(({ favourable }) => favourable !== null);
  if (held.length === 0) return noDirection(study);
  return held.map((layer) => ({ name: layer.label, curve: layerCurve(study, layers, layer) }));
}

/** One row a layer: % of occurrences in the most favourable shares of the area. */
export function layerCaptureRows(
  curves: Found<readonly LayerSuccessRate[]>,
  shares: readonly number[] = [0.01, 0.05, 0.1, 0.2, 0.5],
): Found<Row[]> {
  const column = (share: number) => `% in ${100 * share} % of area`;
  return given(curves, (all) =>
    all.map(({ name, curve }) => ({
      layer: name,
      ...Object.fromEntries(
        shares.map((share) => [column(share), 100 * occurrenceShareAt(curve, share)]),
      ),
    })),
  );
}

/** What one occurrence weighs in a success rate. */
export function oneOccurrenceSentence(count: number, of = "counted"): string {
  return `One occurrence is ${(100 / count).toFixed(1)} % of the ${count} ${of}.`;
}

/** What turning a layer upside down does to its area: the two add up to 1. */
export function turnedSentence([as]: readonly LayerAuc[], [turned]: readonly LayerAuc[]): string {
  const [one, other] = [as.auc.value, turned.auc.value];
  const held =
    as.layer.favourable === null ? "taken as favourable when high" : "as the manifest holds it";
  return `${as.layer.label} ${held}: ${one.toFixed(3)}; turned: ${other.toFixed(3)}; the sum: ${(one + other).toFixed(3)}.`;
}

/** A study whose first layer alone is held favourable the other way. */
export function firstLayerTurned(study: Study): Study {
  const [first] = study.evidence;
  const favourable = first.favourable === "low" ? "high" : "low";
  return { ...study, evidence: [{ ...first, favourable }] };
}

/** How many intervals of areas hold one half, as they should where occurrences mean nothing. */
export function holdingHalfSentence(found: readonly LayerAuc[]): string {
  const hold = found.filter(({ auc: { interval } }) => interval[0] <= 0.5 && interval[1] >= 0.5);
  return `${hold.length} of ${found.length} intervals hold 0.5.`;
}

/** One row a layer: its area under the curve, 95 % interval. */
export function layerAreaRows(found: readonly LayerAuc[]): Row[] {
  return found.map(({ layer, auc: { value, interval }, n }) => ({
    ...{ layer: layer.title, favourable: layer.favourable ?? "not held" },
    ...{ AUC: value, from: interval[0], to: interval[1], occurrences: n },
  }));
}

/** The areas by layer, for one plot. */
export function layerEstimates(found: readonly LayerAuc[]): NamedEstimate[] {
  return found.map(({ layer, auc }) => ({ name: layer.title, estimate: auc }));
}
