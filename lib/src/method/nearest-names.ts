/** Letters of a misspelt name that are looked at: none that is meant has as many. */
const MOST_LETTERS = 100;

/**
 * The names that a misspelt one is likest to: by the fewest letters inserted, left out, changed or
 * swapped; to be part of a name, or to hold one, counts little more than a single letter.
 */
export function nearestNames(wrong: string, names: readonly string[], most = 3): string[] {
  const lower = wrong.slice(0, MOST_LETTERS).toLowerCase();
  const distance = (name: string) => {
    const other = name.toLowerCase();
    const holds = lower !== "" && (other.includes(lower) || lower.includes(other));
    const edits = editDistance(lower, other);
    const apart = Math.abs(lower.length - other.length);
    return holds ? Math.min(edits, 1 + apart / 10) : edits;
  };
  return [...names].sort((one, other) => distance(one) - distance(other)).slice(0, most);
}

/** Optimal string alignment: Levenshtein's distance with swaps of neighbours as one edit. */
export function editDistance(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1];
      let best = Math.min(
        rows[i - 1][j] + 1,
        row[j - 1] + 1,
        rows[i - 1][j - 1] + (isSame ? 0 : 1),
      );
      const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (isSwap) best = Math.min(best, rows[i - 2][j - 2] + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return rows[one.length][other.length];
}
