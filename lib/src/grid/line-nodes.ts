import { InputError } from "../errors";
import { crossingPoints } from "./crossings";
import { lineSegments, type Segments, withLength } from "./segments";
import type { Line } from "./shapes";

/** Places where lines do not simply run on, as [easting, northing, ...]. */
export interface LineNodes {
  /** Vertices where a line turns sharply. */
  readonly bends: Float64Array;
  /** Places where three or more segments meet, or two cross or touch. */
  readonly intersections: Float64Array;
}

/**
 * Bends and intersections of lines. Segments that share an end point (equal coordinates) are held
 * to be joined, whether or not the file draws them as one line. A vertex of two segments is a bend
 * when the direction turns there by at least a threshold; a turn spread over several vertices
 * counts only where one of them reaches it. A vertex of three or more segments is an
 * intersection, and so is a point where segments cross or where one ends upon another. A segment
 * drawn twice counts once.
 *
 * @param bendAngle smallest turn that counts, in degrees, above 0 and at most 180
 * @throws InputError when the angle is out of range
 */
export function lineNodes(lines: readonly Line[], bendAngle: number): LineNodes {
  if (!(bendAngle > 0 && bendAngle <= 180)) {
    throw new InputError({
      kind: "parameter",
      field: "bendAngle",
      found: String(bendAngle),
      expected: "degrees above 0 and at most 180",
    });
  }
  const segments = withLength(lineSegments(lines));
  const bends: number[] = [];
  const intersections: number[] = [];
  for (const { easting, northing, azimuths } of vertices(segments).values()) {
    if (azimuths.size >= 3) intersections.push(easting, northing);
    if (azimuths.size !== 2) continue;
    const [one, other] = azimuths.values();
    const between = Math.abs(one - other);
    const turn = Math.abs(180 - Math.min(between, 360 - between));
    if (turn >= bendAngle) bends.push(easting, northing);
  }
  intersections.push(...crossingPoints(segments));
  return {
    bends: Float64Array.from(bends),
    intersections: Float64Array.from(intersections),
  };
}

interface Vertex {
  readonly easting: number;
  readonly northing: number;
  /** Azimuth in degrees of the segment to each neighbour, by the neighbour's key. */
  readonly azimuths: Map<string, number>;
}

function vertices(segments: Segments): Map<string, Vertex> {
  const known = new Map<string, Vertex>();
  const join = (easting: number, northing: number, toEast: number, toNorth: number) => {
    const key = `${easting} ${northing}`;
    const vertex = known.get(key) ?? { easting, northing, azimuths: new Map() };
    const azimuth = (Math.atan2(toEast - easting, toNorth - northing) * 180) / Math.PI;
    vertex.azimuths.set(`${toEast} ${toNorth}`, azimuth);
    known.set(key, vertex);
  };
  for (let at = 0; at < segments.length; at += 4) {
    const [east1, north1, east2, north2] = segments.subarray(at, at + 4);
    join(east1, north1, east2, north2);
    join(east2, north2, east1, north1);
  }
  return known;
}
