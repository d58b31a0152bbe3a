import proj4 from "proj4";
import { InputError } from "../errors";

/**
 * Takes a point of one CRS to another: easting and northing, or longitude and latitude in degrees,
 * in this order whatever order the authority names. Points that the projection cannot hold come out
 * as NaN.
 */
export type Projector = (easting: number, northing: number) => [number, number];

/**
 * Coordinates of one EPSG code as those of another, by proj4 with the definitions of epsg-index.
 * Datum shifts are those that need no grid file, good to a few metres.
 *
 * @throws InputError when a code is unknown, proj4 cannot take it, or the shift needs a grid file
 */
export function projector(from: number, to: number): Projector {
  if (from === to) return (easting, northing) => [easting, northing];
  const converter = converterBetween(from, to);
  return (easting, northing) => {
    if (!Number.isFinite(easting) || !Number.isFinite(northing)) return [Number.NaN, Number.NaN];
    const [across, up] = converter.forward([easting, northing]);
    return Number.isFinite(across) && Number.isFinite(up) ? [across, up] : [Number.NaN, Number.NaN];
  };
}

function converterBetween(from: number, to: number) {
  const definitions = [definitionOf(from), definitionOf(to)];
  const [fromShift, toShift] = definitions.map(shiftGrid);
  // Two systems on one datum need no shift; any other needs a file that proj4 does not bring.
  const plain = fromShift === toShift ? definitions.map(withoutShiftGrid) : definitions;
  const shift = fromShift === toShift ? undefined : (fromShift ?? toShift);
  if (shift !== undefined) {
    throw unknownSystem(`EPSG:${from} to EPSG:${to}`, `a datum shift by the grid file ${shift}`);
  }
  try {
    return proj4(plain[0], plain[1]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw unknownSystem(`EPSG:${from} to EPSG:${to}`, `what proj4 cannot take (${reason})`);
  }
}

/** The file of a datum shift, if a definition names one; "@null" names none. */
function shiftGrid(definition: string): string | undefined {
  return definition.match(/\+nadgrids=([^@\s]\S*)/)?.[1];
}

function withoutShiftGrid(definition: string): string {
  return definition.replace(/\+nadgrids=[^@\s]\S* ?/, "");
}

function definitionOf(epsg: number): string {
  let definition: { readonly proj4: string | null } | null = null;
  try {
    if (Number.isInteger(epsg)) definition = require(`epsg-index/s/${epsg}.json`);
  } catch {
    // Said below, by code.
  }
  if (!definition?.proj4) throw unknownSystem(`EPSG:${epsg}`, "no definition of it");
  return definition.proj4;
}

function unknownSystem(field: string, found: string): InputError {
  return new InputError({
    kind: "georeference",
    field,
    found,
    expected: "a CRS that proj4 knows, such as EPSG:32648",
    remedy: "Reproject the data first, such as by gdalwarp or ogr2ogr.",
  });
}
