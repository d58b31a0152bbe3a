import { type Figure, labelled } from "../../../lib/src/figures/figure";
import { rasterMap } from "../../../lib/src/figures/raster-map";
import { renderPng, renderSvg } from "../../../lib/src/figures/render";
import { successRateCurves } from "../../../lib/src/figures/success-rate-curves";
import type { DrawingData } from "./drawing-data";

/** A figure's name, and the drawing that its picture is made of: the same data, the same text. */
export interface Drawn {
  readonly name: string;
  readonly svg: string;
  readonly figure: Figure;
}

/** The figures of a district. */
export async function drawnFigures(data: DrawingData): Promise<Drawn[]> {
  const figures = { map: mapOf(data), "success-rate": curvesOf(data) };
  const drawn: Drawn[] = [];
  for (const [name, plain] of Object.entries(figures)) {
    const figure = labelled(plain, data.study);
    drawn.push({ name, figure, svg: await renderSvg(figure) });
  }
  return drawn;
}

/** Twice as many pixels as a forge shows, for fine screens. */
const DPI = 220;

/** A figure's picture: forges show drawings without the fonts that these name. */
export async function picture({ figure }: Drawn): Promise<Uint8Array> {
  return renderPng(figure, DPI);
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
