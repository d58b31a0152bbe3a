import type { Region } from "../grid/grid";
import { medianOf, samplesBySheet } from "../samples/sheets";
import type { SampleTable } from "../samples/types";
import { holmAdjusted } from "./holm";
import { mannWhitney } from "./mann-whitney";

/** Samples on each side of an edge below which nothing is tested. */
const FEWEST = 10;

/** What one element does across the edge of two map sheets. */
export interface SheetEdge {
  readonly element: string;
  readonly first: string;
  readonly second: string;
  /** Samples of each sheet within reach of one of the other, with a value. */
  readonly counts: readonly [number, number];
  /** Median of the first side over that of the second. */
  readonly ratio: number;
  /** Of Mann and Whitney's test, raised by Holm's over all edges and elements. */
  readonly pValue: number;
}

/**
 * Compares samples on either side of the edge of two map sheets: of each sheet those within reach of a
 * sample of the other, so that the ground is much the same. Ground may change at a sheet's edge by
 * chance, and neighbours are alike, so that p is too small; a jump of many elements at once is what
 * laboratories do.
 *
 * @param reach in CRS units, such as two sample spacings
 * @returns by falling size of the jump; none for samples without sheets
 */
export function sheetEdges(
  { eastings, northings, elements, sheets }: SampleTable,
  reach: number,
): SheetEdge[] {
  if (sheets === undefined) return [];
  const members = samplesBySheet({ sheets });
  const names = [...members.keys()];
  const boxes = new Map(
    [...members].map(([name, samples]) => [name, boxOf({ eastings, northings }, samples)]),
  );
  const isNear = (sample: number, others: readonly number[]) =>
    others.some(
      (other) =>
        Math.hypot(eastings[sample] - eastings[other], northings[sample] - northings[other]) <=
        reach,
    );
  const found = names.flatMap((first, at) =>
    names.slice(at + 1).flatMap((second) => {
      if (gapOf(boxes.get(first)!, boxes.get(second)!) > reach) return [];
      const [one, two] = [members.get(first)!, members.get(second)!];
      const sides = [
        one.filter((each) => isNear(each, two)),
        two.filter((each) => isNear(each, one)),
      ];
      return elements.flatMap(({ element, values }): SheetEdge[] => {
        const [a, b] = sides.map((side) =>
          side.map((sample) => values[sample]).filter((value) => !Number.isNaN(value)),
        );
        if (Math.min(a.length, b.length) < FEWEST) return [];
        const { pValue } = mannWhitney(a, b);
        const ratio = medianOf(a) / medianOf(b);
        return [{ element, first, second, counts: [a.length, b.length], ratio, pValue }];
      });
    }),
  );
  const adjusted = holmAdjusted(found.map(({ pValue }) => pValue));
  return found
    .map((edge, at) => ({ ...edge, pValue: adjusted[at] }))
    .sort((one, other) => Math.abs(Math.log(other.ratio)) - Math.abs(Math.log(one.ratio)));
}

function boxOf(
  { eastings, northings }: Pick<SampleTable, "eastings" | "northings">,
  samples: readonly number[],
): Region {
  const box = { west: Infinity, east: -Infinity, south: Infinity, north: -Infinity };
  for (const sample of samples) {
    box.west = Math.min(box.west, eastings[sample]);
    box.east = Math.max(box.east, eastings[sample]);
    box.south = Math.min(box.south, northings[sample]);
    box.north = Math.max(box.north, northings[sample]);
  }
  return box;
}

/** How far two boxes are apart; 0 where they overlap. */
function gapOf(one: Region, other: Region): number {
  const across = Math.max(one.west - other.east, other.west - one.east, 0);
  const up = Math.max(one.south - other.north, other.south - one.north, 0);
  return Math.hypot(across, up);
}
