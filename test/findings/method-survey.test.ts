import { describe, expect, it } from "vitest";
import { adviceRows } from "../../lib/src/findings/method-advice";
import { contestAmong, duelOf } from "../../lib/src/findings/method-contest";
import {
  type MethodRanks,
  methodRanks,
  surveyedDistrict,
  surveyRankRows,
  surveySentences,
} from "../../lib/src/findings/method-survey";
import type { MethodComparison } from "../../lib/src/findings/methods";
import { studyRankRows } from "../../lib/src/findings/study-ranks";
import type { OccurrenceGroup } from "../../lib/src/patches/groups";
import type { MethodSurvey, SurveyedDistrict } from "../../lib/src/published/method-survey";
import { isSkipped, skipped } from "../../lib/src/skipped";
import type { Row } from "../../lib/src/tables/table";

/** A survey whose methods have these held-out areas, [district][method]; in-sample they have 0.1 more. */
function surveyOf(
  methods: readonly (readonly [id: string, isTold: boolean, seconds: number])[],
  areas: readonly (readonly (number | null)[])[],
): MethodSurvey {
  const districts = areas.map((row, at): SurveyedDistrict => {
    const found = methods.map(([id, , seconds], method) => {
      const area = row[method];
      const own = (value: number | null) => ({ main: value, all: value });
      const inSample = own(area === null ? null : area + 0.1);
      return [id, { inSample, outOfFold: own(area), seconds }];
    });
    const holding = { main: 14 + at, all: 30 };
    return { seed: 11 + at, patches: 900, holding, folds: 5, methods: Object.fromEntries(found) };
  });
  return {
    ...{ command: "npm run synthetic", generator: {}, method: {}, districts },
    methods: methods.map(([id, isTold]) => ({ id, name: id.toUpperCase(), isTold })),
  };
}

const METHODS = [
  ["cae", false, 30],
  ["neighbours", false, 2],
  ["isolation", false, 1],
  ["rf", true, 9],
  ["weightsOfEvidence", true, 3],
] as const;

/** Twelve districts alike: RF best, then weights, neighbours, the error, isolation. */
const steady = surveyOf(
  METHODS,
  Array.from({ length: 12 }, (_, at) => [0.7, 0.8 + at / 1000, 0.6, 0.95, 0.9]),
);

function ranksOf(survey: MethodSurvey): MethodRanks {
  const ranks = methodRanks(survey);
  if (isSkipped(ranks)) throw new Error(ranks.because);
  return ranks;
}

