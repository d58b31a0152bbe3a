import proj4 from "proj4";
import { InputError } from "../errors";
import { type EpsgDefinition, type ErrorPlace, epsgDefinition } from "./epsg";

/**
 * Takes a point of one CRS to another: easting and northing, or longitude and latitude in degrees,
 * in this order whatever order the authority names. Points that the projection cannot hold come out
 * as NaN.
 */
export type Projector = (easting: number, northing: number) => [number, number];

/**
 * Coordinates of one EPSG code as those of another, by proj4 with the definitions of epsg-index.
 * Within a datum exact to the millimetre; between datums by shifts that need no grid file, good to
 * metres, some old ones to tens of metres.
 *
 * @param place what errors name
 * @throws InputError when a code is unknown, proj4 cannot take it, or the datums differ and no
 * shift is known
 */
export function projector(from: number, to: number, place: ErrorPlace = {}): Projector {
  if (from === to) return (easting, northing) => [easting, northing];
  const source = epsgDefinition(from, place);
  const target = epsgDefinition(to, place);
  const convert = converter(source, target, place);
  const degrees = source.kind === "geographic";
  return (easting, northing) => {
    const possible = !degrees || (Math.abs(easting) <= 360 && Math.abs(northing) <= 90);
    // proj4 throws for coordinates that are not finite.
    if (!possible || !Number.isFinite(easting + northing)) return [Number.NaN, Number.NaN];
    const [across, up] = convert.forward([easting, northing]);
    return Number.isFinite(across + up) ? [across, up] : [Number.NaN, Number.NaN];
  };
}

function converter(source: EpsgDefinition, target: EpsgDefinition, place: ErrorPlace) {
  const [from, to] = definitions(source, target, place);
  try {
    return proj4(from, to);
  } catch (error) {
    throw new InputError({
      kind: "georeference",
      ...placed(source, target, place),
      found: `what proj4 cannot take (${error instanceof Error ? error.message : String(error)})`,
      expected: "a CRS that proj4 knows, such as EPSG:32648",
      remedy: "Reproject the data first, such as by gdalwarp or ogr2ogr.",
    });
  }
}

function placed({ code: from }: EpsgDefinition, { code: to }: EpsgDefinition, place: ErrorPlace) {
  const systems = `EPSG:${from} to EPSG:${to}`;
  return { ...place, field: place.field === undefined ? systems : `${place.field}, ${systems}` };
}

/** Both definitions, without their shifts to WGS 84 where one datum serves both. */
function definitions(
  source: EpsgDefinition,
  target: EpsgDefinition,
  place: ErrorPlace,
): [string, string] {
  if (datumOf(source) === datumOf(target)) {
    return [withoutShift(source.proj4), withoutShift(target.proj4)];
  }
  const unknown = [source, target].find(({ proj4: text }) => !hasShift(text));
  if (unknown !== undefined) {
    const file = /\+nadgrids=(\S+)/.exec(unknown.proj4)?.[1];
    throw new InputError({
      kind: "georeference",
      ...placed(source, target, place),
      found:
        file === undefined
          ? `a datum without a known shift, of EPSG:${unknown.code} (${unknown.name})`
          : `a datum shift by the grid file ${file}`,
      expected: "systems on one datum, or with a known shift of seven parameters or less",
      remedy: "Reproject the data first, such as by gdalwarp or ogr2ogr.",
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
