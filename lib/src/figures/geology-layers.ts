import { clippedRing } from "../grid/clip-ring";
import type { Region } from "../grid/grid";
import type { Polygon } from "../grid/shapes";
import type { GeologyLayer } from "../manifest/evidence-layer";
import type { VectorLayer } from "../study/types";
import { type Box, type Layer, path, type StrokeStyle, tidy } from "./drawing";
import { featurePath, placing } from "./map-overlay";
import { INK } from "./theme";

/** A vector layer and what it is on the map. */
export interface GeologicalLayer extends Omit<GeologyLayer, "layer"> {
  readonly vectors: VectorLayer;
}

/** One kind of rock, intrusion or line, as it is drawn and as the key shows it. */
export interface GeologyUnit {
  readonly name: string;
  readonly as: GeologyLayer["as"];
  readonly style: StrokeStyle;
  readonly vectors: Pick<VectorLayer, "lines" | "polygons">;
}

/**
 * Pale enough for symbols and lines to stand on, neighbours unlike in lightness and hue for every
 * kind of colour vision.
 */
const ROCK_FILLS = [
  "#d3dfb4",
  "#b9d7ea",
  "#f3ecc8",
  "#8fb9cf",
  "#efdcd0",
  "#d8d0e6",
  "#c3b5d6",
  "#eee6f4",
  "#dadada",
  "#bcd8c8",
];

/** From the largest bodies to the smallest, which must be darkest to be seen. */
const INTRUSION_FILLS = ["#f0a49b", "#c9564c", "#8c2a24", "#e6c1a8"];

const LINES: Readonly<Record<"fault" | "thrust", StrokeStyle>> = {
  fault: { colour: INK, width: 0.7 },
  thrust: { colour: INK, width: 2 },
};

/** The units of all layers, in drawing order; polygons by the values of the layer's property. */
export function geologyUnits(layers: readonly GeologicalLayer[]): GeologyUnit[] {
  let rocks = 0;
  let intrusions = 0;
  return layers.flatMap(({ vectors, as, property }): GeologyUnit[] => {
    if (as === "fault" || as === "thrust") {
      return [{ name: vectors.name, as, style: LINES[as], vectors }];
    }
    return polygonsByName(vectors, property).map(([name, polygons]) => {
      const fill =
        as === "rock"
          ? ROCK_FILLS[rocks++ % ROCK_FILLS.length]
          : INTRUSION_FILLS[intrusions++ % INTRUSION_FILLS.length];
      const style = { fill, colour: as === "rock" ? "#8a8a8a" : "#6b201b", width: 0.35 };
      return { name, as, style, vectors: { lines: [], polygons } };
    });
  });
}

function polygonsByName(
  { name, polygons, polygonProperties }: VectorLayer,
  property?: string,
): [string, Polygon[]][] {
  const byName = new Map<string, Polygon[]>();
  polygons.forEach((polygon, index) => {
    const unit = property === undefined ? name : String(polygonProperties[index][property]);
    byName.set(unit, [...(byName.get(unit) ?? []), polygon]);
  });
  return [...byName];
}

/** A unit on the map: filled polygons, or lines over a pale halo. */
export function unitLayers({ style, vectors }: GeologyUnit, region: Region, box: Box): Layer[] {
  const place = placing(region, box);
  const scale = box.width < 300 ? 0.75 : 1;
  if (style.fill === undefined) {
    const outline = featurePath(vectors, region, place);
    const width = (style.width ?? 1) * scale;
    if (outline === "") return [];
    const halo = { colour: "#ffffff", width: width + 1, opacity: 0.5 };
    return [path(outline, halo), path(outline, { ...style, width })];
  }
  const outline = vectors.polygons.map((polygon) => filledPath(polygon, region, place)).join("");
  return outline === "" ? [] : [path(outline, style)];
}

/** Rings as an SVG path, holes against the turn of their outer ring, so that they stay empty. */
function filledPath(polygon: Polygon, region: Region, place: ReturnType<typeof placing>): string {
  return polygon
    .map((ring, index) => {
      const clipped = clippedRing(ring, region);
      const points: string[] = [];
      for (let at = 0; at + 2 < clipped.length; at += 2) {
        const { left, top } = place(clipped[at], clipped[at + 1]);
        const point = `${tidy(Math.round(left * 10) / 10)},${tidy(Math.round(top * 10) / 10)}`;
        if (point !== points.at(-1)) points.push(point);
      }
      if (points.length < 3) return "";
      const isLeftTurn = signedArea(clipped) > 0;
      if (isLeftTurn !== (index === 0)) points.reverse();
      return `M${points.join("L")}Z`;
    })
    .join("");
}

/** Positive when the ring runs counter-clockwise. */
function signedArea(ring: Float64Array): number {
  let doubled = 0;
  for (let at = 0; at + 3 < ring.length; at += 2) {
    doubled +=
      (ring[at] - ring[0]) * (ring[at + 3] - ring[1]) -
      (ring[at + 2] - ring[0]) * (ring[at + 1] - ring[1]);
  }
  return doubled / 2;
}