describe("methods ranked over the districts of a survey", () => {
  it("have their ranks, medians and quantiles, those without a score somewhere left out", () => {
    const rows = surveyRankRows(methodRanks(steady)) as Row[];
    expect(rows.map((row) => [row.method, row["average rank"]])).toEqual([
      ...[
        ["RF", 1],
        ["WEIGHTSOFEVIDENCE", 2],
        ["NEIGHBOURS", 3],
        ["CAE", 4],
        ["ISOLATION", 5],
      ],
    ]);
    // Twelve areas from 0.8 up in steps of 0.001: the median lies at 5.5 steps, 5 % at 0.55.
    expect(rows[2]["median AUC held out"]).toBeCloseTo(0.8055, 12);
    expect(rows[2]["5 %"]).toBeCloseTo(0.80055, 12);
    expect(rows[0]).toMatchObject({ "first in": 12, "told of occurrences": "yes" });
    const holed = surveyOf(METHODS, [
      [0.7, 0.8, null, 0.9, 0.9],
      [0.7, 0.8, 0.6, 0.9, 0.8],
    ]);
    expect(ranksOf(holed).leftOut).toEqual(["ISOLATION"]);
    expect(ranksOf(holed).methods.map(({ id }) => id)).not.toContain("isolation");
    const single = surveyOf(METHODS, [[0.7, 0.8, 0.6, 0.9, 0.9]]);
    expect(methodRanks(single)).toEqual({ because: "5 methods on 1 districts make no ranks" });
    expect(methodRanks(skipped("none was made"))).toEqual({ because: "none was made" });
  });

  it("say first what is surely above the paper's error", () => {
    // The critical difference is 2.728 (Demsar's Table 5, 5 methods) times the root of 30 / 72: 1.76.
    const [first, second, caution] = surveySentences(methodRanks(steady)) as string[];
    expect(first).toBe(
      "On generated ground (synthetic) the CAE has an average rank of 4.00 of 5, and Nemenyi's test tells apart above it: RF, WEIGHTSOFEVIDENCE.",
    );
    expect(second).toMatch(
      /RF ranks first with 1\.00 on average; not told from it.*1\.76: WEIGHTSOFEVIDENCE \(2\.00\)/,
    );
    expect(caution).toMatch(/14 to 25 patches a district hold one/);
  });

  it("are ranked in a study among those that it has", () => {
    const metrics = {
      "methods.cae.outOfFold.auc": { value: 0.9 },
      "methods.rf.outOfFold.auc": { value: 0.8 },
      "methods.isolation.outOfFold.auc": { value: 0.8 },
    };
    const studies = [
      { id: "here", kind: "real" as const, metrics },
      { id: "made", kind: "synthetic" as const, metrics: {} },
    ];
    const rows = studyRankRows(studies, steady.methods, methodRanks(steady));
    expect(rows[0]).toEqual({
      ...{ method: "RF", "told of occurrences": "yes", here: 2.5 },
      "generated (synthetic), average": 1,
    });
    expect(rows.find(({ method }) => method === "NEIGHBOURS")).toMatchObject({ here: null });
    expect(Object.keys(rows[0])).not.toContain("made (synthetic)");
  });

  it("come from scores by the occurrences that were told, and by all", () => {
    const group = (id: string, labels: readonly number[]) =>
      ({
        ids: [id],
        assignment: { labels: Uint8Array.from(labels) },
      }) as unknown as OccurrenceGroup;
    const [main, all] = [group("main", [1, 0, 0, 0]), group("all", [1, 1, 0, 0])];
    const inSample = [4, 3, 2, 1];
    const outOfSample = [3, Number.NaN, 4, 1];
    const scores = [{ id: "rf", name: "RF", isTold: true, inSample, outOfSample, seconds: 1.234 }];
    const compared = { group: main, folds: skipped("none"), scores, samples: 0 };
    expect(surveyedDistrict(11, compared as MethodComparison, [all, main])).toEqual({
      ...{ seed: 11, patches: 4, holding: { main: 1, all: 2 }, folds: 0 },
      methods: {
        rf: {
          inSample: { main: 1, all: 1 },
          outOfFold: { main: 0.5, all: 0.5 },
          seconds: 1.23,
        },
      },
    });
  });
});

describe("who wins among some", () => {
  it("is decided among them alone, by the tests", () => {
    const untold = contestAmong(ranksOf(steady), ({ isTold }) => !isTold);
    // Of three, the critical difference is 2.343 times the root of 12 / 72: 0.96.
    expect(untold).toMatchObject({ averageRank: 1, contestants: 3, alike: [] });
    expect(untold?.best.id).toBe("neighbours");
    expect(contestAmong(ranksOf(steady), ({ id }) => id === "rf")).toMatchObject({ alike: [] });
    expect(contestAmong(ranksOf(steady), () => false)).toBeNull();
  });

  it("is counted district by district for two", () => {
    const [, neighbours, , forest] = ranksOf(steady).methods;
    const duel = duelOf(neighbours, forest);
    expect(duel).toMatchObject({ won: 0, districts: 12 });
    expect(duel.median).toBeCloseTo(-0.1445, 12);
  });
});

