import type { DrawnPart } from "./colour-bar";
import { type Layer, path, symbols, texts, tidy } from "./drawing";
import type { GeologyUnit } from "./geology-layers";
import { type MapOverlay, OUTLINE_STYLE, occurrenceStyle } from "./map-overlay";
import { textWidth, wrappedText } from "./text-metrics";
import { FONT_SIZE, px } from "./theme";

const LINE = px(FONT_SIZE.label) * 1.22;
const ENTRY_GAP = 3.5;
const GROUP_GAP = 6;
const SAMPLE = { width: 18, height: 10 };
const TEXT_LEFT = SAMPLE.width + 6;
const COLUMN_GAP = 12;

/** A heading, or a sample with its name. */
interface KeyRow {
  readonly lines: readonly string[];
  readonly isHeading: boolean;
  readonly sample: (left: number, middle: number) => Layer[];
  readonly height: number;
}

const HEADINGS = { rock: "Rocks", intrusion: "Intrusions", line: "Structures" } as const;

/** The key of a geological map in columns: rocks, intrusions, structures, occurrences. */
export function geologyKey(
  units: readonly GeologyUnit[],
  overlay: MapOverlay,
  mapWidth: number,
  area: { readonly left: number; readonly top: number; readonly width: number },
  columns: number,
): DrawnPart {
  const width = (area.width - (columns - 1) * COLUMN_GAP) / columns;
  const rows = keyRows(units, overlay, mapWidth, width);
  const groups = inColumns(rows, columns);
  const layers = groups.flatMap((group, column) => {
    let top = area.top;
    const left = area.left + column * (width + COLUMN_GAP);
    return group.flatMap((row, index) => {
      if (row.isHeading && index > 0) top += GROUP_GAP;
      const at = top;
      top += row.height + ENTRY_GAP;
      return rowLayers(row, left, at);
    });
  });
  return { layers, height: Math.max(0, ...groups.map(heightOf)) };
}

function keyRows(
  units: readonly GeologyUnit[],
  { points = [], outline }: MapOverlay,
  mapWidth: number,
  width: number,
): KeyRow[] {
  const group = (kind: keyof typeof HEADINGS) => {
    const members = units.filter(({ as }) =>
      kind === "line" ? as === "fault" || as === "thrust" : as === kind,
    );
    const rows = members.map((unit) => entry(unit.name, width, unitSample(unit)));
    return rows.length === 0 ? [] : [heading(HEADINGS[kind]), ...rows];
  };
  const count = Math.max(0, ...points.map(({ occurrences }) => occurrences.length));
  const occurrences = points.map((set, index) => {
    const style = { ...occurrenceStyle(set, index, count, mapWidth), size: 30 };
    return entry(set.name, width, (left, top) =>
      symbols([{ left: left + SAMPLE.width / 2, top }], style),
    );
  });
  return [
    ...group("rock"),
    ...group("intrusion"),
    ...group("line"),
    ...(occurrences.length === 0 ? [] : [heading("Occurrences"), ...occurrences]),
    ...(outline === undefined
      ? []
      : [heading("Limits"), entry("Study area", width, outlineSample)]),
  ];
}

function heading(text: string): KeyRow {
  return { lines: [text], isHeading: true, sample: () => [], height: LINE };
}

function entry(name: string, width: number, sample: KeyRow["sample"]): KeyRow {
  const room = width - TEXT_LEFT;
  const text = capital(name);
  const size = px(FONT_SIZE.label);
  const lines = textWidth(text, size) <= room ? [text] : wrappedText(text, room, size);
  return { lines, isHeading: false, sample, height: Math.max(SAMPLE.height, lines.length * LINE) };
}

function outlineSample(left: number, middle: number): Layer[] {
  return [path(`M${tidy(left)},${tidy(middle)}h${SAMPLE.width}`, OUTLINE_STYLE)];
}

function unitSample({ style }: GeologyUnit): KeyRow["sample"] {
  return (left, middle) => {
    if (style.fill === undefined)
      return [path(`M${tidy(left)},${tidy(middle)}h${SAMPLE.width}`, style)];
    const top = tidy(middle - SAMPLE.height / 2);
    const outline = `M${tidy(left)},${top}h${SAMPLE.width}v${SAMPLE.height}h${-SAMPLE.width}Z`;
    return [path(outline, { ...style, width: 0.6 })];
  };
}

function rowLayers(
  { lines, isHeading, sample, height }: KeyRow,
  left: number,
  top: number,
): Layer[] {
  const middle = top + height / 2;
  const first = middle - ((lines.length - 1) * LINE) / 2;
  return [
    ...sample(left, middle),
    texts(
      lines.map((text, line) => ({
        left: left + (isHeading ? 0 : TEXT_LEFT),
        top: first + line * LINE,
        text,
      })),
      { align: "left", weight: isHeading ? 600 : 400 },
    ),
  ];
}

/** Rows in columns, none broken inside a group unless one group is longer than a column. */
function inColumns(rows: readonly KeyRow[], columns: number): KeyRow[][] {
  const groups: KeyRow[][] = [];
  for (const row of rows) {
    if (row.isHeading) groups.push([row]);
    else groups[groups.length - 1].push(row);
  }
  const filled: KeyRow[][] = Array.from({ length: columns }, () => []);
  const share = heightOf(rows) / columns;
  let column = 0;
  for (const group of groups) {
    const before = heightOf(filled[column]);
    if (column < columns - 1 && before > 0 && before + heightOf(group) / 2 > share) column += 1;
    filled[column].push(...group);
  }
  return filled.filter((group) => group.length > 0);
}

function heightOf(rows: readonly KeyRow[]): number {
  return rows.reduce(
    (sum, row, index) =>
      sum + row.height + (index > 0 ? ENTRY_GAP : 0) + (row.isHeading && index > 0 ? GROUP_GAP : 0),
    0,
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
