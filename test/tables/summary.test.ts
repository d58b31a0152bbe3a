import { describe, expect, it } from "vitest";
import type { RecordedStudy } from "../../lib/src/runs/recorded";
import {
  agreementSentence,
  durationRows,
  intervalCounts,
  summaryRows,
} from "../../lib/src/tables/summary";

const number = { what: "AUC", where: "Fig. 6", value: 0.853, key: "cae.error.auc.all" };
const origin = { notebook: "04-roc", profile: "paper", seed: 1 };
const studyOf = (
  id: string,
  kind: "real" | "synthetic",
  metrics: RecordedStudy["metrics"],
): RecordedStudy => ({ id, title: id, kind, metrics, notebooks: [] });

describe("a published number beside ours", () => {
  it("stands with the interval and the count, a column a study, synthetic called so", () => {
    const made = studyOf("made", "synthetic", {
      [number.key]: { value: 0.7, interval: [0.6, 0.9], n: 33, ...origin },
    });
    const [row] = summaryRows([number], [made, studyOf("found", "real", {})]);
    expect(row).toEqual({
      number: "AUC",
      paper: "Fig. 6",
      "published (Hezuo)": "0.853",
      "made (synthetic)": "0.7 (0.6 to 0.9) n 33",
      found: null,
      agreement: "The published number lies within the synthetic district's interval.",
    });
  });

  it("is never said to be reproduced, and another district is called one", () => {
    const sentences = [
      agreementSentence(number, undefined, "real"),
      agreementSentence(number, { value: 0.9, interval: [0.86, 0.94] }, "real"),
      agreementSentence(number, { value: 0.803 }, "real"),
      agreementSentence({ ...number, relation: "above" }, { value: 0.9 }, "synthetic"),
      agreementSentence(number, { value: 0.8532 }, "real"),
    ];
    expect(sentences).toEqual([
      "Not computed for this study.",
      "The published number lies outside another district's interval.",
      "Lower by 0.05; another district's, no interval.",
      "Above it too; the synthetic district's.",
      "Higher by 2.0e-4; another district's, no interval.",
    ]);
  });
});

it("counts the published numbers beside an interval, and those within it", () => {
  const numbers = ["a", "b", "c", "d"].map((key) => ({ ...number, key }));
  const above = { ...number, key: "a", relation: "above" } as const;
  const metrics = {
    a: { value: 0.8, interval: [0.7, 0.853], ...origin },
    b: { value: 0.9, interval: [0.86, 0.95], ...origin },
    c: { value: 0.853, ...origin },
  } as const;
  expect(intervalCounts([...numbers, above], { metrics })).toEqual({ beside: 2, within: 1 });
});

it("counts the seconds of all trainings that a notebook needed, and tells which it computed itself", () => {
  const trials = [
    { label: "a", seconds: 10, fromStore: false },
    { label: "b", seconds: 5, fromStore: true },
  ];
  const notebooks = [{ id: "02-cae-variants", trials, seconds: 12.5 }];
  const [row] = durationRows({ ...studyOf("made", "real", {}), notebooks });
  expect(row).toMatchObject({
    ...{ trainings: 2, "of these in the notebook": 1, "their training seconds": 10 + 5 },
  });
});
