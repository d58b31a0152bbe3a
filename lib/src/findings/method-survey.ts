import { medianOf, quantileOfSorted } from "../evaluation/describe";
import {
  type FriedmanTest,
  friedmanTest,
  type NemenyiTest,
  nemenyiTest,
} from "../evaluation/friedman";
import { holdingPatches, type OccurrenceGroup } from "../patches/groups";
import type { MethodSurvey, SurveyedDistrict, SurveyedMethod } from "../published/method-survey";
import { type Found, given, isSkipped, skipped } from "../skipped";
import type { Row } from "../tables/table";
import { methodRankRows, methodRankSentence } from "./method-ranks";
import { knownAuc, type MethodComparison } from "./methods";
import { listText } from "./words";

/**
 * What every method came to on one district: areas to four digits, for the occurrences that told
 * methods were told of and for all.
 */
export function surveyedDistrict(
  seed: number,
  { group, folds, scores }: MethodComparison,
  groups: readonly OccurrenceGroup[],
): SurveyedDistrict {
  const all = groups.find(({ ids }) => ids.includes("all")) ?? groups[0];
  const areas = (values: ArrayLike<number>): SurveyedMethod["inSample"] => ({
    main: rounded(knownAuc(values, group.assignment.labels)?.value),
    all: rounded(knownAuc(values, all.assignment.labels)?.value),
  });
  const methods = scores.map(({ id, inSample, outOfSample, seconds }) => [
    id,
    {
      ...{ inSample: areas(inSample), outOfFold: areas(outOfSample) },
      seconds: Number(seconds.toFixed(2)),
    },
  ]);
  return {
    ...{ seed, patches: group.assignment.labels.length },
    holding: { main: holdingPatches(group), all: holdingPatches(all) },
    folds: isSkipped(folds) ? 0 : folds.folds.length,
    methods: Object.fromEntries(methods),
  };
}

function rounded(value: number | undefined): number | null {
  return value === undefined ? null : Number(value.toFixed(4));
}

/** A method over all districts of a survey. */
export interface RankedMethod {
  readonly id: string;
  readonly name: string;
  readonly isTold: boolean;
  /** By district, in their order, for the occurrences of the main commodity. */
  readonly outOfFold: readonly number[];
  readonly inSample: readonly (number | null)[];
  /** Middle of the seconds that it took on a district. */
  readonly seconds: number;
}

/** Methods ranked over the districts of a survey by what they say of held-out ground. */
export interface MethodRanks {
  /** In the order of the tests. */
  readonly methods: readonly RankedMethod[];
  /** Names of those that have no score in some district. */
  readonly leftOut: readonly string[];
  readonly districts: MethodSurvey["districts"];
  readonly friedman: FriedmanTest;
  readonly nemenyi: NemenyiTest;
}

/** Ranks the methods that every district has a score of; none where there are not two of both. */
export function methodRanks(found: Found<MethodSurvey>): Found<MethodRanks> {
  return given(found, ({ methods, districts }) => {
    const ranked = methods.flatMap((method): RankedMethod[] => {
      const own = districts.flatMap((district) => district.methods[method.id] ?? []);
      const outOfFold = own.flatMap((each) => each.outOfFold.main ?? []);
      if (outOfFold.length < districts.length) return [];
      const seconds = medianOf(own.map((each) => each.seconds));
      const inSample = own.map((each) => each.inSample.main);
      return [{ ...method, outOfFold, inSample, seconds }];
    });
    if (ranked.length < 2 || districts.length < 2) {
      return skipped(`${ranked.length} methods on ${districts.length} districts make no ranks`);
    }
    const friedman = friedmanTest(
      ranked.map(({ name }) => name),
      districts.map((_, at) => ranked.map(({ outOfFold }) => outOfFold[at])),
    );
    const kept = new Set(ranked.map(({ id }) => id));
    const leftOut = methods.filter(({ id }) => !kept.has(id)).map(({ name }) => name);
    const nemenyi = nemenyiTest(friedman);
    return { methods: ranked, leftOut, districts, friedman, nemenyi };
  });
}

/** One row a method: ranks over the districts, and areas held out and in-sample. */
export function surveyRankRows(found: Found<MethodRanks>): Found<Row[]> {
  return given(found, ({ methods, friedman }) =>
    methodRankRows(friedman).map((row) => {
      const method = methods.find(({ name }) => name === row.method)!;
      const sorted = [...method.outOfFold].sort((one, other) => one - other);
      const inSample = method.inSample.flatMap((area) => area ?? []);
      return {
        ...{ method: method.name, "told of occurrences": method.isTold ? "yes" : "no" },
        "average rank": row["average rank"],
        "best rank": row["best rank"],
        "worst rank": row["worst rank"],
        "first in": row["districts where first"],
        "median AUC held out": medianOf(sorted),
        "5 %": quantileOfSorted(sorted, 0.05),
        "95 %": quantileOfSorted(sorted, 0.95),
        "median AUC in-sample": inSample.length === 0 ? null : medianOf(inSample),
        "median seconds": method.seconds,
      };
    }),
  );
}

/** Where the paper's scores stand over the districts, which methods the tests tell apart, and what to mind. */
export function surveySentences(found: Found<MethodRanks>): Found<string[]> {
  return given(found, ({ methods, leftOut, districts, friedman, nemenyi }) => {
    const { averageRanks } = friedman;
    const papers = methods.flatMap(({ id, name }, at) => {
      if (id !== "cae" && id !== "cnn") return [];
      const surely = methods.filter(
        (_, other) => averageRanks[at] - averageRanks[other] >= nemenyi.criticalDifference,
      );
      return [
        `the ${name} has an average rank of ${averageRanks[at].toFixed(2)} of ${methods.length}, and Nemenyi's test tells apart above it: ${listText(surely.map((each) => each.name))}`,
      ];
    });
    const holding = districts.map(({ holding: { main } }) => main);
    const [least, most] = [Math.min(...holding), Math.max(...holding)];
    const range = least === most ? String(least) : `${least} to ${most}`;
    const left =
      leftOut.length === 0
        ? ""
        : ` Without a score somewhere, and so not ranked: ${listText(leftOut)}.`;
    return [
      ...(papers.length === 0 ? [] : [`On generated ground (synthetic) ${papers.join("; ")}.`]),
      methodRankSentence(friedman, nemenyi, "generated districts (synthetic)"),
      `The ground is this project's own generator's, calibrated without occurrences, and ${range} patches a district hold one: methods whose assumptions it shares win here, and may not elsewhere.${left}`,
    ];
  });
}
