import { blockAuc } from "../evaluation/block-auc";
import type { BootstrapEstimate, BootstrapOptions } from "../evaluation/bootstrap";
import type { LabelSlices } from "../patches/label-slices";
import { type Found, given } from "../skipped";
import type { Row } from "../tables/table";
import type { Measured, Metrics } from "./measured";
import { estimateText } from "./words";

/** How far the patches that a share labels prospective predict each other. */
export interface CoherenceShare {
  /** Share of patches labelled prospective, 0 to 1, and their number. */
  readonly share: number;
  readonly patches: number;
  /**
   * AUCs of held-out scores against ground that no share labels: of the patches that this share adds
   * to the one before, of those that the smallest share labels, and of all that this share labels.
   */
  readonly added: BootstrapEstimate;
  readonly core: BootstrapEstimate;
  readonly all: BootstrapEstimate;
}

/** Coherence of labels by the share that is labelled. */
export interface CoherenceCurve {
  readonly shares: readonly CoherenceShare[];
  /** Share taken as background throughout. */
  readonly low: number;
  /** Patches that no share labels. */
  readonly unlabelled: number;
  readonly folds: number;
  /** Shares that would add too few patches to hold some out. */
  readonly leftOut: readonly number[];
  /** The share whose core is predicted best, and the one that the rule takes. */
  readonly best: number;
  readonly chosen: number;
}

/** Where each patch lies. */
interface Placed {
  readonly places: readonly { readonly row: number; readonly column: number }[];
}

type Blocks = BootstrapOptions & { readonly blockSize: number };

/**
 * Coherence by share. All shares are judged on the same ground: the core, which each labels, against
 * what none labels. The rule takes the smallest share whose core is predicted as well as by the best,
 * to within one standard error of that; it looks at no occurrence.
 *
 * Sources: Stensgaard et al. (2006) for mutual prediction; Breiman et al. (1984) for the rule.
 *
 * @param scores for each share the probability of each patch, by a classifier that has not seen its fold
 * @param blocks how intervals draw blocks of patches
 */
export function coherenceCurve(
  patches: Placed,
  { slices, unlabelled }: LabelSlices,
  shares: readonly number[],
  scores: readonly ArrayLike<number>[],
  {
    blocks,
    ...settings
  }: Pick<CoherenceCurve, "low" | "folds" | "leftOut"> & { readonly blocks: Blocks },
): CoherenceCurve {
  const found = shares.map((share, at): CoherenceShare => {
    const against = (tested: Uint32Array) =>
      heldOutAuc(patches, scores[at], tested, unlabelled, blocks);
    const all = Uint32Array.from(slices.slice(0, at + 1).flatMap((slice) => [...slice]));
    return {
      ...{ share, patches: all.length },
      ...{ added: against(slices[at]), core: against(slices[0]), all: against(all) },
    };
  });
  const best = found.reduce((one, other) => (other.core.value > one.core.value ? other : one));
  const error = Number.isNaN(best.core.standardError) ? 0 : best.core.standardError;
  const chosen = found.find(({ core }) => core.value >= best.core.value - error) ?? best;
  return {
    ...{ ...settings, shares: found, unlabelled: unlabelled.length },
    ...{ best: best.share, chosen: chosen.share },
  };
}

/** AUC of some patches against others by held-out scores; patches without a score are left out. */
export function heldOutAuc(
  { places }: Placed,
  scores: ArrayLike<number>,
  positives: Uint32Array,
  negatives: Uint32Array,
  blocks: Blocks,
): BootstrapEstimate {
  const isScored = (patch: number) => !Number.isNaN(scores[patch]);
  const above = positives.filter(isScored);
  const patches = [...above, ...negatives.filter(isScored)];
  return blockAuc(
    patches.map((patch) => scores[patch]),
    patches.map((_, at) => (at < above.length ? 1 : 0)),
    patches.map((patch) => places[patch]),
    blocks,
  );
}

