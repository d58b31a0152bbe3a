import type { ConditionalIndependence } from "../comparators/conditional-independence";
import type { Posterior, WeightsOfEvidence } from "../comparators/weights-of-evidence";
import { holmAdjusted } from "../evaluation/holm";
import type { MapPanel } from "../figures/map-panels";
import { patchGrid } from "../patches/assemble";
import type { Patches } from "../patches/types";
import { type Found, given, skipped } from "../skipped";
import type { Row } from "../tables/table";
import type { Measured, Metrics } from "./measured";
import { listText, pText } from "./words";

/** Weights of evidence on all occurrences, and what they say of each patch. */
export interface EvidenceWeightsFound {
  readonly model: WeightsOfEvidence;
  readonly posterior: Posterior;
  readonly independence: ConditionalIndependence;
  readonly patches: Patches;
}

/** Bonham-Carter (1994) doubts a sum of weights whose n / T is smaller. */
const DOUBTED = 0.85;

/** One row a layer: where it is cut, what its classes weigh, and how far they are apart. */
export function evidenceWeightRows({ names, patterns }: WeightsOfEvidence): Row[] {
  return names.map((layer, at) => {
    const pattern = patterns[at];
    if (pattern === null) {
      const none = { "W+": null, "W-": null, contrast: null, studentised: null };
      return { layer, favourable: "not used", "share of area": null, ...none };
    }
    const best = pattern.weights.reduce(
      (most, { weight }, number) => (weight > pattern.weights[most].weight ? number : most),
      0,
    );
    const weights = pattern.weights.map(({ weight }) => weight);
    const side = best === 1 ? "above" : "up to";
    return {
      layer,
      favourable:
        pattern.cut === null
          ? `class ${pattern.values[best]}`
          : `${side} ${pattern.cut.toPrecision(3)}`,
      "share of area": pattern.shares[best],
      "W+": Math.max(...weights),
      "W-": Math.min(...weights),
      contrast: pattern.contrast.contrast,
      studentised: pattern.contrast.studentised,
    };
  });
}

/** One row for each two patterns: whether they are independent where occurrences are; the least first. */
export function independenceRows(test: ConditionalIndependence): Row[] {
  const pairs = [...test.pairs].sort((one, other) => one.p - other.p);
  const adjusted = holmAdjusted(pairs.map(({ p }) => p));
  return pairs.map(({ first, second, chiSquare, degrees, p, leastExpected }, at) => ({
    ...{ first, second, "chi-square": chiSquare, degrees, p, "p after Holm": adjusted[at] },
    "least expected count": leastExpected,
  }));
}

/** Whether weights of evidence may be added up, and what that does to their probabilities. */
export function independenceSentence(test: ConditionalIndependence): string {
  const { observed, expected, ratio, z, p, pairs } = test;
  const adjusted = holmAdjusted(pairs.map((pair) => pair.p)).filter((each) => each < 0.05).length;
  const isDoubted = ratio < DOUBTED || p < 0.05;
  const verdict = isDoubted
    ? "The layers repeat each other: posterior probabilities are too high, and their ranks alone can be read."
    : "Nothing speaks against adding the weights up.";
  const counts = `${observed} patches with an occurrence are there and ${expected.toFixed(1)} are expected: n / T is ${ratio.toFixed(2)} (doubted below ${DOUBTED}), z ${z.toFixed(2)} (${pText(p)}).`;
  const tested =
    pairs.length === 0
      ? ""
      : ` Of ${pairs.length} pairs of layers chi-square finds ${adjusted} dependent among the occurrences (0.05, after Holm).`;
  return `${verdict} ${counts}${tested}`;
}

/** Contrast of each layer that is used, with its 95 % interval, and n / T. */
export function evidenceWeightMetrics(found: Found<EvidenceWeightsFound>): Metrics {
  const metrics: { [key: string]: Measured } = {};
  given(found, ({ model, independence }) => {
    const n = model.occurrences;
    metrics["weights.ratio"] = { value: independence.ratio, n };
    for (const pattern of model.patterns) {
      if (pattern === null) continue;
      const { contrast, deviation } = pattern.contrast;
      const interval = [contrast - 1.96 * deviation, contrast + 1.96 * deviation] as const;
      metrics[`weights.contrast.${pattern.name}`] = { value: contrast, interval, n };
    }
  });
  return metrics;
}

/** Posterior probability of each patch and its standard deviation, as maps; none where no layer is used. */
export function posteriorPanels(found: Found<EvidenceWeightsFound>): Found<MapPanel[]> {
  return given(found, ({ model, posterior, patches }) => {
    if (model.patterns.every((pattern) => pattern === null)) return noLayer();
    const panel = (heading: string, legend: string, values: Float64Array) => ({
      ...{ heading, legend, grid: patchGrid(patches, heading, values) },
    });
    return [
      panel("Posterior probability", "Probability of an occurrence", posterior.probability),
      panel("Its standard deviation", "Standard deviation", posterior.deviation),
    ];
  });
}

/** First that posteriors are overstated, if they are; then which layers carry the weight. */
export function evidenceWeightSentences(found: Found<EvidenceWeightsFound>): Found<string[]> {
  return given(found, ({ model, independence }) => {
    const used = model.patterns.flatMap((pattern) => pattern ?? []);
    if (used.length === 0) return noLayer();
    const [first, ...rest] = [...used].sort(
      (one, other) => other.contrast.studentised - one.contrast.studentised,
    );
    const { expected, observed } = independence;
    const factor = expected / observed;
    const overstated =
      factor > 1 / DOUBTED
        ? ` Added up over the map, the posteriors promise **${factor.toFixed(1)} times** as many patches with an occurrence as there are.`
        : "";
    return [
      `${independenceSentence(independence)}${overstated}`,
      `${used.length} of ${model.names.length} layers are used. ${first.name} weighs most surely, with a contrast of ${first.contrast.contrast.toFixed(2)} (studentised ${first.contrast.studentised.toFixed(1)}); then ${listText(rest.slice(0, 2).map(({ name, contrast }) => `${name} (${contrast.studentised.toFixed(1)})`))}. Each was cut where its studentised contrast is largest, which flatters it: the usual bound of 2 is no bound of chance here.`,
    ];
  });
}

function noLayer() {
  return skipped("no layer has a studentised contrast of 2, so that the posterior is the prior");
}
