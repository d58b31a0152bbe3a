import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { transformationWords, transformed } from "../../lib/src/import/transform";

/** What PROJ's cs2cs makes of a place, and by which operation where it has several. */
interface Recorded {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly place: readonly [number, number];
  readonly cs2cs: readonly [number, number];
  readonly operation: string | null;
  readonly degrees: boolean;
}

const { records } = JSON.parse(
  readFileSync(join(__dirname, "../reference/import/datums.json"), "utf8"),
) as { readonly records: readonly Recorded[] };

type Place = readonly [number, number];

/** Metres between two places; of degrees about. */
function apart([x, y]: readonly number[], [a, b]: readonly number[], degrees: boolean): number {
  const metres = degrees ? 111_320 : 1;
  const across = degrees ? Math.cos((b * Math.PI) / 180) : 1;
  return metres * Math.hypot((x - a) * across, y - b);
}

/** Metres that `projinfo -s EPSG:... -t EPSG:... --summary` of PROJ 9.1.1 states of operations in use here. */
const REGISTERED: Readonly<Record<string, number>> = {
  "GDA94 to GDA2020 (1)": 0.01,
  "AGD84 to GDA94 (2)": 1,
  "AGD66 to GDA94 (4)": 1,
  "ED50 to ETRS89 (7)": 1.5,
  "Pulkovo 1942 to WGS 84 (20)": 3,
  "Arc 1960 to WGS 84 (3)": 15,
  "Arc 1950 to WGS 84 (8)": 41,
  "Minna to WGS 84 (2)": 15,
  "Adindan to WGS 84 (4)": 6,
  "Cape to WGS 84 (1)": 9,
  "WGS 72 to WGS 84 (2)": 2,
};

describe("places in old systems", () => {
  it.each(records)("$name: to the millimetre where cs2cs has it", async (record) => {
    const { from, to, place, cs2cs, operation, degrees } = record;
    const { places, transformation } = await transformed([place], from, to);
    const { operations, accuracy } = transformation;
    const difference = apart(places[0], cs2cs, degrees);
    expect(operations).toHaveLength(1);
    const [ours] = operations;
    // In New Zealand cs2cs has a file of shifts, which shows what ours, without one, is off by.
    const isSame = ours.includes("ballpark") || (operation ?? ours).includes(ours.split(" + ")[0]);
    if (isSame) expect(difference).toBeLessThan(0.001);
    else expect(difference).toBeLessThan(accuracy as number);
    expect(isSame).toBe(from !== 4272);
    if (REGISTERED[ours] !== undefined) expect(accuracy).toBe(REGISTERED[ours]);
    if (operation?.includes("Ballpark")) expect(accuracy).toBeNull();
  });

  it("without an operation that needs no file are told to be of unknown accuracy", async () => {
    const { transformation } = await transformed([[103, 35]], 4610, 32648);
    expect(transformation.accuracy).toBeNull();
    expect(transformationWords(transformation)).toBe(
      "EPSG:4610 to EPSG:32648 by no shift between their datums (ballpark): PROJ has none that needs no file; up to some 100s of metres, accuracy unknown",
    );
    const away = await transformed([[38, 40]], 4201, 4326);
    expect(transformationWords(away.transformation)).toMatch(
      /Adindan to WGS 84 \(1\), outside its area, for Africa .*, accuracy unknown/,
    );
  });

  it("of one datum are only projected, many thousand as well as one", async () => {
    const many = Array.from({ length: 5000 }, (_, at) => [500_000 + at, 7_000_000] as const);
    const { places, transformation } = await transformed(many, 26910, 3005);
    expect(transformation).toEqual({
      from: 26910,
      to: 3005,
      operations: [],
      areas: [],
      accuracy: 0,
    });
    const [alone] = (await transformed([many[4999]], 26910, 3005)).places;
    expect(places[4999]).toEqual(alone);
    expect(places.flat().every(Number.isFinite)).toBe(true);
  });

  const projected: { from: number; to: number; places: Place[]; projected: Place[] }[] = JSON.parse(
    readFileSync(join(__dirname, "../reference/study/projected.json"), "utf8"),
  );
  it.each(projected)(
    "from EPSG:$from to EPSG:$to are GDAL's own gdaltransform's",
    async (record) => {
      const { places } = await transformed(record.places, record.from, record.to);
      const degrees = Math.abs(record.projected[0][0]) <= 180;
      places.forEach((place, at) => {
        expect(apart(place, record.projected[at], degrees)).toBeLessThan(0.001);
      });
    },
  );

  it("that a system has not come out as none, and an unknown system is refused", async () => {
    const { places } = await transformed(
      [
        [10, 91],
        [Number.NaN, 1],
        [9, 45],
      ],
      4326,
      32632,
    );
    expect(places.map((place) => place.every(Number.isFinite))).toEqual([false, false, true]);
    await expect(transformed([[1, 2]], 99999, 32632)).rejects.toThrow(/EPSG:99999/);
  });
});
