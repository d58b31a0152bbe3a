import type { DrawnPart } from "./colour-bar";
import {
  type Layer,
  path,
  type StrokeStyle,
  type SymbolStyle,
  strokes,
  symbols,
  texts,
} from "./drawing";
import { featureStyle, type MapOverlay, OUTLINE_STYLE, occurrenceStyle } from "./map-overlay";
import { textWidth } from "./text-metrics";
import { FONT_SIZE, INK, px } from "./theme";

const ROW = px(FONT_SIZE.label) * 1.4;
const SAMPLE = 16;
const GAP = 12;

/** The key of symbols and lines, set in centred rows under a map. */
export function mapKey(
  overlay: MapOverlay,
  mapWidth: number,
  area: { left: number; top: number; width: number },
): DrawnPart {
  const count = Math.max(0, ...(overlay.points ?? []).map((set) => set.occurrences.length));
  const entries = [
    ...(overlay.points ?? []).map((set, index) => ({
      name: set.name,
      sample: occurrenceSample(occurrenceStyle(set, index, count, mapWidth)),
    })),
    ...(overlay.features ?? []).map((feature, index) => ({
      name: feature.name,
      sample: (left: number, top: number): Layer[] => lineSample(featureStyle(index), left, top),
    })),
    ...(overlay.outline === undefined ? [] : [OUTLINE_KEY]),
  ];
  return keyRows(entries, area);
}

/** A name and the sample before it, drawn from a place in the middle of its row. */
export interface KeyEntry {
  readonly name: string;
  readonly sample: (left: number, top: number) => readonly Layer[];
}

/** Entries of a key in centred rows. */
export function keyRows(
  entries: readonly KeyEntry[],
  area: { left: number; top: number; width: number },
): DrawnPart {
  const rows = flowed(entries, area.width);
  const layers = rows.flatMap((row, line) => {
    let left = area.left + (area.width - row.width) / 2;
    const top = area.top + (line + 0.5) * ROW;
    return row.entries.flatMap(({ name, sample }) => {
      const at = left;
      left += entryWidth(name) + GAP;
      return [
        ...sample(at, top),
        texts([{ left: at + SAMPLE + 4, top, text: name }], { align: "left" }),
      ];
    });
  });
  return { layers, height: rows.length * ROW };
}

/** A sample of ground painted in a colour. */
export function groundSample(colour: string): KeyEntry["sample"] {
  return (left, top) => [
    path(`M${left},${top - 4}h${SAMPLE}v8h${-SAMPLE}Z`, { fill: colour, colour, width: 0.5 }),
  ];
}

/** A sample of occurrences. */
export function occurrenceSample(style: SymbolStyle): KeyEntry["sample"] {
  return (left, top) => symbols([{ left: left + SAMPLE / 2, top }], { ...style, size: 26 });
}

const OUTLINE_KEY = {
  name: "study area",
  sample: (left: number, top: number) => lineSample(OUTLINE_STYLE, left, top),
};

function lineSample(style: StrokeStyle, left: number, top: number): Layer[] {
  const sample = { left, top, right: left + SAMPLE, bottom: top };
  if (style.colour !== "#ffffff") return [strokes([sample], style)];
  // A white line is shown on the dark ground that it has on the map.
  const ground = `M${left},${top}h${SAMPLE}`;
  return [path(ground, { colour: INK, width: 3 }), strokes([sample], style)];
}

function flowed(entries: readonly KeyEntry[], room: number) {
  const rows: { entries: KeyEntry[]; width: number }[] = [];
  for (const entry of entries) {
    const width = entryWidth(entry.name);
    const row = rows[rows.length - 1];
    if (row !== undefined && row.width + GAP + width <= room) {
      row.entries.push(entry);
      row.width += GAP + width;
    } else {
      rows.push({ entries: [entry], width });
    }
  }
  return rows;
}

function entryWidth(name: string): number {
  return SAMPLE + 4 + textWidth(name, px(FONT_SIZE.label));
}
