import type { PublishedStudy } from "../published/published-study";
import type { Measured, Metrics } from "./measured";
import { estimateText, percentRange, percentText } from "./words";

/** What is on record of a run of one study, as much of it as there is. */
export interface GlancedRun {
  readonly kind: "real" | "synthetic";
  readonly metrics: Metrics;
  /** Profiles under which its notebooks ran. */
  readonly profiles: readonly string[];
  /** Probability from which ground counts as prospective. */
  readonly threshold?: number;
  /** Distance within which background counts as near an occurrence, in units of the CRS. */
  readonly nearBackground?: number;
}

/** A number as it is printed. */
export interface PrintedNumber {
  readonly value: string;
  /** Its 95 % interval, such as "0.79 to 0.87"; null where it has none. */
  readonly interval: string | null;
  /** What it was counted over, such as "76 occurrences"; null where nothing was. */
  readonly counted: string | null;
}

/** One headline number of a run, in words. */
export interface GlancedNumber {
  readonly what: string;
  /** Null where the run has no such number. */
  readonly found: PrintedNumber | null;
  /** What the paper prints for Hezuo; null where it prints none. */
  readonly published: string | null;
  /** The notebook that says more of it. */
  readonly notebook: string;
}

/** Below this a group of occurrences is called small: one of them is then more than 3 % of it. */
const FEW = 30;

/** The numbers that a run is known by, published ones beside them, in the order of the method. */
export function glancedNumbers(
  { metrics, threshold }: GlancedRun,
  { roc, cnn }: Pick<PublishedStudy, "roc" | "cnn">,
): GlancedNumber[] {
  const at = threshold === undefined ? "the threshold" : `probability ${threshold}`;
  const area = successRateArea(metrics);
  return [
    {
      what: "AUC of the reconstruction error, all occurrences",
      found: aucText(metrics["cae.error.auc.all"]),
      published: String(roc.allDepositsAllEvidenceAuc),
      notebook: "04-roc",
    },
    {
      what: "AUC of the PCA error, which needs no network",
      found: aucText(metrics["baseline.pcaError.auc"]),
      published: null,
      notebook: "04-roc",
    },
    {
      what: "AUC of the best single layer, chosen by the occurrences themselves",
      found: aucText(metrics["baseline.bestLayer.auc"]),
      published: null,
      notebook: "04-roc",
    },
    {
      what: `Share of the area at ${at} or more`,
      found: shareText(metrics["successRate.cnn.main.areaAtThreshold"], "patches"),
      published: percentText(cnn.bestAreaShare),
      notebook: "06-success-rate",
    },
    {
      what: "Share of the main commodity's occurrences there",
      found: shareText(metrics["successRate.cnn.main.shareAtThreshold"], "occurrences"),
      published: percentText(cnn.bestAuShare),
      notebook: "06-success-rate",
    },
    {
      what: `Area under the classifier's success-rate curve, ${area.sample}`,
      found: aucText(area.measured),
      published: null,
      notebook: "06-success-rate",
    },
  ];
}

/** Out-of-sample where there are folds; otherwise in-sample, and said to be. */
function successRateArea(metrics: Metrics) {
  const outside = metrics["successRate.cnn.main.area.outOfSample"];
  const inside = metrics["successRate.cnn.main.area"];
  return outside === undefined && inside !== undefined
    ? { sample: "in-sample, as there are no folds", measured: inside }
    : { sample: "out-of-sample", measured: outside };
}

function aucText(measured: Measured | undefined): PrintedNumber | null {
  if (measured === undefined) return null;
  const { value, interval } = measured;
  return {
    value: value.toFixed(2),
    interval: interval?.map((bound) => bound.toFixed(2)).join(" to ") ?? null,
    counted: countText(measured, "occurrences"),
  };
}

function shareText(measured: Measured | undefined, of: string): PrintedNumber | null {
  if (measured === undefined) return null;
  const { value, interval } = measured;
  return {
    value: percentText(value),
    interval: interval === undefined ? null : percentRange(interval),
    counted: countText(measured, of),
  };
}

function countText({ n }: Measured, of: string): string | null {
  return n === undefined ? null : `${n.toLocaleString("en")} ${of}`;
}

/**
 * What a reader has to know before using the numbers of a run, each sentence with its own numbers;
 * the gravest first. Nothing is said of what the run has not measured.
 */
