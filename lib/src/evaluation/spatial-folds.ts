import { InputError } from "../errors";
import { randomStream, shuffledIndices } from "../random";

/** How to divide an area into folds. */
export interface SpatialFoldOptions {
  /** Edge of a square block in CRS units; wider than the reach of what makes neighbours alike. */
  readonly blockSize: number;
  readonly folds: number;
  readonly seed: number;
}

/** Units divided into folds by blocks of ground. */
export interface SpatialFolds {
  /** Fold of each unit, from 0, in the order of the places. */
  readonly fold: Uint8Array;
  /** What each fold holds. */
  readonly folds: readonly {
    readonly units: number;
    readonly occurrences: number;
    readonly blocks: number;
  }[];
}

interface Block {
  readonly units: readonly number[];
  readonly occurrences: number;
}

/**
 * Folds for testing on ground that was not trained on: the area is cut into square blocks and whole
 * blocks are dealt to folds, because neighbours are alike and units drawn one by one flatter a
 * score. Blocks that hold occurrences are dealt first, most first, each to the fold with the fewest;
 * the rest go where the fewest units are. The order among equals is drawn from the seed.
 *
 * Source of the idea: Roberts et al. (2017); verde's BlockKFold.
 *
 * @param places centre of each unit, in CRS units
 * @param occurrences number in each unit, or 1 and 0
 * @throws InputError when fewer blocks than folds hold an occurrence
 */
export function spatialFolds(
  places: readonly { readonly easting: number; readonly northing: number }[],
  occurrences: ArrayLike<number>,
  { blockSize, folds, seed }: SpatialFoldOptions,
): SpatialFolds {
  requireOptions(places.length, occurrences.length, blockSize, folds);
  const blocks = blocksOf(places, occurrences, blockSize);
  const holding = blocks.filter((block) => block.occurrences > 0).length;
  if (holding < folds) {
    throw badFolds(
      `${holding} blocks of ${blockSize} that hold an occurrence, for ${folds} folds`,
      "at least one for each fold",
      "Take fewer folds or smaller blocks.",
    );
  }
  const drawn = Array.from(
    shuffledIndices(blocks.length, randomStream(seed, "spatial-folds")),
    (index) => blocks[index],
  );
  drawn.sort((one, other) => other.occurrences - one.occurrences);
  const held = Array.from({ length: folds }, () => ({ units: 0, occurrences: 0, blocks: 0 }));
  const fold = new Uint8Array(places.length);
  for (const block of drawn) {
    const to = emptiest(held, block.occurrences > 0);
    held[to].units += block.units.length;
    held[to].occurrences += block.occurrences;
    held[to].blocks += 1;
    for (const unit of block.units) fold[unit] = to;
  }
  return { fold, folds: held };
}

/**
 * As spatialFolds, with one fold a block that holds an occurrence where those are fewer than the
 * folds asked for.
 *
 * @returns null where fewer than two blocks or three units hold one: too few to learn from some and
 *   be judged by another
 */
export function possibleSpatialFolds(
  places: Parameters<typeof spatialFolds>[0],
  occurrences: ArrayLike<number>,
  options: SpatialFoldOptions,
): SpatialFolds | null {
  requireOptions(places.length, occurrences.length, options.blockSize, options.folds);
  const blocks = blocksOf(places, occurrences, options.blockSize);
  const holding = blocks.filter((block) => block.occurrences > 0).length;
  const units = Array.from(occurrences).filter((count) => count > 0).length;
  if (holding < 2 || units < 3) return null;
  return spatialFolds(places, occurrences, {
    ...options,
    folds: Math.min(options.folds, holding),
  });
}

/** Blocks counted from the north-west corner of the places, row by row. */
function blocksOf(
  places: Parameters<typeof spatialFolds>[0],
  occurrences: ArrayLike<number>,
  blockSize: number,
): Block[] {
  let west = Number.POSITIVE_INFINITY;
  let north = Number.NEGATIVE_INFINITY;
  for (const { easting, northing } of places) {
    west = Math.min(west, easting);
    north = Math.max(north, northing);
  }
  const byPlace = new Map<string, { units: number[]; occurrences: number }>();
  places.forEach(({ easting, northing }, unit) => {
    const column = Math.floor((easting - west) / blockSize);
    const row = Math.floor((north - northing) / blockSize);
    const block = byPlace.get(`${row},${column}`) ?? { units: [], occurrences: 0 };
    block.units.push(unit);
    block.occurrences += occurrences[unit];
    byPlace.set(`${row},${column}`, block);
  });
  return [...byPlace.values()];
}

/** The fold with the fewest occurrences, or units; the other decides between equals. */
function emptiest(
  held: readonly { readonly units: number; readonly occurrences: number }[],
  byOccurrences: boolean,
): number {
  const measures = held.map(({ units, occurrences }) =>
    byOccurrences ? [occurrences, units] : [units, occurrences],
  );
  return measures.reduce((best, measure, at) => {
    const [first, second] = measures[best];
    return measure[0] < first || (measure[0] === first && measure[1] < second) ? at : best;
  }, 0);
}

function requireOptions(places: number, occurrences: number, blockSize: number, folds: number) {
  if (places !== occurrences) {
    throw badFolds(`${occurrences} counts for ${places} places`, "as many of each");
  }
  if (!(blockSize > 0)) throw badFolds(`blocks of ${blockSize}`, "a positive size in CRS units");
  if (!Number.isInteger(folds) || folds < 2 || folds > 255) {
    throw badFolds(`${folds} folds`, "a whole number of 2 to 255");
  }
}

function badFolds(found: string, expected: string, remedy?: string): InputError {
  const details = { kind: "parameter", field: "spatial folds", found, expected } as const;
  return new InputError(remedy === undefined ? details : { ...details, remedy });
}
