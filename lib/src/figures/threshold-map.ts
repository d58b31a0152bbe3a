import { InputError } from "../errors";
import { captureCurve, scoredOnly } from "../evaluation/capture";
import type { Grid } from "../grid/grid";
import { patchGrid } from "../patches/assemble";
import type { OccurrenceGroup } from "../patches/groups";
import type { Patches } from "../patches/types";
import type { Study } from "../study/types";
import { areaOverlay } from "./area-overlay";
import { twoTone } from "./colour-scale";
import { curveLayers } from "./curve-layers";
import { drawing, type Layer } from "./drawing";
import type { Figure, FigureText } from "./figure";
import { type MapGround, mapGround, occurrenceMarks } from "./map-ground";
import { hoverCells } from "./map-hover";
import { groundSample, keyRows, occurrenceSample } from "./map-key";
import { occurrenceStyle } from "./map-overlay";
import { gridPicture } from "./raster-picture";
import { fittedFigure } from "./spec";
import { SUCCESS_RATE_AXES } from "./success-rate-curves";
import { CATEGORY_COLOURS } from "./theme";
import { thresholdLayers, thresholdParameter, thresholdSteps } from "./threshold-marks";

/** Scores of patches that are cut at a threshold. */
export interface ThresholdMapOptions extends FigureText {
  readonly study: Pick<Study, "area" | "geometry">;
  readonly patches: Patches;
  /** One a patch, 0 to 1; NaN is left out of area and occurrences alike. */
  readonly scores: ArrayLike<number>;
  /** What they are, such as "Probability". */
  readonly scoreTitle: string;
  readonly group: Pick<OccurrenceGroup, "assignment">;
  /** Where the slider starts, and where the figure stays in print. */
  readonly threshold: number;
}

const PAINTED = CATEGORY_COLOURS[6];
const PALE = "#e4e4e4";
const MAP_WIDTH = 316;
/** Of scores under the slider: more than its steps have. */
const DECIMALS = 4;

/**
 * The ground at or above a threshold beside the success-rate curve, at double width. On a screen a
 * slider moves the threshold: the map paints the ground, the point runs along the curve, and shares
 * and counts are told, with Wilson's 95 % interval. In print all stand at the threshold given.
 *
 * @throws InputError when a score or the threshold lies outside 0 to 1
 */
export function thresholdMap(options: ThresholdMapOptions): Figure {
  const { patches, scores, scoreTitle, group, threshold, title } = options;
  requireShares(scores, threshold);
  const grid = patchGrid(patches, scoreTitle, scores);
  const ground = mapGround(grid, MAP_WIDTH, areaOverlay(options.study).outline);
  const held = scoredOnly(scores, group.assignment).map(({ occurrence, patch }) => ({
    ...{ occurrence, amount: scores[patch] },
  }));
  const style = occurrenceStyle({}, 0, held.length, ground.box.width);
  const key = keyRows(
    [
      { name: "threshold or above", sample: groundSample(PAINTED) },
      { name: "occurrence captured", sample: occurrenceSample(style) },
      { name: "not captured", sample: occurrenceSample({ ...style, isOpen: true }) },
    ],
    { left: 2, top: ground.height + 4, width: ground.width - 4 },
  );
  const curve = captureCurve(scores, group.assignment);
  const drawn = { along: curve.areaShare, up: curve.occurrenceShare, thresholds: curve.thresholds };
  const chart = { title, ...SUCCESS_RATE_AXES, curves: [{ label: scoreTitle, ...drawn }] };
  const steps = thresholdSteps(curve, threshold);
  return fittedFigure(options, 174, 1, (plotWidth, isLive) => {
    const plotHeight = Math.round(Math.min(plotWidth, ground.box.height));
    const map = [
      isLive
        ? paintedCells(grid, ground, scoreTitle)
        : gridPicture(grid, twoTone(threshold, PALE, PAINTED), ground.region, ground.box),
      ...ground.layers,
      occurrenceMarks(held, ground, style, "datum.amount >= threshold", scoreTitle),
      ...key.layers,
    ];
    const curves = curveLayers(chart, null, isLive ? "near" : undefined);
    const lines = { right: plotWidth - 8, top: plotHeight - 81 };
    return {
      params: [thresholdParameter(threshold, isLive)],
      spacing: 14,
      hconcat: [
        drawing(ground.width, ground.height + 4 + key.height, map),
        {
          ...{ width: plotWidth, height: plotHeight },
          layer: [
            ...curves,
            ...thresholdLayers(steps, threshold, curve.occurrences, lines, isLive),
          ],
        },
      ],
    };
  });
}

/** Every patch as a cell that the threshold paints. */
function paintedCells(grid: Grid, { region, box }: MapGround, scoreTitle: string): Layer {
  const condition = { test: "datum.amount >= threshold - 1e-9", value: PAINTED };
  const colour = { condition, value: PALE };
  // Strokes close the hairlines between neighbours.
  const encoding = { fill: colour, stroke: colour, strokeWidth: { value: 0.5 } };
  const paint = { encoding, packing: { decimals: DECIMALS } };
  return hoverCells([{ name: "", grid, box }], region, scoreTitle, undefined, paint);
}

function requireShares(scores: ArrayLike<number>, threshold: number): void {
  const found = [threshold, ...Array.from(scores)].find((value) => value < 0 || value > 1);
  if (found === undefined && !Number.isNaN(threshold)) return;
  throw new InputError({
    kind: "values",
    field: "scores and threshold of a map",
    found: String(found ?? threshold),
    expected: "numbers of 0 to 1",
  });
}
