import { type Grid, type Region, regionOf } from "../grid/grid";
import { colourBar, colourBarHeight } from "./colour-bar";
import { type ColourOptions, type ColourScale, colourScale } from "./colour-scale";
import { type Box, drawing, frame, type Layer, texts } from "./drawing";
import { type ColumnWidth, columnWidthPx, type Figure, type FigureText } from "./figure";
import { EASTING_ROOM, eastingTitle, mapAxes, northingRoom, northingTitle } from "./map-axes";
import { type CellNotes, hoverCells } from "./map-hover";
import { mapKey } from "./map-key";
import { mapBoxes } from "./map-layout";
import { type MapOverlay, occurrenceTargets, overlayLayers } from "./map-overlay";
import { gridPicture } from "./raster-picture";
import { scaleBar } from "./scale-bar";
import { figureOf } from "./spec";
import { FONT_SIZE, px } from "./theme";

/** One of several maps. */
export interface MapPanel extends MapOverlay {
  /** Set over the map behind its letter; none for a map that stands alone. */
  readonly heading?: string;
  readonly grid: Grid;
  /** What the colours mean, with the unit, when each map has its own scale. */
  readonly legend?: string;
  readonly colours?: ColourOptions;
}

/** Several maps of one district. */
export interface MapPanelsOptions extends FigureText {
  readonly panels: readonly MapPanel[];
  readonly columns?: number;
  readonly widthMm?: ColumnWidth;
  /** One colour scale for all; without it each map has its own bar. */
  readonly shared?: { readonly legend: string; readonly colours?: ColourOptions };
  /** Drawn on every map that has no overlay of its own. */
  readonly overlay?: MapOverlay;
  /** A scale bar and a north arrow under the maps; a single map has them unless told otherwise. */
  readonly hasScaleBar?: boolean;
  /** What is told of some cells under the pointer besides value and place. */
  readonly notes?: CellNotes;
}

/** Small multiples of maps with letters, axes in kilometres and equal scale in both directions. */
export function mapPanels(options: MapPanelsOptions): Figure {
  const { panels, shared, widthMm = 174, overlay = {} } = options;
  const { hasScaleBar = panels.length === 1 } = options;
  const width = columnWidthPx(widthMm);
  const scales = panelScales(panels, shared?.colours);
  const region = commonRegion(panels.map((panel) => regionOf(panel.grid.geometry)));
  const left = northingRoom(region);
  const columns = options.columns ?? defaultColumns(panels.length, widthMm);
  const barWidth = (width - left) / columns - 12;
  const barHeights = panels.map(({ legend, grid }, index) =>
    colourBarHeight(legend ?? grid.name, scales[index], barWidth),
  );
  const hasHeadings = panels.some((panel) => panel.heading !== undefined);
  const layout = mapBoxes({
    width,
    count: panels.length,
    aspect: (region.north - region.south) / (region.east - region.west),
    columns,
    left,
    headingRoom: hasHeadings ? px(FONT_SIZE.axisTitle) * 1.5 : 2,
    footRoom: shared === undefined ? Math.max(...barHeights) + 14 : 6,
  });
  const lastRow = Math.floor((panels.length - 1) / layout.columns);
  const layers: Layer[] = panels.flatMap((panel, index) => {
    const box = layout.boxes[index];
    // Of a short last row, too: the maps share one region, and axes of two rows would not line up.
    const isLowest = Math.floor(index / layout.columns) === lastRow;
    const bar = { left: box.left, top: box.top + box.height, width: box.width, height: 6 };
    const own =
      shared === undefined
        ? colourBar(scales[index], panel.legend ?? panel.grid.name, {
            ...bar,
            top: bar.top + (isLowest ? EASTING_ROOM + px(FONT_SIZE.axisTitle) * 1.5 : 8),
          }).layers
        : [];
    return [
      ...heading(panel.heading, index, box),
      ...mapLayers(panel, overlay, scales[index], region, box, panels.length === 1),
      ...mapAxes(region, box, {
        easting: isLowest,
        northing: index % layout.columns === 0,
        isBesideAnother: layout.columns > 1,
      }),
      ...(isLowest ? [eastingTitle(box)] : []),
      ...(index % layout.columns === 0 ? [northingTitle(box)] : []),
      ...own,
    ];
  });
  let top = layout.foot + EASTING_ROOM + px(FONT_SIZE.axisTitle) * 1.5;
  if (shared === undefined) {
    top += Math.max(...barHeights);
  } else {
    const span = Math.min(layout.mapsWidth, panels.length === 1 ? layout.mapsWidth : 330);
    const left = layout.mapsLeft + (layout.mapsWidth - span) / 2;
    const bar = colourBar(scales[0], shared.legend, { left, top, width: span, height: 8 });
    layers.push(...bar.layers);
    top += bar.height;
  }
  if (hasScaleBar) {
    const area = { left: layout.mapsLeft, top: top + 2, width: layout.mapsWidth };
    const bar = scaleBar(region, layout.boxes[0], area);
    layers.push(...bar.layers);
    top = area.top + bar.height;
  }
  const keyed = drawnOver(panels.find(hasOwn) ?? panels[0], overlay);
  const key = mapKey(keyed, layout.boxes[0].width, { left: 4, top: top + 5, width: width - 8 });
  layers.push(...key.layers);
  const height = top + (key.height > 0 ? key.height + 7 : 2);
  const answering = answeringLayers(options, region, layout.boxes);
  // What tells of itself lies on top of the cells.
  const [plain, telling] = [false, true].map((tells) =>
    layers.filter(({ encoding }) => "tooltip" in ((encoding ?? {}) as Layer) === tells),
  );
  const live = [...plain, answering[0], ...telling, ...answering.slice(1)];
  const size = [width, height] as const;
  return figureOf(options, widthMm, drawing(...size, layers), drawing(...size, live));
}

