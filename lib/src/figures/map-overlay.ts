import type { Region } from "../grid/grid";
import type { Polygon } from "../grid/shapes";
import type { Occurrence, VectorLayer } from "../study/types";
import { clippedSegment } from "./clip";
import {
  type Box,
  type Layer,
  path,
  position,
  type StrokeStyle,
  type SymbolStyle,
  symbols,
  texts,
  tidy,
} from "./drawing";
import { FONT_SIZE, INK, pointStyle } from "./theme";

/** Occurrences drawn alike, under one name in the key. */
export interface MapPoints {
  readonly name: string;
  readonly occurrences: readonly (Pick<Occurrence, "name" | "easting" | "northing"> &
    Partial<Pick<Occurrence, "commodity">>)[];
  /** Shape and colour; those of its place among the sets when absent. */
  readonly symbol?: MapSymbol;
}

/** A symbol by number, so that sets that belong together look alike. */
export interface MapSymbol {
  /** Sets of one kind share shape and colour. */
  readonly kind: number;
  /** White within a coloured line, for the second of two sets of one kind. */
  readonly isOpen?: boolean;
}

/** What is drawn over a raster. */
export interface MapOverlay {
  readonly points?: readonly MapPoints[];
  /** Lines, and the outlines of polygons. */
  readonly features?: readonly Pick<VectorLayer, "name" | "lines" | "polygons">[];
  /** The outline of the study area, drawn under all else. */
  readonly outline?: readonly Polygon[];
  /** Short texts such as ranks, on a halo of white, centred on their place. */
  readonly labels?: readonly MapLabel[];
}

/** A short text at a place in CRS units. */
export interface MapLabel {
  readonly text: string;
  readonly easting: number;
  readonly northing: number;
}

/** Colour and dash of the nth set of features; drawn over a paler halo of the same path. */
export function featureStyle(index: number): StrokeStyle {
  const styles: readonly StrokeStyle[] = [
    { colour: INK, width: 0.6 },
    { colour: "#ffffff", width: 1.1, dash: [4, 2] },
    { colour: INK, width: 1.1, dash: [1.5, 1.5] },
  ];
  return styles[index % styles.length];
}

/** The outline of the study area: heavier than features, and dashed. */
export const OUTLINE_STYLE: StrokeStyle = { colour: INK, width: 1.2, dash: [5, 2] };

/** How the nth set of occurrences is drawn on a map of some width; size in px squared. */
export function occurrenceStyle(
  { symbol }: Pick<MapPoints, "symbol">,
  nth: number,
  count: number,
  mapWidth: number,
): SymbolStyle {
  const index = symbol?.kind ?? nth;
  // Warm colours first: the sequential scales hold blues, greens and yellows.
  const { shape } = pointStyle(index);
  const { colour } = pointStyle([1, 0, 3, 5, 2, 4][index % 6]);
  const size = (count > 100 ? 13 : 30) * Math.min(1, Math.max(0.3, mapWidth / 280));
  return { colour, shape, size, ...(symbol?.isOpen && { isOpen: true }) };
}

/**
 * Features and then occurrences, those outside the region left out.
 *
 * @param hasTooltips whether occurrences tell their name and place under the pointer
 */
export function overlayLayers(
  overlay: MapOverlay,
  region: Region,
  box: Box,
  hasTooltips: boolean,
): Layer[] {
  const place = placing(region, box);
  const features = (overlay.features ?? []).flatMap((feature, index) => {
    const outline = featurePath(feature, region, place);
    if (outline === "") return [];
    const style = featureStyle(index);
    const ground = style.colour === "#ffffff" ? INK : "#ffffff";
    const width = (style.width ?? 1) * (box.width < 200 ? 0.7 : 1);
    const halo = { colour: ground, width: width + 0.9, opacity: 0.55 };
    return [path(outline, halo), path(outline, { ...style, width })];
  });
  const count = Math.max(0, ...(overlay.points ?? []).map((set) => set.occurrences.length));
  const points = (overlay.points ?? []).flatMap((set, index) =>
    symbols(
      set.occurrences
        .filter((occurrence) => isWithin(occurrence, region))
        .map((occurrence) => ({
          ...place(occurrence.easting, occurrence.northing),
          ...toldOf(occurrence, set.name),
        })),
      occurrenceStyle(set, index, count, box.width),
      hasTooltips ? OCCURRENCE_TOOLTIP : undefined,
    ),
  );
  const area = featurePath({ lines: [], polygons: overlay.outline ?? [] }, region, place);
  const width = (OUTLINE_STYLE.width ?? 1) * (box.width < 200 ? 0.6 : 1);
  const outline =
    area === ""
      ? []
      : [
          path(area, { colour: "#ffffff", width: width + 0.9, opacity: 0.55 }),
          path(area, { ...OUTLINE_STYLE, width }),
        ];
  return [...outline, ...features, ...points, ...labelLayers(overlay.labels ?? [], region, place)];
}