describe("advice for data like yours", () => {
  const labels = Uint8Array.from({ length: 40 }, (_, patch) => Number(patch < 12));
  const good = Array.from(labels, (label, patch) => 100 * label + patch);
  const study = (holding: number, ids: readonly string[] = METHODS.map(([id]) => id)) => {
    const own = labels.map((_, patch) => Number(patch < holding));
    const assignment = { labels: own, assigned: Array(holding).fill({}), unassigned: [] };
    return {
      ...{ group: { ids: ["main"], title: "some", assignment }, folds: skipped("x"), samples: 3 },
      scores: ids.map((id) => ({
        ...{ id, name: id.toUpperCase(), isTold: id === "rf", inSample: good, outOfSample: good },
        seconds: 1,
      })),
    } as unknown as MethodComparison;
  };
  const advice = (
    survey: MethodSurvey,
    holding = 12,
    studies: Parameters<typeof adviceRows>[0]["studies"] = [],
  ) => adviceRows({ ranks: methodRanks(survey), comparison: study(holding), studies }) as Row[];
  const row = (rows: readonly Row[], situation: string) =>
    rows.find((each) => String(each["for data like yours"]).startsWith(situation));

  it("names the winner among the methods that a situation allows", () => {
    const rows = advice(steady);
    expect(row(rows, "no known occurrence")).toEqual({
      "for data like yours": "no known occurrence",
      ...{ "start with": "NEIGHBOURS", "not told from it": "–" },
      why: "average rank 1.0 of 3, median AUC held out 0.81 (synthetic); here 1.000 (1.000 to 1.000)",
    });
    expect(row(rows, "tens to hundreds")).toMatchObject({
      "start with": "RF",
      why: expect.stringContaining(
        "RF is above NEIGHBOURS, the best that is told of nothing, in 12 of 12 generated districts, by 0.14 in the middle",
      ),
    });
    expect(row(rows, "every score must be explained")).toMatchObject({
      "start with": "WEIGHTSOFEVIDENCE",
      why: expect.stringContaining(
        "its AUC is 0.05 below that of RF, the best of all, in the middle",
      ),
    });
    expect(row(rows, "little time, no occurrence")).toMatchObject({
      "start with": "NEIGHBOURS",
      why: "the fastest of those not told from the best: 2 s a district with its folds, the CAE 30 s",
    });
  });

  it("says that being told gains nothing where it does not", () => {
    const worse = surveyOf(
      METHODS,
      Array.from({ length: 12 }, () => [0.7, 0.8, 0.6, 0.75, 0.65]),
    );
    expect(row(advice(worse), "tens to hundreds")).toMatchObject({
      ...{ "start with": "NEIGHBOURS", "not told from it": "RF" },
      why: expect.stringMatching(/^being told gains nothing: RF is above NEIGHBOURS.* in 0 of 12/),
    });
  });

  it("says that explaining costs nothing where the best of all is no higher", () => {
    const close = surveyOf(
      METHODS,
      Array.from({ length: 12 }, () => [0.7, 0.8, 0.6, 0.903, 0.9]),
    );
    expect(row(advice(close), "every score must be explained")?.why).toContain(
      "in the middle its AUC is as high as that of RF, the best of all",
    );
  });

  it("names none before another that the tests do not tell from it, and time decides", () => {
    const even = surveyOf(METHODS, [
      [0.7, 0.8, 0.9, 0.9, 0.8],
      [0.9, 0.8, 0.7, 0.8, 0.9],
    ]);
    const rows = advice(even);
    const untold = row(rows, "no known occurrence");
    expect(String(untold?.["not told from it"]).split(", ")).toHaveLength(2);
    expect(untold?.["start with"]).toMatch(/^any; [A-Z]+ ranks first$/);
    expect(row(rows, "little time, no occurrence")?.["start with"]).toBe("ISOLATION");
  });

  it("measures a handful only where the study is one", () => {
    expect(row(advice(steady), "a handful")?.why).toContain(
      "was not measured: no district here has fewer than 12 patches with one",
    );
    expect(row(advice(steady, 4), "a handful")?.why).toContain("here 4 hold one: NEIGHBOURS");
  });

  it("tells of ground with and without geochemistry by the studies on record", () => {
    const record = (id: string, samples: number, rf: number, cae: number) => ({
      ...{ id, kind: "real" as const },
      metrics: {
        "methods.samples": { value: samples },
        "methods.rf.outOfFold.auc": { value: rf, interval: [rf - 0.02, rf + 0.02] as const },
        "methods.cae.outOfFold.auc": { value: cae },
      },
    });
    const rows = advice(steady, 12, [
      record("triangle", 4205, 0.88, 0.8),
      record("west", 0, 0.8, 0.9),
    ]);
    expect(row(rows, "geochemistry")).toMatchObject({
      "start with": "RF",
      why: "first of all by AUC held out: triangle: RF 0.88 (0.86 to 0.90), one layer alone none, CAE error 0.80",
    });
    expect(row(rows, "no geochemistry")).toMatchObject({ "start with": "CAE" });
    // Of the first study on record the numbers stand there already; of the others they are added.
    expect(row(rows, "tens to hundreds")?.why).toContain("here 1.000 (1.000 to 1.000); west 0.80;");
    expect(adviceRows({ ranks: skipped("none"), comparison: study(3), studies: [] })).toEqual({
      because: "none",
    });
  });
});