/** On a screen: the cells of all maps, and of several maps their occurrences. */
function answeringLayers(
  { panels, shared, overlay = {}, notes }: MapPanelsOptions,
  region: Region,
  boxes: readonly Box[],
): Layer[] {
  const maps = panels.map(({ heading, legend, grid }, index) => {
    const name = heading ?? grid.name;
    return { name: legend ? `${name} (${legend})` : name, grid, box: boxes[index] };
  });
  const single = panels.length === 1 ? panels[0].legend : undefined;
  const cells = hoverCells(maps, region, shared?.legend ?? single ?? "Value", notes);
  if (panels.length === 1) return [cells];
  const drawn = panels.map((panel) => drawnOver(panel, overlay).points);
  const kinds = [...new Set(drawn)].flatMap((points) =>
    points === undefined
      ? []
      : occurrenceTargets(
          points,
          region,
          boxes.filter((_, index) => drawn[index] === points),
        ),
  );
  return [cells, ...kinds];
}

/** The smallest region that holds all, so that maps of unlike patch sizes lie alike. */
function commonRegion(regions: readonly Region[]): Region {
  return {
    west: Math.min(...regions.map(({ west }) => west)),
    east: Math.max(...regions.map(({ east }) => east)),
    south: Math.min(...regions.map(({ south }) => south)),
    north: Math.max(...regions.map(({ north }) => north)),
  };
}

function panelScales(panels: readonly MapPanel[], shared?: ColourOptions): ColourScale[] {
  if (shared === undefined) {
    return panels.map(({ grid, colours }) => colourScale(grid.values, colours));
  }
  const all = colourScale(concatenated(panels.map(({ grid }) => grid.values)), shared);
  return panels.map(() => all);
}

function concatenated(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function mapLayers(
  panel: MapPanel,
  overlay: MapOverlay,
  scale: ColourScale,
  region: Region,
  box: Box,
  hasTooltips: boolean,
): Layer[] {
  const picture = gridPicture(panel.grid, scale, region, box);
  const drawn = drawnOver(panel, overlay);
  return [picture, ...overlayLayers(drawn, region, box, hasTooltips), frame(box)];
}

/** What is drawn over a map: its own points and features, else those of all; and the outline. */
function drawnOver(panel: MapOverlay, overlay: MapOverlay): MapOverlay {
  const outline = panel.outline ?? overlay.outline;
  return { ...(hasOwn(panel) ? panel : overlay), ...(outline && { outline }) };
}

function hasOwn({ points, features }: MapOverlay): boolean {
  return points !== undefined || features !== undefined;
}

function heading(text: string | undefined, index: number, box: Box): Layer[] {
  if (text === undefined) return [];
  const top = box.top - 3;
  const letter = String.fromCharCode("a".charCodeAt(0) + index);
  const style = { align: "left", baseline: "bottom", size: FONT_SIZE.axisTitle } as const;
  return [
    texts([{ left: box.left, top, text: letter }], { ...style, weight: 600 }),
    texts([{ left: box.left + 10, top, text }], style),
  ];
}

function defaultColumns(count: number, widthMm: ColumnWidth): number {
  if (widthMm === 84) return Math.min(2, count);
  if (count <= 4) return count;
  if (count <= 6) return 3;
  // As few rows of at most five as hold all, filled as evenly as they can be.
  return Math.ceil(count / Math.ceil(count / 5));
}
