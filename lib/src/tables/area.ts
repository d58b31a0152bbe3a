import type { Region } from "../grid/grid";
import { areaMask } from "../grid/study-area";
import { DEFAULT_SPACINGS } from "../manifest/area-manifest";
import { placesOf, type Survey, surveyOf } from "../samples/survey";
import type { Study } from "../study/types";

/** Shares of a study's region, 0 to 1, and the survey that its samples are. */
export interface AreaFacts {
  /** Of the study area. */
  readonly share: number;
  /** In squared CRS units. */
  readonly extent: number;
  /** Null without samples. */
  readonly survey: Survey | null;
  /**
   * Of a study with samples but no area: ground farther than the default number of sample spacings
   * from any sample, where values are extrapolated. Null of other studies.
   */
  readonly farShare: number | null;
}

type Surveyed = Pick<Study, "area" | "region" | "geometry" | "samples">;

/** How large the study area is, and how its samples lie. */
export function areaFacts({ area, region, geometry, samples }: Surveyed): AreaFacts {
  const whole = areaOf(region);
  const extent = area?.extent ?? whole;
  const survey = samples === null ? null : surveyOf(samples, region, area);
  const facts = { share: extent / whole, extent, survey };
  if (area !== null || samples === null || survey === null) return { ...facts, farShare: null };
  const places = placesOf(samples);
  const radius = DEFAULT_SPACINGS * survey.spacing;
  const near = areaMask(
    { from: "samples", spacings: DEFAULT_SPACINGS, radius, places, extent },
    geometry,
  );
  const farShare = near.filter((inside) => inside === 0).length / near.length;
  return { ...facts, farShare };
}

/** The study area in a sentence or two: how it is defined, its share of the region, the spacing. */
export function areaSentence(study: Surveyed, facts: AreaFacts = areaFacts(study)): string {
  const { share, extent, survey, farShare } = facts;
  const { area } = study;
  const size = `${kilometres(extent, 1e6)} km²`;
  const ofRegion = `${size}, ${percent(share)} of the region`;
  const defined =
    area === null
      ? `The study area is the whole region, ${size}.`
      : area.from === "polygons"
        ? `The study area is what ${area.polygons.length === 1 ? "a polygon holds" : `${area.polygons.length} polygons hold`}: ${ofRegion}. Outside it all is nodata.`
        : `The study area is ground within ${area.spacings} sample spacings (${kilometres(area.radius, 1000)} km) of a sample: ${ofRegion}. Outside it all is nodata.`;
  const spaced =
    survey === null
      ? ""
      : ` ${survey.places.toLocaleString("en")} places in it were sampled, ${kilometres(survey.spacing, 1000)} km apart on average.`;
  const far =
    farShare === null
      ? ""
      : ` ${percent(farShare)} of it lie farther than ${DEFAULT_SPACINGS} spacings from any sample, where values are extrapolated.`;
  return defined + spaced + far;
}

function areaOf({ west, east, south, north }: Region): number {
  return (east - west) * (north - south);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.01 || share > 0.99 ? 1 : 0)} %`;
}

function kilometres(value: number, unit: number): string {
  const scaled = value / unit;
  return scaled >= 100
    ? Math.round(scaled).toLocaleString("en")
    : String(Number(scaled.toPrecision(3)));
}
