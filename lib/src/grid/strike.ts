import { nearestSegments } from "./distance";
import type { GridGeometry } from "./grid";
import { lineSegments, withLength } from "./segments";
import type { Line } from "./shapes";

/** Strike of the line nearest to every pixel, as sine and cosine of twice the azimuth. */
export interface NearestStrike {
  /** sin 2θ, row-major; 1 for a strike of 45° (north-east), -1 for 135°. */
  readonly sine: Float32Array;
  /** cos 2θ, row-major; 1 for a strike of 0° (north), -1 for 90°. */
  readonly cosine: Float32Array;
}

/**
 * Strike of the segment nearest to every pixel centre. The azimuth θ is clockwise from grid
 * north; its double makes a strike and its reverse the same (Mardia and Jupp 2000, section 1.2).
 * Segments without length have no strike and are passed over. Where two segments are equally near
 * (beyond the vertex they share) the first in file order gives the strike.
 *
 * @throws InputError when no line has a length
 */
export function nearestStrike(geometry: GridGeometry, lines: readonly Line[]): NearestStrike {
  const segments = withLength(lineSegments(lines));
  const { segment } = nearestSegments(geometry, segments);
  const sine = new Float32Array(segment.length);
  const cosine = new Float32Array(segment.length);
  for (let pixel = 0; pixel < segment.length; pixel++) {
    const at = 4 * segment[pixel];
    const east = segments[at + 2] - segments[at];
    const north = segments[at + 3] - segments[at + 1];
    const squared = east * east + north * north;
    // With sin θ = east / length and cos θ = north / length.
    sine[pixel] = (2 * east * north) / squared;
    cosine[pixel] = (north * north - east * east) / squared;
  }
  return { sine, cosine };
}
