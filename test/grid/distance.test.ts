import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  distanceToContacts,
  distanceToPolygons,
  distanceToSegments,
  nearestSegments,
} from "../../lib/src/grid/distance";
import { type GridGeometry, gridOverRegion, pixelCentre } from "../../lib/src/grid/grid";
import { pointSegments } from "../../lib/src/grid/segments";

const crs = { epsg: 32750, name: "test" };

/** Distance by the definition, in another form than the library's: clamp, then measure. */
function distanceTo(segment: ArrayLike<number>, easting: number, northing: number): number {
  const [east1, north1, east2, north2] = Array.from(segment);
  const squared = (east2 - east1) ** 2 + (north2 - north1) ** 2;
  const along = (easting - east1) * (east2 - east1) + (northing - north1) * (north2 - north1);
  const share = squared === 0 ? 0 : Math.min(1, Math.max(0, along / squared));
  return Math.hypot(
    easting - (east1 + share * (east2 - east1)),
    northing - (north1 + share * (north2 - north1)),
  );
}

function bruteForce(geometry: GridGeometry, segments: Float64Array): number[] {
  return Array.from({ length: geometry.width * geometry.height }, (_, pixel) => {
    const row = Math.floor(pixel / geometry.width);
    const { easting, northing } = pixelCentre(geometry, row, pixel % geometry.width);
    let least = Number.POSITIVE_INFINITY;
    for (let at = 0; at < segments.length; at += 4) {
      least = Math.min(least, distanceTo(segments.subarray(at, at + 4), easting, northing));
    }
    return least;
  });
}

describe("distanceToSegments", () => {
  it("is the hand-computed distance from pixel centres to one segment", () => {
    const geometry = gridOverRegion({ west: 0, east: 3, south: 0, north: 2 }, 1, crs);
    // From (0.5, 0.5) to (1.5, 0.5): centres of the row above are 1 away, beyond the end √2.
    const found = distanceToSegments(geometry, Float64Array.of(0.5, 0.5, 1.5, 0.5));
    expect([...found]).toEqual([1, 1, Math.fround(Math.SQRT2), 0, 0, 1]);
  });

  it("is exact: brute force over random segments gives the same, whatever their kind", () => {
    const coordinate = fc.integer({ min: -40, max: 140 }).map((step) => step / 2);
    const segment = fc.oneof(
      fc.tuple(coordinate, coordinate, coordinate, coordinate),
      fc.tuple(coordinate, coordinate).map(([east, north]) => [east, north, east, north]),
      fc.tuple(coordinate, coordinate, coordinate).map(([e, n, m]) => [e, n, e, m]),
      fc.tuple(coordinate, coordinate, coordinate).map(([e, n, f]) => [e, n, f, n]),
    );
    const size = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(
        fc.array(segment, { minLength: 1, maxLength: 60 }),
        size,
        size,
        fc.constantFrom(0.5, 1, 3),
        (list, width, height, stretch) => {
          const geometry: GridGeometry = {
            width,
            height,
            transform: [-3, 1.25, 0, 41, 0, -1.25 * stretch],
            crs,
          };
          const segments = Float64Array.from(list.flat());
          const { distance, segment: nearest } = nearestSegments(geometry, segments);
          const expected = bruteForce(geometry, segments);
          expected.forEach((value, pixel) => {
            expect(Math.abs(distance[pixel] - value)).toBeLessThanOrEqual(1e-6 * (1 + value));
            const place = pixelCentre(geometry, Math.floor(pixel / width), pixel % width);
            const at = 4 * nearest[pixel];
            const own = distanceTo(segments.subarray(at, at + 4), place.easting, place.northing);
            expect(own).toBeCloseTo(value, 9);
          });
        },
      ),
      { numRuns: 150, seed: 1 },
    );
  });

  it("is exact at map coordinates of ten million metres", () => {
    const geometry = gridOverRegion(
      { west: 400000, east: 410000, south: 9990000, north: 10000000 },
      100,
      crs,
    );
    const segments = Float64Array.from({ length: 400 }, (_, index) => {
      const scattered = ((index * 7919) % 10007) * 1.1;
      return index % 2 === 0 ? 399500 + scattered : 9989500 + scattered;
    });
    const found = distanceToSegments(geometry, segments);
    const expected = bruteForce(geometry, segments);
    const worst = Math.max(...expected.map((value, pixel) => Math.abs(value - found[pixel])));
    // Float32 keeps 24 bits: 2^-24 of the largest distance, some 7 km, is half a millimetre.
    expect(worst).toBeLessThan(5e-4);
  });

  it("takes the first of equally near segments", () => {
    const geometry = gridOverRegion({ west: 0, east: 1, south: 0, north: 1 }, 1, crs);
    const sides = Float64Array.of(0, 0, 1, 0, 0, 1, 1, 1, 0, 0, 0, 1);
    expect(nearestSegments(geometry, sides).segment[0]).toBe(0);
  });

  it("refuses to measure to nothing", () => {
    const geometry = gridOverRegion({ west: 0, east: 1, south: 0, north: 1 }, 1, crs);
    expect(() => distanceToSegments(geometry, new Float64Array(0))).toThrow(/at least one/);
  });

  it("measures to points as to segments without length: 3-4-5 triangles", () => {
    const geometry = gridOverRegion({ west: 0, east: 1, south: 0, north: 1 }, 1, crs);
    const points = pointSegments(Float64Array.of(3.5, 4.5, 100, 100));
    expect(distanceToSegments(geometry, points)[0]).toBe(5);
  });
});

describe("distance to a square with a hole", () => {
  const geometry = gridOverRegion({ west: 0, east: 10, south: 0, north: 1 }, 1, crs);
  // Eastings 1 to 9 with a hole from 4 to 6; the edges north and south are out of reach.
  const polygon = [
    Float64Array.of(1, -50, 9, -50, 9, 50, 1, 50, 1, -50),
    Float64Array.of(4, -40, 6, -40, 6, 40, 4, 40, 4, -40),
  ];

  it("is 0 inside, and measured to the contact outside and in the hole", () => {
    expect([...distanceToPolygons(geometry, [polygon])]).toEqual([
      0.5, 0, 0, 0, 0.5, 0.5, 0, 0, 0, 0.5,
    ]);
  });

  it("to the contact is measured from either side", () => {
    expect([...distanceToContacts(geometry, [polygon])]).toEqual([
      0.5, 0.5, 1.5, 0.5, 0.5, 0.5, 0.5, 1.5, 0.5, 0.5,
    ]);
  });
});

it("nearestSegments does not measure ten million cells to each of 40,000 segments", () => {
  const geometry = gridOverRegion({ west: 0, east: 316200, south: 0, north: 316200 }, 100, crs);
  const segments = Float64Array.from({ length: 160_000 }, (_, at) => {
    const place = Math.floor(at / 4);
    const start = at % 2 === 0 ? (place * 7919) % 316200 : (place * 104729) % 316200;
    return at % 4 < 2 ? start : start + ((place * 31) % 1000) - 500;
  });
  // Each to each would not end before the test is ended.
  expect(nearestSegments(geometry, segments)).toBeDefined();
});