/** What is told of an occurrence under the pointer. */
const OCCURRENCE_TOOLTIP = [
  { field: "name", type: "nominal", title: "Occurrence" },
  { field: "kind", type: "nominal", title: "Commodity" },
  { field: "easting", type: "quantitative", title: "Easting (km)", format: ",.1f" },
  { field: "northing", type: "quantitative", title: "Northing (km)", format: ",.1f" },
];

function toldOf(
  { name, commodity, easting, northing }: MapPoints["occurrences"][number],
  setName: string,
) {
  const kind = commodity ?? setName;
  return { name, kind, easting: easting / 1000, northing: northing / 1000 };
}

/**
 * Clear discs over the occurrences of several maps of one size that show the same, which tell of
 * them on a screen: an occurrence a row, set on every map by Vega.
 */
export function occurrenceTargets(
  points: readonly MapPoints[],
  region: Region,
  boxes: readonly Box[],
): Layer[] {
  const { west, east, south, north } = region;
  const values = points.flatMap((set) =>
    set.occurrences
      .filter((occurrence) => isWithin(occurrence, region))
      .map((occurrence) => {
        const { easting, northing, ...told } = toldOf(occurrence, set.name);
        return { ...told, easting: tidy(easting), northing: tidy(northing) };
      }),
  );
  if (values.length === 0) return [];
  const perKilometre = {
    right: (1000 * boxes[0].width) / (east - west),
    down: (1000 * boxes[0].height) / (north - south),
  };
  const list = (edges: readonly number[]) => `[${edges.map(tidy).join(",")}][datum.box]`;
  const lefts = list(boxes.map(({ left }) => left));
  const tops = list(boxes.map(({ top }) => top));
  return [
    {
      data: { values },
      transform: [
        { calculate: `sequence(0, ${boxes.length})`, as: "box" },
        { flatten: ["box"] },
        {
          calculate: `${lefts} + (datum.easting - ${west / 1000}) * ${perKilometre.right}`,
          as: "left",
        },
        {
          calculate: `${tops} + (${north / 1000} - datum.northing) * ${perKilometre.down}`,
          as: "top",
        },
      ],
      mark: { type: "point", filled: true, size: 45, fill: "transparent", aria: false },
      encoding: { ...position(), tooltip: OCCURRENCE_TOOLTIP },
    },
  ];
}

function labelLayers(
  labels: readonly MapLabel[],
  region: Region,
  place: ReturnType<typeof placing>,
): Layer[] {
  const rows = labels
    .filter((label) => isWithin(label, region))
    .map(({ text, easting, northing }) => ({ ...place(easting, northing), text }));
  if (rows.length === 0) return [];
  const style = { size: FONT_SIZE.label, weight: 700 };
  return [texts(rows, { ...style, halo: "#ffffff" }), texts(rows, style)];
}

/** Easting and northing to px: north is up. */
export function placing({ west, east, south, north }: Region, box: Box) {
  return (easting: number, northing: number) => ({
    left: box.left + ((easting - west) / (east - west)) * box.width,
    top: box.top + ((north - northing) / (north - south)) * box.height,
  });
}

function isWithin({ easting, northing }: { easting: number; northing: number }, region: Region) {
  const { west, east, south, north } = region;
  return easting >= west && easting <= east && northing >= south && northing <= north;
}

/** One SVG path for all lines and rings, segments that join drawn without lifting the pen. */
export function featurePath(
  { lines, polygons }: Pick<VectorLayer, "lines" | "polygons">,
  region: Region,
  place: ReturnType<typeof placing>,
): string {
  let outline = "";
  let pen = "";
  const at = (easting: number, northing: number) => {
    const { left, top } = place(easting, northing);
    return `${Math.round(left * 10) / 10},${Math.round(top * 10) / 10}`;
  };
  for (const line of [...lines, ...polygons.flat()]) {
    for (let vertex = 2; vertex < line.length; vertex += 2) {
      const segment = clippedSegment(line, vertex - 2, region);
      if (segment === null) continue;
      const from = at(segment[0], segment[1]);
      const to = at(segment[2], segment[3]);
      if (from === to) continue;
      outline += from === pen ? `L${to}` : `M${from}L${to}`;
      pen = to;
    }
  }
  return outline;
}
