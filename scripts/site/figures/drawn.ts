import { type Figure, labelled } from "../../../lib/src/figures/figure";
import { rasterMap } from "../../../lib/src/figures/raster-map";
import { renderSvg } from "../../../lib/src/figures/render";
import { successRateCurves } from "../../../lib/src/figures/success-rate-curves";
import type { DrawingData } from "./drawing-data";

/** The figures of a district as SVG by the end of their names: the same data, the same bytes. */
export async function drawnFigures(data: DrawingData): Promise<ReadonlyMap<string, string>> {
  const figures = { map: mapOf(data), "success-rate": curvesOf(data) };
  const drawn = new Map<string, string>();
  for (const [name, figure] of Object.entries(figures)) {
    drawn.set(name, `${await renderSvg(labelled(figure, data.study))}\n`);
  }
  return drawn;
}

function mapOf({ map, occurrences }: DrawingData): Figure {
  const { width, height, crs } = map;
  const places = occurrences.places.map(([name, easting, northing]) => ({
    name,
    easting,
    northing,
  }));
  return rasterMap({
    title: "Prospectivity by patch",
    grid: {
      name: "prospectivity",
      cell: "patch",
      geometry: { width, height, transform: map.transform, crs },
      values: Float32Array.from(map.values, (value) => value ?? Number.NaN),
    },
    legend: "Probability",
    colours: { domain: [0, 1] },
    points: [{ name: `${occurrences.name} (${places.length})`, occurrences: places }],
    widthMm: 84,
  });
}

function curvesOf({ curves }: DrawingData): Figure {
  return successRateCurves({
    title: "Success rate on ground held out",
    curves: curves.map(({ name, ...curve }) => ({ name, curve })),
    widthMm: 84,
  });
}
