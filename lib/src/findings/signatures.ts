import type { blockAuc } from "../evaluation/block-auc";
import type { BootstrapEstimate } from "../evaluation/bootstrap";
import { captureCurve } from "../evaluation/capture";
import { pearson } from "../evaluation/correlation";
import { proportionWithInterval } from "../evaluation/proportion";
import { rankShares } from "../evaluation/ranks";
import type { SignatureClusters } from "../evaluation/signature-clusters";
import { occurrenceShareAt } from "../evaluation/success-rate";
import type { Estimate } from "../evaluation/types";
import type { MapPanel } from "../figures/map-panels";
import { patchGrid } from "../patches/assemble";
import type { OccurrenceGroup } from "../patches/groups";
import type { Patches } from "../patches/types";
import { type Found, given } from "../skipped";
import type { Row } from "../tables/table";
import { heldOutAuc } from "./coherence";
import type { Measured, Metrics } from "./measured";
import { estimateText, listText, percentText } from "./words";

/** Prospective patches of one signature, and what is without them. */
export interface Signature {
  /** Numbers of the patches, rising. */
  readonly patches: Uint32Array;
  /** Mean of each layer over them, in standard deviations of the district. */
  readonly centre: Float64Array;
  readonly silhouette: number;
  /** Share of them that are the odd ones out. */
  readonly oddShare: number;
  /** Of every patch, by a classifier that was trained without any of them. */
  readonly probabilities: Float64Array;
  /** AUC of them against unlabelled ground by these. */
  readonly byOthers: BootstrapEstimate;
  /** The map without their labels: correlation with the whole one, and what its best ground holds. */
  readonly without: { readonly correlation: number; readonly occurrences: Estimate };
}

/** Signatures among the patches labelled prospective. */
export interface Signatures {
  readonly layers: readonly string[];
  readonly signatures: readonly Signature[];
  readonly tried: SignatureClusters["tried"];
  /** Share of occurrences in the best-scoring ground of the map with all labels. */
  readonly whole: Estimate;
  /** How large a share of the area that ground is. */
  readonly areaShare: number;
  readonly group: OccurrenceGroup;
  readonly patches: Patches;
}

/** What the signatures are found from. */
export interface SignatureInputs {
  readonly patches: Patches;
  /** The patches labelled prospective, in the order of the clusters' rows, and all others' kinds. */
  readonly prospective: Uint32Array;
  readonly unlabelled: Uint32Array;
  readonly clusters: SignatureClusters;
  /** Probabilities of the classifier with all labels, and without each cluster's. */
  readonly whole: ArrayLike<number>;
  readonly without: readonly Float64Array[];
  readonly odd: Uint32Array;
  readonly group: OccurrenceGroup;
  readonly areaShare: number;
  readonly blocks: Parameters<typeof blockAuc>[3];
}

/** Holds each cluster against the others. */
export function signaturesOf(inputs: SignatureInputs): Signatures {
  const { patches, prospective, unlabelled, clusters, whole, without, group, areaShare } = inputs;
  const odd = new Set(inputs.odd);
  // By share of the area and not at a probability, which a network of few steps does not have.
  const held = (scores: ArrayLike<number>) => {
    const curve = captureCurve(scores, group.assignment);
    const captured = Math.round(occurrenceShareAt(curve, areaShare) * curve.occurrences);
    return proportionWithInterval(captured, curve.occurrences);
  };
  const signatures = clusters.clusters.map(({ members, centre, silhouette }, at): Signature => {
    const own = Uint32Array.from(members, (row) => prospective[row]).sort();
    return {
      ...{ patches: own, centre, silhouette },
      oddShare: own.filter((patch) => odd.has(patch)).length / own.length,
      probabilities: without[at],
      byOthers: heldOutAuc(patches, without[at], own, unlabelled, inputs.blocks),
      without: { correlation: pearson(whole, without[at]), occurrences: held(without[at]) },
    };
  });
  return {
    ...{ layers: patches.bands, signatures, tried: clusters.tried },
    ...{ whole: held(whole), areaShare, group, patches },
  };
}

