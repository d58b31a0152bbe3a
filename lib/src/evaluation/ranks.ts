/** From as many scores on, sorting by digits is the faster way. */
const MANY = 4096;

/** Indices of scores from the highest to the lowest; tied scores keep their order. */
export function fallingOrder(scores: ArrayLike<number>): Uint32Array {
  const indices = Uint32Array.from({ length: scores.length }, (_, index) => index);
  if (scores.length >= MANY) return orderByDigits(scores, indices);
  return indices.sort((first, second) => scores[second] - scores[first] || first - second);
}

/**
 * A radix sort by the 16-bit digits of the scores' bits, the lowest first, for the hundreds of
 * thousands of scores of a map by pixels. It keeps the order of ties.
 */
function orderByDigits(scores: ArrayLike<number>, indices: Uint32Array): Uint32Array {
  // Adding 0 makes minus zero zero, as which it counts.
  const floats = Float64Array.from(scores, (score) => score + 0);
  const words = new Uint32Array(floats.buffer);
  for (let at = 0; at < words.length; at += 2) {
    // As whole numbers, the bits of positive scores rise with them and those of negative ones
    // fall; turned so that all fall.
    if (words[at + 1] >>> 31 === 1) continue;
    words[at] = ~words[at];
    words[at + 1] = ~words[at + 1] & 0x7fffffff;
  }
  const digits = new Uint16Array(floats.buffer);
  let from: Uint32Array = indices;
  let to: Uint32Array = new Uint32Array(indices.length);
  for (let digit = 0; digit < 4; digit++) {
    const places = new Uint32Array(65_537);
    for (let at = digit; at < digits.length; at += 4) places[digits[at] + 1] += 1;
    for (let value = 1; value < places.length; value++) places[value] += places[value - 1];
    for (const index of from) to[places[digits[4 * index + digit]]++] = index;
    [from, to] = [to, from];
  }
  return from;
}

/** Ranks from 1 by rising value; tied values share the mean of their ranks. */
export function midRanks(values: ArrayLike<number>): Float64Array {
  const order = fallingOrder(values).reverse();
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && values[order[end]] === values[order[start]]) end += 1;
    for (let at = start; at < end; at++) ranks[order[at]] = (start + end + 1) / 2;
    start = end;
  }
  return ranks;
}

/**
 * Share of all that scores below each, its ties and itself counted half: 0 to 1, one yardstick for maps
 * and fits whose scores have none in common.
 */
export function rankShares(scores: ArrayLike<number>): Float64Array {
  return midRanks(scores).map((rank) => (rank - 0.5) / scores.length);
}