export function cautions(run: GlancedRun): string[] {
  const { kind, metrics } = run;
  const found = [
    profileCaution(run),
    kind === "synthetic"
      ? "The district is generated: its numbers show what the method does on such ground, and nothing about a real one."
      : null,
    baselineCaution(metrics),
    nearCaution(run),
    transferCaution(metrics),
    fewCaution(metrics["cae.error.auc.all"]),
    outOfSampleCaution(metrics),
    seedCaution(metrics),
    saturationCaution(metrics["cnn.15-15.saturated"]),
    "The classifier's labels come from the auto-encoder and not from deposits; background is unlabelled, not barren; and the 15/15 % of the paper was chosen with its deposits in view.",
  ];
  return found.filter((sentence) => sentence !== null);
}

function profileCaution({ profiles }: GlancedRun): string | null {
  if (profiles.length > 1)
    return `Notebooks of different profiles stand side by side here (${profiles.join(", ")}): their numbers are not of one run.`;
  return profiles[0] === "smoke"
    ? "This is the smoke profile, coarse pixels and few epochs: it shows that everything works, and no result."
    : null;
}

/** Whether the network is worth more than scores that need none. */
function baselineCaution(metrics: Metrics): string | null {
  const error = metrics["cae.error.auc.all"];
  if (error === undefined) return null;
  const baselines = [
    { name: "the PCA error", measured: metrics["baseline.pcaError.auc"] },
    { name: "the best single layer", measured: metrics["baseline.bestLayer.auc"] },
  ].flatMap(({ name, measured }) => (measured === undefined ? [] : [{ name, ...measured }]));
  const rivals = baselines.filter(({ value }) => value >= error.value);
  const named = (those: typeof baselines) =>
    those.map(({ name, ...measured }) => `${name} ${estimateText(measured, 2)}`).join(" and ");
  const own = estimateText(error, 2);
  if (rivals.length > 0)
    return `The network does not beat what needs none: AUC ${own} against ${named(rivals)}.`;
  const near = baselines.filter(
    ({ interval }) => interval !== undefined && interval[1] >= error.value,
  );
  return near.length === 0
    ? null
    : `The network's AUC of ${own} lies within the interval of ${named(near)}: its gain over what needs no network is not sure.`;
}

/** How much of the area under the curve is where in the region a patch lies. */
function nearCaution({ metrics, nearBackground }: GlancedRun): string | null {
  const [near, all] = [metrics["roc.near.caeError.auc"], metrics["cae.error.auc.all"]];
  if (near === undefined || all === undefined || near.value >= all.value) return null;
  const reach = nearBackground === undefined ? "near" : `within ${nearBackground / 1000} km of`;
  const chance =
    near.interval !== undefined && near.interval[0] <= 0.5 ? ", not surely better than chance" : "";
  return `Against background ${reach} an occurrence the AUC is ${estimateText(near, 2)} instead of ${all.value.toFixed(2)}${chance}: the rest is where in the region a patch lies.`;
}

/** The worst of an error learnt in one zone and judged in another. */
function transferCaution(metrics: Metrics): string | null {
  const transfers = Object.entries(metrics).flatMap(([key, measured]) => {
    const [, trained, judged] = key.match(/^cae\.error\.auc\.trained(.+)\.judged(.+)$/) ?? [];
    return judged === undefined ? [] : [{ trained, judged, ...measured }];
  });
  const [worst] = transfers.sort((one, other) => one.value - other.value);
  return worst === undefined
    ? null
    : `Learnt in ${worst.trained} and judged in ${worst.judged} the AUC is ${estimateText(worst, 2)}.`;
}

function fewCaution(measured: Measured | undefined): string | null {
  if (measured?.n === undefined || measured.n >= FEW) return null;
  const { n } = measured;
  const plural = n === 1 ? "occurrence is" : "occurrences are";
  return `Only ${n} ${plural} in patches: one of them is ${percentText(1 / n)} of all, and moves every number here.`;
}

/** What is left of the success rate on ground that the models have not seen. */
function outOfSampleCaution(metrics: Metrics): string | null {
  const inside = metrics["successRate.cnn.main.area"];
  const outside = metrics["successRate.cnn.main.area.outOfSample"];
  if (inside === undefined || outside === undefined || outside.value >= inside.value) return null;
  return `The map is judged on the patches that its classifier was trained on: its success-rate area is ${inside.value.toFixed(2)} there, and ${estimateText(outside, 2)} on ground that it has not seen.`;
}

function seedCaution(metrics: Metrics): string | null {
  const seed = metrics["sensitivity.seed.auc"];
  return seed === undefined
    ? null
    : `Another seed alone moves the AUC of the error by up to ${seed.value.toFixed(3)}.`;
}

function saturationCaution(saturated: Measured | undefined): string | null {
  return saturated === undefined || saturated.value < 0.5
    ? null
    : `${percentText(saturated.value, 0)} of the 15/15 % classifier's probabilities are below 0.05 or above 0.95: read them as ranks.`;
}
