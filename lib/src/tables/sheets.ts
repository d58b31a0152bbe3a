import { type SheetEdge, sheetEdges } from "../evaluation/sheet-edges";
import { medianOf, samplesBySheet } from "../samples/sheets";
import { surveyOf } from "../samples/survey";
import type { Study } from "../study/types";
import type { Row } from "./table";

/** Sample spacings within which samples stand on either side of an edge. */
const REACH = 2;

/** One row a map sheet: its samples, and of each element the median and the share at its least value. */
export function sheetRows({ samples }: Pick<Study, "samples">): Row[] {
  const { sheets, elements = [] } = samples ?? {};
  if (sheets === undefined) return [];
  return [...samplesBySheet({ sheets })].map(([sheet, members]) => ({
    sheet,
    samples: members.length,
    ...Object.fromEntries(
      elements.map(({ element, unit, values }) => {
        const known = members.map((at) => values[at]).filter((value) => !Number.isNaN(value));
        const least = Math.min(...known);
        const share = (100 * known.filter((value) => value === least).length) / known.length;
        const median = Number(medianOf(known).toPrecision(3));
        const text = known.length === 0 ? null : `${median} (${share.toFixed(0)} %)`;
        return [`${element} (${unit})`, text];
      }),
    ),
  }));
}

/** Edges at which an element jumps more than chance would have it, the largest jumps first. */
export function jumpingEdges({
  samples,
  region,
  area,
}: Pick<Study, "samples" | "region" | "area">): {
  readonly tested: number;
  readonly jumps: SheetEdge[];
} {
  if (samples === null) return { tested: 0, jumps: [] };
  const edges = sheetEdges(samples, REACH * surveyOf(samples, region, area).spacing);
  return { tested: edges.length, jumps: edges.filter(({ pValue }) => pValue < 0.05) };
}

/** One row a jump. */
export function edgeRows(jumps: readonly SheetEdge[]): Row[] {
  return jumps.map(({ element, first, second, counts, ratio, pValue }) => ({
    element,
    edge: `${first} | ${second}`,
    samples: counts.join(" | "),
    "ratio of medians": Number(ratio.toPrecision(3)),
    "p (Holm)": Number(pValue.toPrecision(1)),
  }));
}

/** What the edges of map sheets show. */
export function sheetSentence(
  { samples }: Pick<Study, "samples">,
  { tested, jumps }: ReturnType<typeof jumpingEdges>,
): string {
  const elements = [...new Set(jumps.map(({ element }) => element))];
  const levelled = samples?.levelled
    ? " Sheets were levelled to one median, which also takes away what the ground differs by."
    : "";
  const which = elements.length === 0 ? "" : `: ${elements.join(", ")}`;
  return `Of ${tested} comparisons of an element across the edge of two sheets, among samples within ${REACH} spacings of the other sheet, ${jumps.length} differ at the 5 % level after Holm's correction${which}.${levelled}`;
}
