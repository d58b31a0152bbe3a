import { scoredOnly, unscored } from "../evaluation/capture";
import { aucWithInterval } from "../evaluation/delong";
import { successRateAreaBootstrap } from "../evaluation/occurrence-bootstrap";
import type { Estimate, SampledScores } from "../evaluation/types";
import type { OccurrenceGroup } from "../patches/groups";
import type { Row } from "./table";

/** An area under a success-rate curve under the key of its metric. */
export interface SuccessRateArea {
  readonly id: string;
  readonly name: string;
  readonly group: OccurrenceGroup;
  readonly sample: "in-sample" | "out-of-sample";
  readonly area: Estimate;
  /** Occurrences counted: those in a patch with a score. */
  readonly n: number;
}

/**
 * Areas under the success-rate curves of every score and group, in-sample and out-of-sample, with
 * bootstrap intervals over occurrences. Left out where fewer than two occurrences have a score.
 */
export function successRateAreas(
  scores: readonly SampledScores[],
  groups: readonly OccurrenceGroup[],
  { seed }: { readonly seed: number },
): SuccessRateArea[] {
  const samples = [
    ["in-sample", "inSample"],
    ["out-of-sample", "outOfSample"],
  ] as const;
  return groups.flatMap((group) =>
    scores.flatMap((score) =>
      samples.flatMap(([sample, from]) => {
        const values = score[from];
        const n = scoredOnly(values, group.assignment).length;
        if (n < 2) return [];
        const area = successRateAreaBootstrap(values, group.assignment, { seed });
        return [{ id: score.id, name: score.name, group, sample, area, n }];
      }),
    ),
  );
}

/** One row a score and group: the area under its curve in-sample and out-of-sample. */
export function successRateRows(areas: readonly SuccessRateArea[]): Row[] {
  const keyOf = ({ name, group }: SuccessRateArea) => `${group.title}: ${name}`;
  return [...new Set(areas.map(keyOf))].map((key) => {
    const pair = areas.filter((area) => keyOf(area) === key);
    const of = (sample: SuccessRateArea["sample"]) => pair.find((area) => area.sample === sample);
    const [inside, outside] = [of("in-sample"), of("out-of-sample")];
    return {
      occurrences: pair[0].group.title,
      score: pair[0].name,
      "in-sample": inside?.area.value ?? null,
      "in from": inside?.area.interval[0] ?? null,
      "in to": inside?.area.interval[1] ?? null,
      "out-of-sample": outside?.area.value ?? null,
      "out from": outside?.area.interval[0] ?? null,
      "out to": outside?.area.interval[1] ?? null,
      n: inside?.n ?? outside?.n ?? 0,
    };
  });
}

/**
 * One row a score: its AUC for patches with an occurrence on what it was fitted to, out of bag where
 * it is a forest, and out of fold. The first less the last is how far it flatters itself.
 *
 * @param labels 1 for patches that hold an occurrence
 */
export function flatteryRows(scores: readonly SampledScores[], labels: Uint8Array): Row[] {
  return scores.map(({ name, inSample, outOfBag, outOfSample }) => {
    const inside = knownAuc(inSample, labels);
    const outside = knownAuc(outOfSample, labels);
    return {
      score: name,
      "AUC in-sample": inside,
      "out of bag": outOfBag === undefined ? null : knownAuc(outOfBag, labels),
      "out of fold": outside,
      "in-sample less out of fold": inside === null || outside === null ? null : inside - outside,
    };
  });
}

/** AUC over the patches with a score; null where one class has none. */
function knownAuc(scores: ArrayLike<number>, labels: Uint8Array): number | null {
  const isKnown = Array.from(scores, (score) => !Number.isNaN(score));
  const known = Float64Array.from(scores).filter((_, patch) => isKnown[patch]);
  const own = labels.filter((_, patch) => isKnown[patch]);
  const positives = own.reduce((sum, label) => sum + label, 0);
  if (positives === 0 || positives === own.length) return null;
  return aucWithInterval(known, own).value;
}

/** Scores that occurrences can judge, and those that have none to be judged by. */
export interface JudgedScores {
  readonly judged: readonly SampledScores[];
  /** Said of those left out; null where none is. */
  readonly leftOut: string | null;
}

/**
 * Leaves out methods without a score for any occurrence, such as one that had too few to be fitted.
 *
 * @param folds null where no score is out-of-sample, which is then no reason to leave one out
 */
export function judgedScores(
  scores: readonly SampledScores[],
  { title, assignment }: Pick<OccurrenceGroup, "title" | "assignment">,
  folds: ArrayLike<number> | null,
): JudgedScores {
  const isJudged = ({ inSample, outOfSample }: SampledScores) =>
    scoredOnly(inSample, assignment).length > 0 &&
    (folds === null || scoredOnly(outOfSample, assignment).length > 0);
  const left = scores.filter((score) => !isJudged(score)).map(({ name }) => name);
  return {
    judged: scores.filter(isJudged),
    leftOut:
      left.length === 0
        ? null
        : `Left out, since the occurrences (${title}) are too few to fit it and judge it: ${left.join(", ")}.`,
  };
}

/** A sentence on each score that patches lack, and why; one that says so where none does. */
export function unscoredSentence(
  scores: readonly SampledScores[],
  { assignment }: Pick<OccurrenceGroup, "assignment">,
): string {
  const lacking = scores.flatMap(({ name, inSample, outOfSample }) =>
    [
      [`${name} in-sample`, inSample] as const,
      [`${name} out-of-sample`, outOfSample] as const,
    ].flatMap(([what, values]) => {
      const { patches, occurrences } = unscored(values, assignment);
      return patches === 0 ? [] : [`${what} ${patches} patches with ${occurrences} occurrences`];
    }),
  );
  return lacking.length === 0
    ? "Every patch has every score."
    : `Without a score, since too few occurrences were left to fit the area or zone, or the patch lies in none: ${lacking.join("; ")}. They are left out of area and occurrences of that curve.`;
}
