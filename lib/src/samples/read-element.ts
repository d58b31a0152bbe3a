import { InputError } from "../errors";
import type { PointRow } from "../formats/points";
import type { ElementInput } from "../manifest/manifest";
import { type Assay, type CellRules, readCell } from "./read-cell";
import type { SampleElement } from "./types";

/**
 * One element at all rows. A value below detection becomes `replacement` times its limit (simple
 * multiplicative replacement: Martín-Fernández et al. 2003), one above its limit the limit.
 *
 * @throws InputError for the first cell that no rule can read, by row and column
 */
export function readElement(
  rows: readonly PointRow[],
  input: ElementInput,
  rules: CellRules,
  replacement: number,
  file: string,
): SampleElement {
  const assays = rows.map(({ place, fields }) => {
    const assay = readCell(fields[input.column], input, rules);
    if (assay.state !== "refused") return assay;
    throw new InputError({
      kind: "values",
      file,
      field: `${place}, ${input.column}`,
      found: JSON.stringify(fields[input.column]),
      expected: assay.expected,
      remedy: assay.remedy,
    });
  });
  const count = (test: (assay: Assay) => boolean) => assays.filter(test).length;
  return {
    element: input.element,
    unit: input.unit,
    values: Float64Array.from(assays, (assay) => assayed(assay, replacement)),
    quality: {
      rows: rows.length,
      missing: count(({ state }) => state === "missing"),
      censoredLow: count(({ state }) => state === "below"),
      censoredHigh: count(({ state }) => state === "above"),
      zeros: count((assay) => "sign" in assay && assay.sign === "zero"),
      negatives: count((assay) => "sign" in assay && assay.sign === "negative"),
      detectionLimits: limits(assays, "below"),
      upperLimits: limits(assays, "above"),
      replacement,
    },
  };
}

function assayed(assay: Assay, replacement: number): number {
  if (assay.state === "known") return assay.value;
  if (assay.state === "below") return replacement * assay.limit;
  return assay.state === "above" ? assay.limit : Number.NaN;
}

function limits(assays: readonly Assay[], state: "below" | "above"): number[] {
  const met = assays.flatMap((assay) =>
    (assay.state === "below" || assay.state === "above") && assay.state === state
      ? [assay.limit]
      : [],
  );
  return [...new Set(met)].sort((one, other) => one - other);
}
