import { expect, it } from "vitest";
import { neighbourSearch } from "../../lib/src/evidence/neighbours";
import { randomStream } from "../../lib/src/random";

it("places are found in cells of any size: unlike densities, cells from 0.5 to 2 units", () => {
  const random = randomStream(1, "places");
  for (let round = 0; round < 300; round++) {
    const side = 4 + 12 * random.uniform();
    const count = 100 + random.below(100);
    // Half of them crowd into a corner, so that cells far from it are empty.
    const draw = (at: number) => side * (at % 2 === 0 ? random.uniform() : random.uniform() ** 4);
    const eastings = Array.from({ length: count }, (_, at) => draw(at));
    const northings = Array.from({ length: count }, (_, at) => draw(at));
    const [x, y] = [side * random.uniform(), side * random.uniform()];
    const squares = eastings
      .map((easting, at) => (easting - x) ** 2 + (northings[at] - y) ** 2)
      .sort((one, other) => one - other);
    const wanted = 1 + random.below(count);
    const found = neighbourSearch({ eastings, northings }, wanted)(x, y);
    expect([...found.squares]).toEqual(squares.slice(0, wanted));
  }
});
