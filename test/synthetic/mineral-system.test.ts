import { describe, expect, it } from "vitest";
import { gridOverRegion } from "../../lib/src/grid/grid";
import { DEPOSITS } from "../../lib/src/synthetic/constants";
import { makeDistrict } from "../../lib/src/synthetic/district";
import { ELEMENTS } from "../../lib/src/synthetic/elements";
import { halosOnGrid } from "../../lib/src/synthetic/halos";
import type { Centre, MineralCentre } from "../../lib/src/synthetic/mineral-centres";
import { drawOccurrences } from "../../lib/src/synthetic/occurrences";
import { CRS, SMALL_SIZE, workingGrid } from "../../lib/src/synthetic/settings";

const only = (symbol: string, backgrounds: number) =>
  ELEMENTS.map((element) => (element.symbol === symbol ? backgrounds : 0));

describe("halos", () => {
  // Cells of 100 m; the middle of column 2, row 2 is at 250, 250.
  const geometry = gridOverRegion({ west: 0, east: 500, south: 0, north: 500 }, 100, CRS);
  const gold: Centre = {
    ...{ easting: 250, northing: 250, strength: 2, haloLength: 200 },
    signature: only("Au", 3),
  };
  const beside: Centre = { ...gold, easting: 450, strength: 1, signature: only("Au", 4) };

  it("add strength x signature at the middle, and 1/e of it a halo length away", () => {
    const halos = halosOnGrid(geometry, { centres: [], barren: [gold] });
    const au = ELEMENTS.findIndex(({ symbol }) => symbol === "Au");
    expect(halos[au][2 * 5 + 2]).toBeCloseTo(6, 12);
    expect(halos[au][2 * 5 + 4]).toBeCloseTo(6 / Math.E, 12);
    expect(halos[au][2 * 5]).toBeCloseTo(6 / Math.E, 12);
    for (const [at, values] of halos.entries()) {
      if (at !== au) expect(values.every((value) => value === 0)).toBe(true);
    }
  });

  it("of several centres add up", () => {
    const halos = halosOnGrid(geometry, { centres: [], barren: [gold, beside] });
    const au = ELEMENTS.findIndex(({ symbol }) => symbol === "Au");
    expect(halos[au][2 * 5 + 4]).toBeCloseTo(6 / Math.E + 4, 12);
  });
});

describe("discovery", () => {
  const grid = workingGrid(SMALL_SIZE);
  const system = makeDistrict({ seed: 1, size: SMALL_SIZE }).truth.system;

  it("every occurrence is a centre of its own type, and most centres stay undiscovered", () => {
    const { centres } = system;
    const known = drawOccurrences(1, grid, system, "mineralSystem");
    const places = known.map(({ easting, northing, commodity }) => {
      const centre = centres.find((at) => at.easting === easting && at.northing === northing);
      expect(centre?.type.commodity).toBe(commodity);
      return `${easting} ${northing}`;
    });
    expect(new Set(places).size).toBe(33);
    expect(centres.length).toBeGreaterThan(4 * known.length);
  });

  // Of two centres one is drawn in proportion to strength: 3 / (3 + 1). With 2,000 seeds the share
  // has a standard error of 0.0097.
  it("is in proportion to strength: of strengths 3 and 1 the first is known in three of four districts", () => {
    const centres = DEPOSITS.flatMap((type) =>
      Array.from({ length: type.code === "Sb" ? 2 : type.count }, (_, at): MineralCentre => {
        const strength = at === 0 ? 3 : 1;
        const place = { easting: 410_000 + at, northing: 3_860_000 };
        return { ...place, strength, haloLength: 200, signature: only("Sb", 1), type };
      }),
    );
    let first = 0;
    for (let seed = 1; seed <= 2000; seed++) {
      const known = drawOccurrences(seed, grid, { centres, barren: [] }, "mineralSystem");
      if (known.find(({ name }) => name === "Sb-01")?.easting === 410_000) first++;
    }
    expect(Math.abs(first / 2000 - 0.75)).toBeLessThan(4 * 0.0097);
  });

  it("centres lie at least 600 m apart", () => {
    const { centres } = system;
    for (const [at, one] of centres.entries()) {
      for (const other of centres.slice(at + 1)) {
        const apart = Math.hypot(one.easting - other.easting, one.northing - other.northing);
        expect(apart).toBeGreaterThanOrEqual(600);
      }
    }
  });
});
