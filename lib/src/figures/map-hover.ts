import type { Grid, Region } from "../grid/grid";
import { type Box, type Layer, tidy } from "./drawing";
import { commonStep, meanCells, type Packing, packedCells } from "./hover-cells";
import type { Json } from "./json";
import { placing } from "./map-overlay";

/** What maps tell of some cells besides value and place, such as the number of a target. */
export interface CellNotes {
  readonly title: string;
  /** By index of a grid's cells. */
  readonly byCell: ReadonlyMap<number, string>;
}

/** How cells are painted that are not clear: each of them is drawn, however many they are. */
export interface CellPaint {
  /** Encoding of fill and stroke by `datum.amount`, the value of a cell. */
  readonly encoding: Layer;
  readonly packing: Packing;
}

/** Notes by index of a grid's cells. */
export interface CellNotes {
  readonly title: string;
  readonly byCell: ReadonlyMap<number, string>;
}

/** A map where it stands in a figure. */
export interface HoverMap {
  /** Told where a figure has several maps. */
  readonly name: string;
  readonly grid: Grid;
  readonly box: Box;
}

/** Most cells of a figure that answer to the pointer: browsers grow slow beyond. */
const MOST_CELLS = 8_000;

/** Significant digits that are told. */
const DIGITS = 3;

const CLEAR: CellPaint = { encoding: {}, packing: { digits: DIGITS } };

/**
 * One layer of clear cells over all maps of a figure, which tell value and place under the pointer
 * on a screen. Where the maps have too many cells, squares of several tell their mean, and say so.
 *
 * @param region that each box shows
 */
export function hoverCells(
  maps: readonly HoverMap[],
  region: Region,
  valueTitle: string,
  notes?: CellNotes,
  { encoding, packing }: CellPaint = CLEAR,
): Layer {
  const grids = maps.map(({ grid }) => grid);
  const step = commonStep(grids, packing === CLEAR.packing ? MOST_CELLS : Number.POSITIVE_INFINITY);
  const rows = maps.map((map, at) => ({
    ...{ at, map: map.name, kind: map.grid.cell ?? "pixel" },
    ...cellsOf(map, region, step, packing),
    ...(notes && { note: notesOf(map.grid, notes, step) }),
  }));
  const tooltip = [
    ...(maps.length > 1 ? [told("map", "Map")] : []),
    told("told", valueTitle),
    ...(notes ? [told("noted", notes.title)] : []),
    told("easting", "Easting (km)"),
    told("northing", "Northing (km)"),
    told("cell", step === 1 ? "Cell" : "Mean over"),
  ];
  const where =
    step === 1
      ? "datum.kind + ' in row ' + (datum.row + 1) + ', column ' + (datum.column + 1)"
      : `'${step} × ${step} ' + datum.kind + 's, ' + format(datum.east, '.3~r') + ' × ' + format(datum.south, '.3~r') + ' km'`;
  return {
    data: { values: rows },
    transform: [
      { flatten: notes ? ["value", "note"] : ["value"] },
      { window: [{ op: "row_number", as: "nth" }], groupby: ["at"] },
      { filter: "datum.value !== null" },
      ...calculated({
        row: "floor((datum.nth - 1) / datum.columns)",
        column: "(datum.nth - 1) % datum.columns",
        x: "datum.left + datum.column * datum.across",
        y: "datum.top + datum.row * datum.down",
        x2: "min(datum.x + datum.across, datum.right)",
        y2: "min(datum.y + datum.down, datum.bottom)",
        amount: "datum.value * datum.unit",
        told: "format(datum.amount, ',.' + datum.decimals + 'f')",
        easting: "format(datum.west + datum.column * datum.east, ',.1f')",
        northing: "format(datum.north - datum.row * datum.south, ',.1f')",
        cell: where,
        ...(notes && { noted: "datum.note || '–'" }),
      }),
    ],
    mark: { type: "rect", fill: "transparent", aria: false },
    encoding: {
      ...encoding,
      x: { field: "x", type: "quantitative", scale: null, axis: null },
      y: { field: "y", type: "quantitative", scale: null, axis: null },
      x2: { field: "x2" },
      y2: { field: "y2" },
      tooltip,
    },
  };
}

/** The cells of a map: where the first lies and how far it is to the next, in px and in km. */
function cellsOf({ grid, box }: HoverMap, region: Region, step: number, packing: Packing) {
  const { geometry } = grid;
  const [west, width, , north, , minusHeight] = geometry.transform;
  const place = placing(region, box);
  const first = place(west, north);
  const second = place(west + step * width, north + step * minusHeight);
  const last = place(west + geometry.width * width, north + geometry.height * minusHeight);
  const { counts, unit, decimals } = packedCells(meanCells(grid, step), packing);
  return {
    columns: Math.ceil(geometry.width / step),
    ...{ left: tidy(first.left), top: tidy(first.top) },
    ...{ across: fine(second.left - first.left), down: fine(second.top - first.top) },
    ...{ right: tidy(last.left), bottom: tidy(last.top) },
    // Centre of the first cell.
    west: fine((west + (step * width) / 2) / 1000),
    north: fine((north + (step * minusHeight) / 2) / 1000),
    ...{ east: fine((step * width) / 1000), south: fine((-step * minusHeight) / 1000) },
    // Told as finely as clear cells are, however finely they are kept.
    ...{ unit, decimals: Math.max(0, decimals - finer(packing)), value: counts },
  };
}

function finer(packing: Packing): number {
  return "digits" in packing ? packing.digits - DIGITS : 0;
}

/** Of a square of several cells the first note; nothing where there is none. */
function notesOf({ geometry: { width, height } }: Grid, { byCell }: CellNotes, step: number) {
  const columns = Math.ceil(width / step);
  const notes = new Array<string>(columns * Math.ceil(height / step)).fill("");
  for (const [cell, note] of byCell) {
    const row = Math.floor(Math.floor(cell / width) / step);
    const at = row * columns + Math.floor((cell % width) / step);
    if (notes[at] === "") notes[at] = note;
  }
  return notes;
}

function told(field: string, title: string) {
  return { field, type: "nominal", title };
}

/** Fields by Vega expression, each after those that it is made of. */
export function calculated(fields: Readonly<Record<string, string>>): Json[] {
  return Object.entries(fields).map(([as, calculate]) => ({ calculate, as }));
}

/** Fine enough to be multiplied by hundreds of cells. */
function fine(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
