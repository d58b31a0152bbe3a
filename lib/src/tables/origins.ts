import type { EvidenceLayer } from "../manifest/evidence-layer";
import type {
  EvidenceOrigin,
  GridOrigin,
  InverseDistance,
  SampleOrigin,
  VectorOrigin,
} from "../manifest/origins";
import type { Row } from "./table";

/** One row an evidence layer: how it was made, in words, by what the manifest says. */
export function originRows({ evidence }: { readonly evidence: readonly EvidenceLayer[] }): Row[] {
  return evidence.map(({ label, origin }) => ({ layer: label, made: originSentence(origin) }));
}

/** How a layer is made, in words. */
export function originSentence(origin: EvidenceOrigin): string {
  if (origin.from === "vectors") return fromVectors(origin);
  if (origin.from === "samples") return fromSamples(origin);
  if (origin.from === "grids") return fromGrids(origin);
  const { file, band, resample } = origin;
  const how = resample === undefined ? "" : `, brought onto the grid (${resample})`;
  return `Band ${band} of ${file}${how}`;
}

function fromGrids(origin: GridOrigin): string {
  const how = origin.resample === undefined ? "" : `, brought onto the grid (${origin.resample})`;
  switch (origin.method) {
    case "value":
      return `${elementWords(origin)} of its element grid${how}`;
    case "singularity": {
      const line = origin.regression === "theilSen" ? ", lines by Theil and Sen" : "";
      const kept = origin.statistic === "index" ? "α itself" : "2 − α, high where enriched";
      return `Singularity of the element grid of ${origin.element}; windows of ${origin.pixels.join(", ")} of its pixels${line}; ${kept}${how}`;
    }
    case "principalComponent":
      return `Principal component ${origin.component} of the log-ratios of ${origin.elements?.join(", ") ?? "all elements"} over the pixels of their grids${how}`;
  }
}

function fromVectors(origin: VectorOrigin): string {
  const { layer } = origin;
  switch (origin.method) {
    case "distance":
      return `Distance to the nearest line of ${layer}`;
    case "distanceToPolygon":
      return `Distance to the nearest polygon of ${layer}; 0 inside`;
    case "distanceToContact":
      return `Distance to the nearest outline of ${layer}, from inside and outside`;
    case "insidePolygon":
      return `1 inside a polygon of ${layer}, 0 outside`;
    case "category":
      return `1 inside polygons of ${layer} whose ${origin.property} is ${origin.value}, 0 elsewhere`;
    case "categoryWeights":
      return `Polygons of ${layer} by their ${origin.property}: ${weightWords(origin)}`;
    case "lineDensity":
      return `Length of the lines of ${layer} within ${plain(origin.radius)} map units, over the area of that circle`;
    case "distanceToBends":
      return `Distance to the nearest intersection of lines of ${layer}, or bend of at least ${origin.bendAngle}°`;
    case "strikeSine":
      return `Sine of twice the strike of the nearest line of ${layer}`;
    case "strikeCosine":
      return `Cosine of twice the strike of the nearest line of ${layer}`;
  }
}

function fromSamples(origin: SampleOrigin): string {
  switch (origin.method) {
    case "inverseDistance":
      return `${elementWords(origin)} by ${inverseDistanceWords(origin)}`;
    case "kriging":
      return `${elementWords(origin)} by ordinary kriging from the ${origin.neighbours} nearest samples, with the best of three variograms`;
    case "singularity": {
      const spacings = origin.spacings.map(plain).join(", ");
      const line = origin.regression === "theilSen" ? ", lines by Theil and Sen" : "";
      const kept = origin.statistic === "index" ? "α itself" : "2 − α, high where enriched";
      return `Singularity of ${origin.element}, interpolated by ${inverseDistanceWords(origin)}; windows of ${spacings} sample spacings${line}; ${kept}`;
    }
    case "principalComponent": {
      const elements = origin.elements?.join(", ") ?? "all elements";
      return `Principal component ${origin.component} of the log-ratios of ${elements}, interpolated by ${inverseDistanceWords(origin)}`;
    }
  }
}

function weightWords({
  weights,
  others,
}: {
  weights: Readonly<Record<string, number>>;
  others?: number;
}): string {
  const known = Object.entries(weights).map(([value, weight]) => `${value} ${weight}`);
  return [...known, ...(others === undefined ? [] : [`others ${others}`])].join(", ");
}

function elementWords({ element, transform }: { element: string; transform?: "log" }): string {
  return transform === "log" ? `ln ${element}` : element;
}

function inverseDistanceWords({ power = 2, neighbours = 12 }: InverseDistance): string {
  return `inverse distance weighting (power ${power}, ${neighbours} nearest samples)`;
}

function plain(value: number): string {
  return value.toLocaleString("en");
}
