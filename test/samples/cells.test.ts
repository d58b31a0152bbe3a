import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ElementInput } from "../../lib/src/manifest/manifest";
import { readCell } from "../../lib/src/samples/read-cell";

const GOLD: ElementInput = { element: "Au", column: "Au_ppb", unit: "ppb" };
const POINT = { decimalComma: false };

describe("a cell of an assay table", () => {
  const cases: [string, object, object, object][] = [
    ["12.5", {}, {}, { state: "known", value: 12.5 }],
    [" 1e-3 ", {}, {}, { state: "known", value: 0.001 }],
    ["", {}, {}, { state: "missing" }],
    ["N/A", {}, {}, { state: "missing" }],
    ["<0.1", {}, {}, { state: "below", limit: 0.1 }],
    ["< 0.1", {}, {}, { state: "below", limit: 0.1 }],
    [">15", {}, {}, { state: "above", limit: 15 }],
    ["6.>15", {}, {}, { state: "refused" }],
    ["<", {}, {}, { state: "refused" }],
    ["<-1", {}, {}, { state: "refused" }],
    ["<0", {}, {}, { state: "refused" }],
    ["0x10", {}, {}, { state: "refused" }],
    ["1,5", {}, {}, { state: "refused" }],
    ["1,5", {}, { decimalComma: true }, { state: "known", value: 1.5 }],
    ["<0,1", {}, { decimalComma: true }, { state: "below", limit: 0.1 }],
    ["-9999", {}, {}, { state: "refused" }],
    ["-9999", {}, { missing: [-9999] }, { state: "missing" }],
    ["-9999", {}, { negative: "detectionLimit" }, { state: "refused" }],
    ["-0.2", {}, { negative: "detectionLimit" }, { state: "below", limit: 0.2, sign: "negative" }],
    ["-0.2", {}, { negative: "missing" }, { state: "missing", sign: "negative" }],
    ["0", {}, {}, { state: "refused" }],
    ["0.00", {}, { zero: "missing" }, { state: "missing", sign: "zero" }],
    ["0", {}, { zero: "belowDetection" }, { state: "refused" }],
    [
      "0",
      { detectionLimit: 0.5 },
      { zero: "belowDetection" },
      { state: "below", limit: 0.5, sign: "zero" },
    ],
    ["0.25", { detectionLimit: 0.5 }, {}, { state: "below", limit: 0.5 }],
    ["0.5", { detectionLimit: 0.5 }, {}, { state: "known", value: 0.5 }],
    ["20", { upperLimit: 15 }, {}, { state: "above", limit: 15 }],
    ["bdl", { detectionLimit: 0.5 }, { belowDetection: ["bdl"] }, { state: "below", limit: 0.5 }],
    ["bdl", {}, {}, { state: "refused" }],
    ["NS", {}, { missing: ["NS"] }, { state: "missing" }],
  ];
  it.each(cases)("%j with %j and %j", (cell, element, rules, expected) => {
    const assay = readCell(cell, { ...GOLD, ...element }, { ...POINT, ...rules });
    expect(assay).toMatchObject(expected);
    if (assay.state === "refused") expect(assay.remedy).not.toBe("");
  });

  it("that cannot be read says what to do, with the cell as it must be listed", () => {
    const assay = readCell("6.>15", GOLD, POINT);
    expect(assay).toEqual({
      state: "refused",
      expected: "a number with a decimal point, <limit, >limit, or a word for none",
      remedy:
        'Mend the cell in the file; or list its text in samples of study.json: "missing": ["6.>15"] where it stands for no value, "belowDetection": ["6.>15"] where it stands for less than the limit.',
    });
    expect(readCell("6.>15", GOLD, { ...POINT, missing: ["6.>15"] })).toEqual({ state: "missing" });
    expect(readCell(true, GOLD, POINT)).toMatchObject({
      remedy: "Name a column of numbers for Au in samples of study.json.",
    });
  });

  it("holds a number and comes back as it is written, with a point or a comma", () => {
    const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(positive, (value) => {
        const text = String(value);
        expect(readCell(text, GOLD, POINT)).toEqual({ state: "known", value });
        const comma = text.replace(".", ",");
        expect(readCell(comma, GOLD, { decimalComma: true })).toEqual({ state: "known", value });
        expect(readCell(`<${text}`, GOLD, POINT)).toEqual({ state: "below", limit: value });
        expect(readCell(-value, GOLD, POINT).state).toBe("refused");
      }),
    );
  });

  it("never becomes a value that is not positive and finite, whatever is written in it", () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[-+<>.,0-9eE ]{0,8}$/));
    fc.assert(
      fc.property(text, (cell) => {
        const assay = readCell(cell, GOLD, { ...POINT, negative: "detectionLimit" });
        if (assay.state === "known")
          expect(assay.value > 0 && Number.isFinite(assay.value)).toBe(true);
        if (assay.state === "below") expect(assay.limit).toBeGreaterThan(0);
      }),
    );
  });
});
