import type { ConditionalIndependence } from "../comparators/conditional-independence";
import type { WeightsOfEvidence } from "../comparators/weights-of-evidence";
import { holmAdjusted } from "../evaluation/holm";
import type { Row } from "../tables/table";
import { pText } from "./words";

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

/** One row for each two patterns: whether they are independent where occurrences are. */
export function independenceRows({ pairs }: ConditionalIndependence): Row[] {
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
