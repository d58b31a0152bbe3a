import { InputError } from "../errors";
import { blockNumbers, type CellPlace } from "./block-numbers";
import { type BlockOptions, type BootstrapEstimate, bootstrap, unknownInterval } from "./bootstrap";
import { fallingOrder } from "./ranks";
import { countClasses } from "./roc";

/** For each pair of blocks how often a positive of the first stands above a negative of the second. */
interface BlockWins {
  readonly blocks: number;
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
  /** [positive's block, negative's block]; ties count half. */
  readonly wins: Float64Array;
}

/**
 * Area under the ROC curve with a bootstrap interval over square blocks of neighbouring cells:
 * positives and negatives that lie beside each other are drawn together, so that a patch of ground
 * that was told right many times over counts once. DeLong's interval takes each cell as independent
 * and is too narrow for maps.
 *
 * @param scores high for positive; finite
 * @param labels 1 for positive, 0 for negative
 * @param places of the cells, in the order of the scores
 * @returns with one block only, the interval of which nothing is known: 0 to 1
 * @throws InputError as rocCurve, or when there are not as many places as scores
 */
export function blockAuc(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  places: readonly CellPlace[],
  { blockSize, ...options }: BlockOptions,
): BootstrapEstimate {
  countClasses(scores, labels);
  if (places.length !== scores.length) {
    throw new InputError({
      kind: "values",
      field: "places and scores",
      found: `${places.length} places for ${scores.length} scores`,
      expected: "as many of each",
    });
  }
  const counted = blockWins(scores, labels, blockNumbers(places, blockSize));
  const value = areaOf(counted, new Float64Array(counted.blocks).fill(1));
  if (counted.blocks < 2) return unknownInterval(value, [0, 1], options);
  const all = Array.from({ length: counted.blocks }, (_, block) => block);
  const drawn = new Float64Array(counted.blocks);
  const statistic = (sample: readonly number[]) => {
    drawn.fill(0);
    for (const block of sample) drawn[block] += 1;
    return areaOf(counted, drawn);
  };
  return bootstrap(all, statistic, options);
}

/** Takes cells by rising score, so that what lies below a positive has been counted already. */
function blockWins(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  block: Uint32Array,
): BlockWins {
  const blocks = 1 + block.reduce((most, each) => Math.max(most, each), 0);
  const positives = new Float64Array(blocks);
  const negatives = new Float64Array(blocks);
  const wins = new Float64Array(blocks * blocks);
  const rising = fallingOrder(scores).reverse();
  for (let from = 0, to = 0; from < rising.length; from = to) {
    while (to < rising.length && scores[rising[to]] === scores[rising[from]]) to += 1;
    const tied = Array.from(rising.subarray(from, to));
    const below = Float64Array.from(negatives);
    for (const cell of tied) if (labels[cell] === 0) negatives[block[cell]] += 1;
    for (const cell of tied) {
      if (labels[cell] === 0) continue;
      positives[block[cell]] += 1;
      const row = block[cell] * blocks;
      for (let other = 0; other < blocks; other++) {
        wins[row + other] += (below[other] + negatives[other]) / 2;
      }
    }
  }
  return { blocks, positives, negatives, wins };
}

/** With each block counted so many times; NaN where positives or negatives are missing. */
function areaOf({ blocks, positives, negatives, wins }: BlockWins, times: Float64Array): number {
  let [won, above, below] = [0, 0, 0];
  for (let block = 0; block < blocks; block++) {
    if (times[block] === 0) continue;
    above += times[block] * positives[block];
    below += times[block] * negatives[block];
    if (positives[block] === 0) continue;
    let row = 0;
    for (let other = 0; other < blocks; other++) row += times[other] * wins[block * blocks + other];
    won += times[block] * row;
  }
  return won / (above * below);
}
