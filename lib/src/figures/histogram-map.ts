import { patchGrid } from "../patches/assemble";
import { assignOccurrences } from "../patches/occurrences";
import type { Patches } from "../patches/types";
import type { Study } from "../study/types";
import { areaOverlay } from "./area-overlay";
import { colourScale } from "./colour-scale";
import { drawing, type Layer } from "./drawing";
import type { Figure, FigureText } from "./figure";
import { brushedCounts, brushedHistogram, countLines, IS_BRUSHED } from "./histogram-brush";
import type { Json } from "./json";
import { mapGround, occurrenceMarks } from "./map-ground";
import { hoverCells } from "./map-hover";
import { keyRows, occurrenceSample } from "./map-key";
import { occurrenceStyle } from "./map-overlay";
import { gridPicture } from "./raster-picture";
import { fittedFigure } from "./spec";

/** Values of patches, such as reconstruction errors. */
export interface HistogramMapOptions extends FigureText {
  readonly study: Pick<Study, "occurrences" | "area" | "geometry">;
  readonly patches: Patches;
  /** One a patch; NaN is left out. */
  readonly values: ArrayLike<number>;
  readonly valueTitle: string;
}

const MAP_WIDTH = 316;
const KEY = "occurrence, a stroke in the histogram";

/** Patches outside the range that is brushed go pale; strokes close the hairlines between them. */
const DIMMED = { condition: { test: IS_BRUSHED, value: "transparent" }, value: "#ebebeb" };
const DIM = { fill: DIMMED, stroke: DIMMED, strokeWidth: { value: 0.5 } };
/** Of values under the brush. */
const DIGITS = 5;

/**
 * How often values fall into bins beside the map of where they lie, in the same colours, at double
 * width. On a screen a range brushed in the histogram lights up its patches, and patches and
 * occurrences in it are counted.
 *
 * @throws InputError when no value is a number
 */
export function histogramMap(options: HistogramMapOptions): Figure {
  const { study, patches, values, valueTitle } = options;
  const grid = patchGrid(patches, valueTitle, values);
  const ground = mapGround(grid, MAP_WIDTH, areaOverlay(study).outline);
  const { region, box } = ground;
  const scale = colourScale(grid.values, { stretch: "quantile" });
  const picture = gridPicture(grid, scale, region, box);
  const held = assignOccurrences(patches, study.occurrences)
    .assigned.map(({ occurrence, patch }) => ({ occurrence, amount: values[patch] }))
    .filter(({ amount }) => !Number.isNaN(amount));
  const style = occurrenceStyle({}, 0, held.length, box.width);
  const key = keyRows([{ name: KEY, sample: occurrenceSample(style) }], {
    ...{ left: 2, top: ground.height + 4, width: ground.width - 4 },
  });
  const paint = { encoding: DIM, packing: { digits: DIGITS } };
  const cells = hoverCells([{ name: valueTitle, grid, box }], region, valueTitle, undefined, paint);
  const known = Array.from(values).filter((value) => !Number.isNaN(value));
  const height = Math.round(box.height * 0.8);
  return fittedFigure(options, 174, 1, (plotWidth, isLive) => {
    const test = isLive ? IS_BRUSHED : "true";
    const inline = occurrenceMarks(held, ground, style, test, valueTitle);
    // Patches and occurrences are drawn and counted: each stands in the spec once.
    const [lit, marks] = isLive ? [named(cells, "cells"), named(inline, "held")] : [cells, inline];
    const counts = isLive
      ? brushedCounts(lit, marks, known.length, held.length)
      : countLines(known.length, held.length);
    const map = [picture, ...(isLive ? [lit] : []), ...ground.layers, marks, ...key.layers];
    return {
      ...(isLive && { datasets: { cells: rowsOf(cells), held: rowsOf(inline) } }),
      spacing: 16,
      hconcat: [
        {
          ...{ width: plotWidth, height },
          layer: [...brushedHistogram(known, marks, scale, valueTitle, isLive), ...counts],
        },
        drawing(ground.width, ground.height + 4 + key.height, map),
      ],
    };
  });
}

/** The layer with its rows taken from a named data set of the spec. */
function named(layer: Layer, name: string): Layer {
  return { ...layer, data: { name } };
}

function rowsOf({ data }: Layer): Json {
  return (data as Layer).values;
}
