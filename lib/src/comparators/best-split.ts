/** A split of a node by one feature. */
export interface Split {
  /** Codes up to this one go left. */
  readonly lastLeft: number;
  /** The next code that occurs in the node; above all codes when only missing values go right. */
  readonly firstRight: number;
  readonly isMissingRight: boolean;
  /** Sum over both sides of the squared class weights by the side's weight; high is pure. */
  readonly purity: number;
}

/** Weights of the classes 0 and 1. */
export type ClassWeights = readonly [number, number];

/** Finds splits; keeps the room that counting takes from one node to the next. */
export interface SplitFinder {
  /** The purest split of a node by a feature; null when the feature does not vary in the node. */
  find(codes: Uint32Array, distinct: number, rows: Uint32Array): Split | null;
}

/**
 * Exact search for the split that lowers the Gini impurity most, over every value between two that
 * occur. Missing values try both sides, and the split into missing and present is one more.
 * Of equal splits the one with the lowest value is taken.
 *
 * @param labels class of each row, 0 or 1
 * @param weights of the classes
 * @param distinctAtMost largest number of distinct values of a feature
 * @param rowsAtMost largest number of rows of a node
 */
export function splitFinder(
  labels: Uint8Array,
  weights: ClassWeights,
  distinctAtMost: number,
  rowsAtMost: number,
): SplitFinder {
  const counts = new Uint32Array(2 * (distinctAtMost + 1));
  const keys = new Uint32Array(rowsAtMost);
  const groups = new Uint32Array(distinctAtMost + 1);
  const zeros = new Uint32Array(distinctAtMost + 1);
  const ones = new Uint32Array(distinctAtMost + 1);

  /** Classes by code, by counting: for nodes with many rows. */
  const groupByCounting = (codes: Uint32Array, distinct: number, rows: Uint32Array): number => {
    const end = 2 * (distinct + 1);
    counts.fill(0, 0, end);
    for (let at = 0; at < rows.length; at++) counts[2 * codes[rows[at]] + labels[rows[at]]] += 1;
    let found = 0;
    for (let key = 0; key < end; key += 2) {
      if (counts[key] + counts[key + 1] === 0) continue;
      groups[found] = key >> 1;
      zeros[found] = counts[key];
      ones[found] = counts[key + 1];
      found += 1;
    }
    return found;
  };

  /** Classes by code, by sorting: for nodes with few rows. */
  const groupBySorting = (codes: Uint32Array, rows: Uint32Array): number => {
    const length = rows.length;
    for (let at = 0; at < length; at++) keys[at] = 2 * codes[rows[at]] + labels[rows[at]];
    sortRising(keys, length);
    let found = -1;
    let last = -1;
    for (let at = 0; at < length; at++) {
      const code = keys[at] >>> 1;
      if (code !== last) {
        found += 1;
        groups[found] = code;
        zeros[found] = 0;
        ones[found] = 0;
        last = code;
      }
      if ((keys[at] & 1) === 1) ones[found] += 1;
      else zeros[found] += 1;
    }
    return found + 1;
  };

  return {
    find(codes, distinct, rows) {
      const isLarge = rows.length * 8 > distinct;
      const found = isLarge ? groupByCounting(codes, distinct, rows) : groupBySorting(codes, rows);
      if (found < 2) return null;
      const hasMissing = groups[found - 1] === distinct;
      const present = hasMissing ? found - 1 : found;
      const missingZero = hasMissing ? zeros[present] * weights[0] : 0;
      const missingOne = hasMissing ? ones[present] * weights[1] : 0;
      let allZero = missingZero;
      let allOne = missingOne;
      for (let group = 0; group < present; group++) {
        allZero += zeros[group] * weights[0];
        allOne += ones[group] * weights[1];
      }
      let zero = 0;
      let one = 0;
      let best = -1;
      let bestGroup = 0;
      let isMissingRight = false;
      for (let group = 0; group < present; group++) {
        zero += zeros[group] * weights[0];
        one += ones[group] * weights[1];
        const isLast = group === present - 1;
        if (!isLast || hasMissing) {
          const purity = purityOf(zero, one) + purityOf(allZero - zero, allOne - one);
          if (purity > best) {
            best = purity;
            bestGroup = group;
            isMissingRight = hasMissing;
          }
        }
        if (hasMissing && !isLast) {
          const withMissing =
            purityOf(zero + missingZero, one + missingOne) +
            purityOf(allZero - zero - missingZero, allOne - one - missingOne);
          if (withMissing > best) {
            best = withMissing;
            bestGroup = group;
            isMissingRight = false;
          }
        }
      }
      return {
        lastLeft: groups[bestGroup],
        firstRight: groups[bestGroup + 1],
        isMissingRight,
        purity: best,
      };
    },
  };
}

/** Squared class weights by the weight of both; a node's weight less this is its Gini impurity. */
export function purityOf(zero: number, one: number): number {
  return (zero * zero + one * one) / (zero + one);
}

/** Sorts the first so many: by insertion when they are few, which is most of the time. */
function sortRising(keys: Uint32Array, length: number): void {
  if (length > 24) {
    keys.subarray(0, length).sort();
    return;
  }
  for (let at = 1; at < length; at++) {
    const key = keys[at];
    let to = at - 1;
    while (to >= 0 && keys[to] > key) {
      keys[to + 1] = keys[to];
      to -= 1;
    }
    keys[to + 1] = key;
  }
}
