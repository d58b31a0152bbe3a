import proj4 from "proj4";
import { InputError } from "../errors";
import { type EpsgDefinition, epsgDefinition } from "./epsg";

/** Brings coordinates from one system to another; NaN where it cannot. */
export type Projector = (easting: number, northing: number) => readonly [number, number];

/**
 * The way from one EPSG code to another; null when they are the same. Geographic coordinates are
 * longitude and latitude in degrees, whatever order the register gives.
 *
 * @param place file and field that errors name
 * @throws InputError when a code is unknown, or datums differ and no shift between them is known
 */
export function projector(
  from: number,
  to: number,
  place: { readonly file: string; readonly field: string },
): Projector | null {
  if (from === to) return null;
  const source = epsgDefinition(from, place);
  const target = epsgDefinition(to, place);
  const convert = proj4(...definitions(source, target, place));
  const degrees = source.kind === "geographic";
  return (easting, northing) => {
    if (degrees && (Math.abs(easting) > 360 || Math.abs(northing) > 90)) {
      return [Number.NaN, Number.NaN];
    }
    try {
      const [x, y] = convert.forward([easting, northing]);
      return [x, y];
    } catch {
      // proj4 throws for what lies beyond a projection, such as a latitude of 91 degrees.
      return [Number.NaN, Number.NaN];
    }
  };
}

/** Both definitions, without their shifts to WGS 84 where one datum serves both. */
function definitions(
  source: EpsgDefinition,
  target: EpsgDefinition,
  place: { readonly file: string; readonly field: string },
): [string, string] {
  if (datumOf(source) === datumOf(target)) {
    return [withoutShift(source.proj4), withoutShift(target.proj4)];
  }
  const unknown = [source, target].find(({ proj4: text }) => !hasShift(text));
  if (unknown !== undefined) {
    throw new InputError({
      kind: "georeference",
      ...place,
      found: `EPSG:${source.code} (${source.name}), to be brought to EPSG:${target.code} (${target.name}); the shift of EPSG:${unknown.code} to other datums is not among those known here`,
      expected: "systems of one datum, or with a known shift of seven parameters or less",
      remedy: "ogr2ogr -t_srs reprojects the file with PROJ's grids.",
    });
  }
  return [source.proj4, target.proj4];
}

/**
 * Whether the shift to WGS 84 is known. Systems on the ellipsoids GRS 80 and WGS 84 without one
 * (CGCS2000, NAD83(CSRS), ETRS89 and others) are geocentric: none is needed within a metre or two.
 */
function hasShift(text: string): boolean {
  if (/\+nadgrids|\+datum=NAD27/.test(text)) return false;
  return /\+towgs84|\+datum=WGS84|\+ellps=(GRS80|WGS84)/.test(text);
}

const DATUM_PART = /^\+(datum|ellps|a|b|rf|R|towgs84|nadgrids|pm)=/;
const SHIFT_PART = /^\+(towgs84|nadgrids)=/;

/** The parts of a definition that say on which datum it is. */
function datumOf({ proj4: text }: EpsgDefinition): string {
  return text
    .split(" ")
    .filter((part) => DATUM_PART.test(part))
    .join(" ");
}

function withoutShift(text: string): string {
  return text
    .replace("+datum=WGS84", "+ellps=WGS84")
    .replace("+datum=NAD27", "+ellps=clrk66")
    .split(" ")
    .filter((part) => !SHIFT_PART.test(part))
    .join(" ");
}