/** The layers that set a signature apart, the furthest first, such as "Au +2.1". */
export function driversText({ layers }: Pick<Signatures, "layers">, { centre }: Signature): string {
  const falling = layers
    .map((layer, at) => ({ layer, away: centre[at] }))
    .sort((one, other) => Math.abs(other.away) - Math.abs(one.away));
  return falling
    .slice(0, 3)
    .map(({ layer, away }) => `${layer} ${away < 0 ? "−" : "+"}${Math.abs(away).toFixed(1)}`)
    .join(", ");
}

/** One row a signature. */
export function signatureRows(found: Found<Signatures>): Found<Row[]> {
  return given(found, (all) =>
    all.signatures.map((signature, at) => ({
      signature: at + 1,
      patches: signature.patches.length,
      "driven by (SD)": driversText(all, signature),
      silhouette: signature.silhouette,
      "by the others": signature.byOthers.value,
      from: signature.byOthers.interval[0],
      to: signature.byOthers.interval[1],
      "% odd": 100 * signature.oddShare,
      "map without it, correlation": signature.without.correlation,
      [`% of occurrences in ${percentText(all.areaShare, 0)}`]:
        100 * signature.without.occurrences.value,
    })),
  );
}

/**
 * One map a signature: its patches by the share of the ground that classifiers trained without them
 * rank below, 0 to 1.
 */
export function signaturePanels(found: Found<Signatures>): Found<MapPanel[]> {
  return given(found, (all) =>
    all.signatures.map((signature, at) => {
      const values = new Float64Array(all.patches.places.length).fill(Number.NaN);
      const shares = rankShares(signature.probabilities);
      for (const patch of signature.patches) values[patch] = shares[patch];
      const heading = `${at + 1}: ${driversText(all, signature)}`;
      return { heading, grid: patchGrid(all.patches, heading, values) };
    }),
  );
}

/** How many signatures there are, and how each fares by the others. */
export function signatureMetrics(found: Found<Signatures>): Metrics {
  const metrics: { [key: string]: Measured } = {};
  given(found, ({ signatures, tried }) => {
    metrics["coherence.signatures"] = { value: signatures.length, n: tried.length };
    signatures.forEach(({ byOthers, patches, without }, at) => {
      const key = `coherence.signature${at + 1}`;
      const { value, interval } = byOthers;
      metrics[`${key}.byOthers`] = { value, interval, n: patches.length };
      metrics[`${key}.mapWithout`] = { value: without.correlation, n: patches.length };
    });
  });
  return metrics;
}

/** How many signatures there are, which the others do not know, and what the map is without it. */
export function signatureSentences(found: Found<Signatures>): Found<string[]> {
  return given(found, (all) => {
    const { signatures, tried, whole, areaShare, group } = all;
    const least = signatures.reduce((one, other) =>
      other.byOthers.value < one.byOthers.value ? other : one,
    );
    const number = signatures.indexOf(least) + 1;
    const unknown = signatures
      .map(({ byOthers }, at) => ({ byOthers, name: `signature ${at + 1}` }))
      .filter(({ byOthers }) => byOthers.interval[0] <= 0.5)
      .map(({ name }) => name);
    const silhouette = Math.max(...tried.map((each) => each.silhouette));
    const apart = silhouette < 0.25 ? " That is low: they shade into each other." : "";
    const best = `the best-scoring ${percentText(areaShare, 0)} of the ground`;
    return [
      `The prospective patches fall into ${signatures.length} signatures, with a mean silhouette of ${silhouette.toFixed(2)}.${apart} Least known by the others is **signature ${number}** (${driversText(all, least)}), with an AUC of ${estimateText(least.byOthers)}. Not told from unlabelled ground by the others: ${listText(unknown)}.`,
      `Without its labels the map correlates with the whole one by ${least.without.correlation.toFixed(3)}, and ${best} holds ${percentText(least.without.occurrences.value)} of ${group.title}, in place of ${percentText(whole.value)}.`,
    ];
  });
}
