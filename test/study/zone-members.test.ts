import { expect, it } from "vitest";
import { occurrencesInZone } from "../../lib/src/study/zone-members";

it("finds the occurrences inside a square with a hole", () => {
  const square = Float64Array.from([0, 0, 10, 0, 10, 10, 0, 10, 0, 0]);
  const hole = Float64Array.from([4, 4, 6, 4, 6, 6, 4, 6, 4, 4]);
  const at = (name: string, easting: number, northing: number) => ({
    name,
    commodity: "Au",
    easting,
    northing,
  });
  const zone = { name: "east", polygons: [[square, hole]] };
  const found = occurrencesInZone(
    [
      at("inside", 2, 2),
      at("in the hole", 5, 5),
      at("outside", 11, 5),
      at("beyond the hole", 8, 5),
    ],
    zone,
  );
  expect(found.map(({ name }) => name)).toEqual(["inside", "beyond the hole"]);
});
