import { InputError } from "../errors";
import type { EvidenceLayer } from "../manifest/evidence-layer";
import type { ElementInput, SamplesInput } from "../manifest/manifest";
import { nameColumns } from "./columns";
import { elementColumns } from "./element-columns";
import type { PointsFile } from "./points-file";
import type { Wishes } from "./wishes";

/** Windows of the singularity index in mean sample spacings. */
const SPACINGS = [1, 3, 5, 7, 9, 11];
/** Nearest samples of kriging. */
const NEIGHBOURS = 16;

/** How a manifest reads the samples, and what was taken for granted. */
export interface SamplesFound {
  readonly input: SamplesInput;
  readonly notes: readonly string[];
}

/**
 * How samples are read: elements from columns that are named so, codes such as -9999 as no value.
 *
 * @throws InputError when no column is named as an element, or one names no unit
 */
export function samplesFound(points: PointsFile, wishes: Wishes): SamplesFound {
  const { source, columns, rows, taken } = points;
  const name = wishes.nameOf.get(points.given) ?? nameColumns(columns)[0];
  const all = elementsOf(points, name, wishes);
  const unusable = unusableElements(rows, all, wishes);
  const elements = all.filter((element) => !unusable.includes(element));
  const codes = missingCodes(rows, elements).filter((code) => !wishes.missing.includes(code));
  const missing = [...wishes.missing, ...codes];
  const skipped = columns.filter(
    (column) =>
      !taken.includes(column) && column !== name && elements.every((one) => one.column !== column),
  );
  const { negative, zero, sheet, levelSheets } = wishes;
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
    notes: [
      ...points.notes,
      `${source.file}: ${elements.map(({ element, unit }) => `${element} (${unit})`).join(", ")}`,
      ...(unusable.length === 0
        ? []
        : [
            `${source.file}: left out, since it is empty or has one value only: ${unusable.map(({ column }) => column).join(", ")}`,
          ]),
      ...(codes.length === 0 ? [] : [`${source.file}: ${codes.join(", ")} taken as no value`]),
      ...(skipped.length === 0 ? [] : [`${source.file}: not used: ${skipped.join(", ")}`]),
    ],
  };
}

/** Elements that the researcher names, then those of columns, the first column of each. */
function elementsOf(
  { source: { file }, columns, taken }: PointsFile,
  name: string | undefined,
  wishes: Wishes,
): ElementInput[] {
  const named = new Set(wishes.elements.map(({ column }) => column));
  const guessed = elementColumns(columns, name === undefined ? taken : [...taken, name])
    .filter(({ column }) => !named.has(column))
    .filter(({ element }, at, all) => all.findIndex((one) => one.element === element) === at)
    .filter(({ element }) => wishes.elements.every((one) => one.element !== element))
    .map(({ unit, ...rest }) => ({ ...rest, unit: unit ?? wishes.unit ?? null }));
  const without = guessed.filter(({ unit }) => unit === null).map(({ column }) => column);
  if (without.length > 0) {
    throw new InputError({
      kind: "format",
      file,
      field: "units",
      found: `no unit in the names of the columns ${without.join(", ")}`,
      expected: "names such as Au_ppb, or the unit given",
      remedy: `--unit ppm gives that of all; --element ${without[0]}=${without[0]}:ppb that of one.`,
    });
  }
  const elements = [...wishes.elements, ...(guessed as ElementInput[])];
  requireKnown("--only", wishes.only, elements, file);
  requireKnown("--elements", wishes.readElements, elements, file);
  const read = elements.filter(({ element }) => wishes.readElements?.includes(element) ?? true);
  if (read.length > 0) return read;
  throw new InputError({
    kind: "format",
    file,
    field: "elements",
    found: `the columns ${columns.join(", ")}`,
    expected: "columns named as elements, such as Au_ppb or As (ppm)",
    remedy: "--element As=COLUMN:ppm names one.",
  });
}

function requireKnown(
  field: string,
  names: readonly string[] | undefined,
  elements: readonly ElementInput[],
  file: string,
): void {
  const unknown = names?.find((name) => elements.every(({ element }) => element !== name));
  if (unknown === undefined) return;
  throw new InputError({
    ...{ kind: "parameter", file, field, found: unknown },
    expected: `elements of the samples: ${elements.map(({ element }) => element).join(", ")}`,
  });
}

/**
 * Elements whose column is empty, or says the same in every row, and that no option asks for: they
 * can be no evidence, and must not stop that of others.
 */
function unusableElements(
  rows: PointsFile["rows"],
  elements: readonly ElementInput[],
  { only, readElements, elements: named, missing }: Wishes,
): ElementInput[] {
  const asked = [...(only ?? readElements ?? []), ...named.map(({ element }) => element)];
  const none = ["", "NA", "N/A", "NaN", "null", "-", ...missing.map(String)];
  return elements.filter(({ element, column }) => {
    if (asked.includes(element)) return false;
    const said = new Set(rows.map((row) => String(row[column] ?? "").trim()));
    return (
      [...said].filter((text) => !none.includes(text) && !/^-9{2,}(\.0+)?$/.test(text)).length < 2
    );
  });
}

/** Numbers of nines that stand for no value, -99, -999 and so on, in the columns of elements. */
function missingCodes(rows: PointsFile["rows"], elements: readonly ElementInput[]): number[] {
  const codes = new Set<number>();
  for (const row of rows) {
    for (const { column } of elements) {
      const text = String(row[column] ?? "").trim();
      if (/^-9{2,}(\.0+)?$/.test(text)) codes.add(Number(text));
    }
  }
  return [...codes].sort((one, other) => other - one);
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
