import type { Region } from "../grid/grid";
import { STRIKE_DEGREES } from "./constants";

/**
 * The district's own axes, in metres from the middle of the region: along the regional strike
 * towards the south-east, and across it towards the north-east.
 */
export interface Frame {
  /** [easting, northing] of a place, to a tenth of a metre, so that shared vertices are the same. */
  place(along: number, across: number): readonly [number, number];
  /** [along, across] of a place. */
  coordinates(easting: number, northing: number): readonly [number, number];
  /** Distance from the middle to the corners; nothing in the region is farther along or across. */
  readonly reach: number;
}

/** The axes of a region. */
export function frameOf({ west, east, south, north }: Region): Frame {
  const strike = (STRIKE_DEGREES * Math.PI) / 180;
  const [alongEast, alongNorth] = [Math.sin(strike), Math.cos(strike)];
  const [acrossEast, acrossNorth] = [-alongNorth, alongEast];
  const middle = { easting: (west + east) / 2, northing: (south + north) / 2 };
  return {
    place: (along, across) => [
      toTenth(middle.easting + along * alongEast + across * acrossEast),
      toTenth(middle.northing + along * alongNorth + across * acrossNorth),
    ],
    coordinates: (easting, northing) => {
      const [fromEast, fromNorth] = [easting - middle.easting, northing - middle.northing];
      return [
        fromEast * alongEast + fromNorth * alongNorth,
        fromEast * acrossEast + fromNorth * acrossNorth,
      ];
    },
    reach: Math.hypot(east - west, north - south) / 2,
  };
}

/** Rounded to a tenth of a metre, as it will be written. */
export function toTenth(value: number): number {
  return Math.round(value * 10) / 10;
}
