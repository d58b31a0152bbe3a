import type { EvidenceLayer } from "../manifest/evidence-layer";
import type { SamplesInput } from "../manifest/manifest";
import type { Edits } from "./column-edits";
import { nameColumns } from "./columns";
import type { PointsFile } from "./points-file";
import { sampleColumns } from "./sample-columns";
import type { Wishes } from "./wishes";

/** Windows of the singularity index in mean sample spacings. */
const SPACINGS = [1, 3, 5, 7, 9, 11];
/** Nearest samples of kriging. */
const NEIGHBOURS = 16;

/** How a manifest reads the samples, and what was taken for granted. */
export interface SamplesFound {
  readonly input: SamplesInput;
  /** Cells that are written anew, and what is not read as it stands. */
  readonly edits: Edits;
  readonly steps: readonly string[];
  readonly notes: readonly string[];
}

/** The column with the samples' names, if there is one. */
export function sampleNames({ given, columns }: PointsFile, { nameOf }: Wishes) {
  return nameOf.get(given) ?? nameColumns(columns)[0];
}

/**
 * How samples are read: elements from columns that are named so, once they were examined.
 *
 * @throws InputError when no column is named as an element, one names no unit, or holds what cannot be
 *   a concentration in it
 */
export function samplesFound(points: PointsFile, wishes: Wishes): SamplesFound {
  const { source, columns, taken } = points;
  const name = sampleNames(points, wishes);
  const { elements, unusable, merged, edits, steps } = sampleColumns(points, name, wishes);
  const used = [...taken, ...elements.map(({ column }) => column), ...merged, name];
  const skipped = columns.filter((column) => !used.includes(column) && !unusable.includes(column));
  const { missing, negative, zero, sheet, levelSheets } = wishes;
  return {
    input: {
      ...source,
      ...(name === undefined ? {} : { name }),
      elements,
      ...(sheet === undefined ? {} : { sheet }),
      ...(sheet === undefined || !levelSheets ? {} : { levelling: "median" as const }),
      ...(missing.length === 0 ? {} : { missing }),
      ...(negative === undefined ? {} : { negative }),
      ...(zero === undefined ? {} : { zero }),
    },
    edits,
    steps,
    notes: [
      ...points.notes,
      `${source.file}: ${elements.map(({ element, unit }) => `${element} (${unit})`).join(", ")}`,
      ...(unusable.length === 0
        ? []
        : [
            `${source.file}: left out, since it is empty or has one value only: ${unusable.join(", ")}`,
          ]),
      ...steps.map((step) => `${source.file}: ${step}`),
      ...(skipped.length === 0 ? [] : [`${source.file}: not used: ${skipped.join(", ")}`]),
    ],
  };
}

/** One layer an element, the main commodity's held favourable when high. */
export function sampleEvidence(
  { elements }: SamplesInput,
  { method, only }: Wishes,
  mainCommodity: string,
): EvidenceLayer[] {
  return elements
    .filter(({ element }) => only?.includes(element) ?? true)
    .map(({ element, unit }) => ({
      id: `${element} ${method}`,
      label: element,
      title: method === "singularity" ? `Singularity of ${element}` : `${element}, logarithm`,
      unit: method === "singularity" ? "" : `ln ${unit}`,
      favourable: element === mainCommodity ? "high" : null,
      origin:
        method === "singularity"
          ? { from: "samples", method, element, spacings: SPACINGS }
          : method === "kriging"
            ? { from: "samples", method, element, transform: "log", neighbours: NEIGHBOURS }
            : { from: "samples", method, element, transform: "log" },
    }));
}
