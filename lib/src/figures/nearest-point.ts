import type { Layer } from "./drawing";
import type { Json } from "./json";
import { INK } from "./theme";

const DOT = {
  ...{ type: "point", filled: true, size: 36, opacity: 1, aria: false },
  ...{ fill: "#ffffff", stroke: INK, strokeWidth: 1.4 },
};
/** From the top of the plot to its foot. */
const STROKE = { type: "rule", color: INK, strokeWidth: 0.8, aria: false };

/** Points of which the nearest to the pointer is told; nearest along x where they have no y. */
export interface NearestOptions {
  /** Fields that tell one point from another. */
  readonly fields: readonly string[];
  readonly place: Layer;
  readonly tooltip: readonly Json[];
  /** Which points answer, as a Vega expression; all when absent. */
  readonly from?: string;
}

/**
 * Layers over the points of a chart for a screen: wherever the pointer is, the nearest point has a
 * dot, or a stroke through the plot, and is told in words. They take their data from the layer that they stand in.
 *
 * @param name of the parameter that holds the point, one of its own in a figure
 */
export function nearestLayers(name: string, options: NearestOptions): Layer[] {
  const { fields, place, tooltip, from } = options;
  return [
    {
      ...(from !== undefined && { transform: [{ filter: from }] }),
      params: [{ name, select: pointedAt(fields) }],
      mark: { type: "point", filled: true, size: 1, opacity: 0, aria: false },
      encoding: { ...place, tooltip },
    },
    {
      transform: [{ filter: { param: name, empty: false } }],
      mark: "y" in place ? DOT : STROKE,
      encoding: place,
    },
  ];
}

/** The nearest point by fields; mouse events, which every Vega 5 knows and a finger gives too. */
export function pointedAt(fields: readonly string[]): Json {
  return { type: "point", nearest: true, fields, on: "mouseover", clear: "mouseout" };
}
