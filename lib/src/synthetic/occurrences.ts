import type { GridGeometry } from "../grid/grid";
import { type Random, randomStream } from "../random";
import type { Occurrence } from "../study/types";
import { DEPOSITS, type DepositType } from "./constants";
import { anywhere, freePlace, type Place } from "./draw-places";
import type { MineralSystem } from "./mineral-centres";

/**
 * The known occurrences. Of each deposit type as many of its centres as are published become known,
 * drawn one after another without putting back, each with a chance in proportion to its strength:
 * the strong are found first, but not always. They never see an element.
 *
 * @param from "anywhere" knows no centres: every cell of the region has the same chance
 * @throws InputError when there is no room left anywhere
 */
export function drawOccurrences(
  seed: number,
  geometry: GridGeometry,
  { centres }: MineralSystem,
  from: "mineralSystem" | "anywhere",
): Occurrence[] {
  const random = randomStream(seed, "synthetic/occurrences");
  const chances = anywhere(geometry);
  const drawn: Occurrence[] = [];
  for (const type of DEPOSITS) {
    const undiscovered = centres.filter((centre) => centre.type === type);
    for (let number = 1; number <= type.count; number++) {
      const place =
        from === "anywhere"
          ? freePlace(random, geometry, chances, drawn)
          : undiscovered.splice(byStrength(random, undiscovered), 1)[0];
      drawn.push(occurrenceOf(type, number, place));
    }
  }
  return drawn;
}

function occurrenceOf(
  { code, commodity }: DepositType,
  number: number,
  { easting, northing }: Place,
): Occurrence {
  const name = `${code}-${String(number).padStart(2, "0")}`;
  return { name, commodity, easting, northing };
}

/** The index of one of several, drawn in proportion to strength. */
function byStrength(random: Random, centres: readonly { readonly strength: number }[]): number {
  let left = random.uniform() * centres.reduce((sum, { strength }) => sum + strength, 0);
  const found = centres.findIndex(({ strength }) => {
    left -= strength;
    return left < 0;
  });
  return found === -1 ? centres.length - 1 : found;
}
