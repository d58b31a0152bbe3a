import { InputError } from "../errors";
import { crossingPoints } from "../grid/crossings";
import type { Region } from "../grid/grid";
import { lineSegments } from "../grid/segments";
import type { Line } from "../grid/shapes";
import { joinedLine } from "./joined-line";
import type { Zone } from "./types";

/** Corners of the far circle that closes a zone around its side of the line. */
const CIRCLE_CORNERS = 64;

/**
 * The two zones on either side of a line, left and right as seen going along it from its first
 * vertex. The line may be given in pieces that share end points. It is carried on straight from
 * both ends; the zones reach far past the region.
 *
 * @throws InputError when the pieces do not make one line, or the line crosses itself, carried on
 */
export function zonesBesideLine(
  pieces: readonly Line[],
  region: Region,
  names: { readonly left: string; readonly right: string },
): Zone[] {
  const line = joinedLine(pieces);
  const centre = {
    easting: (region.west + region.east) / 2,
    northing: (region.south + region.north) / 2,
  };
  const radius = 4 * farthest(line, region, centre);
  const start = carriedOn(line.subarray(2, 4), line.subarray(0, 2), centre, radius);
  const end = carriedOn(line.subarray(-4, -2), line.subarray(-2), centre, radius);
  const whole = Float64Array.of(...start.point, ...line, ...end.point);
  if (crossingPoints(lineSegments([whole])).length > 0) {
    throw new InputError({
      kind: "values",
      field: "zones.layer",
      found: "a line that crosses itself once carried on straight from its ends",
      expected: "a line that divides the region in two",
    });
  }
  return [
    { name: names.left, polygons: [[closed(whole, end.angle, start.angle, 1, centre, radius)]] },
    { name: names.right, polygons: [[closed(whole, end.angle, start.angle, -1, centre, radius)]] },
  ];
}

interface Point {
  readonly easting: number;
  readonly northing: number;
}

function farthest(line: Line, region: Region, centre: Point): number {
  let distance = Math.hypot(region.east - centre.easting, region.north - centre.northing);
  for (let vertex = 0; vertex < line.length; vertex += 2) {
    const away = Math.hypot(line[vertex] - centre.easting, line[vertex + 1] - centre.northing);
    distance = Math.max(distance, away);
  }
  return distance;
}

/** Where the ray from one point through another meets the circle, and at which angle from east. */
function carriedOn(from: Float64Array, through: Float64Array, centre: Point, radius: number) {
  const length = Math.hypot(through[0] - from[0], through[1] - from[1]);
  const unitEast = (through[0] - from[0]) / length;
  const unitNorth = (through[1] - from[1]) / length;
  const east = through[0] - centre.easting;
  const north = through[1] - centre.northing;
  const along = east * unitEast + north * unitNorth;
  const away = east * east + north * north;
  const reach = -along + Math.sqrt(along * along + radius * radius - away);
  const point = [through[0] + reach * unitEast, through[1] + reach * unitNorth] as const;
  return { point, angle: Math.atan2(point[1] - centre.northing, point[0] - centre.easting) };
}

/** The line closed by the circle's arc, counter-clockwise (1, its left) or clockwise (-1). */
function closed(
  line: Line,
  fromAngle: number,
  toAngle: number,
  turn: 1 | -1,
  { easting, northing }: Point,
  radius: number,
): Float64Array {
  const fullTurn = 2 * Math.PI;
  const sweep = (((turn * (toAngle - fromAngle)) % fullTurn) + fullTurn) % fullTurn;
  const ring = [...line];
  for (let corner = 1; corner < CIRCLE_CORNERS; corner++) {
    const angle = fromAngle + (turn * sweep * corner) / CIRCLE_CORNERS;
    ring.push(easting + radius * Math.cos(angle), northing + radius * Math.sin(angle));
  }
  ring.push(line[0], line[1]);
  return Float64Array.from(ring);
}
