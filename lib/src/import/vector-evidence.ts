import type { EvidenceLayer } from "../manifest/evidence-layer";
import type { VectorLayer } from "../study/types";
import type { LayerWish } from "./wishes";

/** Density is counted within this many pixels. */
const DENSITY_RADIUS = 10;
/** Smallest turn of a line that counts as a bend, in degrees. */
const BEND_ANGLE = 20;

interface Kind {
  readonly label: string;
  readonly title: (name: string) => string;
  readonly unit: string;
  readonly favourable: EvidenceLayer["favourable"];
  /** What the method needs besides, on pixels of this size; nothing when absent. */
  readonly settings?: (pixelSize: number) => Readonly<Record<string, number>>;
}

const KINDS: Readonly<Record<string, Kind>> = {
  distance: {
    label: "D",
    title: (name) => `Distance to the nearest line of ${name}`,
    ...{ unit: "m", favourable: "low" },
  },
  distanceToPolygon: {
    label: "D",
    title: (name) => `Distance to the nearest polygon of ${name}`,
    ...{ unit: "m", favourable: "low" },
  },
  distanceToContact: {
    label: "DC",
    title: (name) => `Distance to the nearest boundary of ${name}`,
    ...{ unit: "m", favourable: "low" },
  },
  distanceToBends: {
    label: "DB",
    title: (name) => `Distance to the nearest bend or intersection of ${name}`,
    ...{ unit: "m", favourable: "low" },
    settings: () => ({ bendAngle: BEND_ANGLE }),
  },
  insidePolygon: {
    label: "IN",
    title: (name) => `Inside ${name} (1) or outside (0)`,
    ...{ unit: "", favourable: null },
  },
  lineDensity: {
    label: "DENS",
    title: (name) => `Density of ${name}`,
    ...{ unit: "km/km²", favourable: "high" },
    settings: (pixelSize) => ({ radius: DENSITY_RADIUS * pixelSize }),
  },
  strikeSine: {
    label: "SIN",
    title: (name) => `Sine of twice the strike of the nearest line of ${name}`,
    ...{ unit: "", favourable: null },
  },
  strikeCosine: {
    label: "COS",
    title: (name) => `Cosine of twice the strike of the nearest line of ${name}`,
    ...{ unit: "", favourable: null },
  },
};

/** Methods that make evidence of lines and polygons. */
export const VECTOR_METHODS: readonly string[] = Object.keys(KINDS);

/** The evidence that is made of a layer of lines or polygons. */
export function vectorEvidence(
  { role, methods }: LayerWish,
  layer: VectorLayer,
  pixelSize: number,
): EvidenceLayer[] {
  const hasLines = layer.lines.length > 0;
  const usual = hasLines ? ["distance", "lineDensity"] : ["distanceToPolygon"];
  const chosen = role === "other" || methods.length > 0 ? methods : usual;
  return chosen.flatMap((method) =>
    method.startsWith("category:")
      ? categories(layer, method.slice("category:".length))
      : [evidenceOf(method, layer.name, pixelSize)],
  );
}

function evidenceOf(method: string, name: string, pixelSize: number): EvidenceLayer {
  const { label, title, unit, favourable, settings } = KINDS[method];
  return {
    id: `${method} of ${name}`,
    label: `${label} ${name}`,
    title: title(name),
    ...{ unit, favourable },
    // The table above holds the methods of the type, each with what it needs.
    origin: {
      from: "vectors",
      method,
      layer: name,
      ...settings?.(pixelSize),
    } as EvidenceLayer["origin"],
  };
}

function categories({ name, polygonProperties }: VectorLayer, property: string): EvidenceLayer[] {
  const values = [...new Set(polygonProperties.map((known) => known[property]))].filter(
    (value) => typeof value === "string" || typeof value === "number",
  );
  return values.map((value) => ({
    id: `${name} ${value}`,
    label: `${value}`,
    title: `${name}: ${property} ${value} (1) or another (0)`,
    ...{ unit: "", favourable: null },
    origin: { from: "vectors", method: "category", layer: name, property, value },
  }));
}
