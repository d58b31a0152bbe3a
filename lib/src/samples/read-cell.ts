import { plainNumber } from "../formats/numbers";
import type { ElementInput, SamplesInput } from "../manifest/manifest";

/** What a cell of an assay table says. */
export type Assay =
  | { readonly state: "known"; readonly value: number }
  | { readonly state: "missing"; readonly sign?: Sign }
  | { readonly state: "below"; readonly limit: number; readonly sign?: Sign }
  | { readonly state: "above"; readonly limit: number }
  | { readonly state: "refused"; readonly expected: string; readonly remedy: string };

/** A number that stands for no concentration, and is read by a rule of the manifest. */
export type Sign = "zero" | "negative";

/** How the cells of a table are read. */
export type CellRules = Pick<SamplesInput, "missing" | "belowDetection" | "negative" | "zero"> & {
  readonly decimalComma: boolean;
};

/** Words that stand for no value, in lower case. */
export const MISSING_WORDS: readonly string[] = ["", "na", "n/a", "nan", "null", "-"];

/** Reads the cell of an element: text of a table, or a value of a feature's property. */
export function readCell(cell: unknown, element: ElementInput, rules: CellRules): Assay {
  if (cell === null || cell === undefined) return { state: "missing" };
  if (typeof cell === "number") return readNumber(cell, element, rules);
  if (typeof cell !== "string") {
    const remedy = `Name a column of numbers for ${element.element} in samples of study.json.`;
    return { state: "refused", expected: "a number", remedy };
  }
  const text = cell.trim();
  const { missing = [], belowDetection = [], decimalComma } = rules;
  if (MISSING_WORDS.includes(text.toLowerCase()) || missing.includes(text)) {
    return { state: "missing" };
  }
  if (belowDetection.includes(text)) return belowLimit(element);
  const [, censor, digits] = /^([<>]?)(.*)$/s.exec(text)!;
  const number = plainNumber(digits, decimalComma);
  if (Number.isNaN(number)) return unreadable(text, decimalComma);
  if (censor === "") return readNumber(number, element, rules);
  if (!(number > 0)) {
    const expected = "a positive number after the sign";
    return { state: "refused", expected, remedy: mend(text) };
  }
  return { state: censor === "<" ? "below" : "above", limit: number };
}

function unreadable(text: string, decimalComma: boolean): Assay {
  const sign = decimalComma ? "comma" : "point";
  const expected = `a number with a decimal ${sign}, <limit, >limit, or a word for none`;
  return { state: "refused", expected, remedy: mend(text) };
}

/** What to do about a cell that says nothing for certain: its meaning is not guessed. */
function mend(text: string): string {
  const listed = JSON.stringify(text);
  return `Mend the cell in the file; or list its text in samples of study.json: "missing": [${listed}] where it stands for no value, "belowDetection": [${listed}] where it stands for less than the limit.`;
}

function readNumber(number: number, element: ElementInput, rules: CellRules): Assay {
  const { missing = [], negative, zero } = rules;
  const { detectionLimit = 0, upperLimit = Number.POSITIVE_INFINITY } = element;
  if (missing.includes(number)) return { state: "missing" };
  if (!Number.isFinite(number)) {
    return unreadable(String(number), false);
  }
  if (number === 0) {
    if (zero === "missing") return { state: "missing", sign: "zero" };
    if (zero === "belowDetection") return belowLimit(element, "zero");
    const remedy =
      'Give "zero": "belowDetection" or "missing" in samples of study.json, or --zero to new-study.';
    return { state: "refused", expected: "a positive concentration", remedy };
  }
  if (number < 0) return readNegative(number, negative);
  if (number < detectionLimit) return { state: "below", limit: detectionLimit };
  if (number > upperLimit) return { state: "above", limit: upperLimit };
  return { state: "known", value: number };
}

function readNegative(number: number, rule: CellRules["negative"]): Assay {
  if (rule === "missing") return { state: "missing", sign: "negative" };
  // -99, -999, -9999 and so on are written for no value, never for a limit.
  const code = /^-9{2,}$/.test(String(number));
  if (rule === "detectionLimit" && !code) {
    return { state: "below", limit: -number, sign: "negative" };
  }
  const remedy = code
    ? `If it stands for no value, list it: "missing": [${number}] in samples of study.json.`
    : 'Give "negative": "detectionLimit" or "missing" in samples of study.json, or --negative to new-study.';
  return { state: "refused", expected: "a positive concentration", remedy };
}

function belowLimit({ detectionLimit, element }: ElementInput, sign?: Sign): Assay {
  if (detectionLimit === undefined) {
    const remedy = `Give the "detectionLimit" of ${element} in samples of study.json.`;
    return { state: "refused", expected: "a limit to be below of", remedy };
  }
  return { state: "below", limit: detectionLimit, ...(sign === undefined ? {} : { sign }) };
}