/** Coherence by share, and what the rule takes. */
export function coherenceMetrics(found: Found<CoherenceCurve>): Metrics {
  const metrics: { [key: string]: Measured } = {};
  given(found, ({ shares, chosen, unlabelled }) => {
    for (const { share, patches, added, core } of shares) {
      const key = `coherence.${shareKey(share)}`;
      metrics[`${key}.added`] = { ...measured(added), n: patches };
      metrics[`${key}.core`] = { ...measured(core), n: patches };
    }
    metrics["coherence.chosenShare"] = { value: chosen, n: unlabelled };
  });
  return metrics;
}

const measured = ({ value, interval }: BootstrapEstimate): Measured => ({ value, interval });
const shareKey = (share: number) => String(Number((100 * share).toPrecision(6))).replace(".", "-");
const percent = (share: number) => `${Number((100 * share).toPrecision(6))} %`;

/** One row a share. */
export function coherenceRows(found: Found<CoherenceCurve>): Found<Row[]> {
  return given(found, ({ shares }) =>
    shares.map(({ share, patches, added, core, all }) => ({
      "% labelled": 100 * share,
      patches,
      core: core.value,
      "core from": core.interval[0],
      "core to": core.interval[1],
      "last added": added.value,
      "added from": added.interval[0],
      "added to": added.interval[1],
      "all labelled": all.value,
    })),
  );
}

/** Which share the rule takes, how far the shares differ, and where the paper's stand. */
export function coherenceSentence(
  found: Found<CoherenceCurve>,
  paper: readonly number[],
): Found<string> {
  return given(found, (curve) => {
    const { shares, chosen, best } = curve;
    const at = (share: number) => shares.find((each) => each.share === share);
    const [core, bestCore] = [at(chosen), at(best)].map((each) => estimateText(each!.core));
    const within = withinOneError(curve);
    const published = [...new Set(paper)]
      .filter((share) => at(share) !== undefined)
      .map((share) => `${percent(share)} ${estimateText(at(share)!.core)}`);
    const choice =
      chosen === best
        ? `The core is predicted best when **${percent(chosen)}** of the patches are labelled, with an AUC of ${core}, and no smaller share comes within a standard error of it`
        : `The core is predicted best at ${percent(best)}, with an AUC of ${bestCore}; **${percent(chosen)}**, with ${core}, is the smallest share within a standard error of that, and the rule takes it`;
    const flat =
      within.length === shares.length
        ? " All shares lie within a standard error: coherence does not choose between them."
        : "";
    const last = shares[shares.length - 1];
    const few =
      curve.leftOut.length === 0
        ? ""
        : ` Left out, since they add too few patches to hold some out: ${curve.leftOut.map(percent).join(", ")}.`;
    return `${choice}.${flat} The paper's shares: ${published.join(", ")}. The patches that ${percent(last.share)} adds last are predicted with ${estimateText(last.added)}, where the first ${percent(shares[0].share)} were with ${estimateText(shares[0].added)}.${few}`;
  });
}

/** Shares whose core is predicted within one standard error of the best. */
function withinOneError({ shares, best }: CoherenceCurve): number[] {
  const top = shares.find(({ share }) => share === best)!.core;
  return shares
    .filter(({ core }) => core.value >= top.value - top.standardError)
    .map(({ share }) => share);
}

/** Core and last added patches by the share labelled, and the rule's choice, for valuePlot. */
export function coherenceEstimates(found: Found<CoherenceCurve>) {
  return given(found, ({ shares, chosen }) => ({
    estimates: shares.flatMap(({ share, core, added }) => [
      { at: 100 * share, group: `the first ${percent(shares[0].share)}`, estimate: core },
      { at: 100 * share, group: "those that the share adds", estimate: added },
    ]),
    mark: { at: 100 * chosen, text: "the rule's choice" },
  }));
}
