import { InputError } from "../errors";
import { randomStream, shuffledIndices } from "../random";
import type { TrainingRows } from "./types";

/**
 * Every row with a presence, and a random choice of the other rows as background: unlabelled, not
 * barren.
 *
 * @param labels 1 for rows that hold an occurrence, else 0
 * @param background how many background rows, at most those there are, or "all"
 * @throws InputError when the number is not a whole one above 0
 */
export function presenceBackground(
  labels: Uint8Array,
  { background, seed }: { readonly background: number | "all"; readonly seed: number },
): TrainingRows {
  if (background !== "all" && !(Number.isInteger(background) && background > 0)) {
    throw new InputError({
      kind: "parameter",
      field: "background",
      found: String(background),
      expected: 'a whole number above 0, or "all"',
    });
  }
  const all = Uint32Array.from(labels, (_, row) => row);
  const others = all.filter((row) => labels[row] === 0);
  const order = shuffledIndices(others.length, randomStream(seed, "comparators/background"));
  const taken = order.slice(0, background === "all" ? others.length : background);
  const rows = Uint32Array.from([
    ...all.filter((row) => labels[row] === 1),
    ...taken.map((at) => others[at]),
  ]).sort();
  return { rows, labels: Uint8Array.from(rows, (row) => labels[row]) };
}

/** The training rows of which something holds. */
export function keptRows(
  { rows, labels }: TrainingRows,
  isKept: (row: number) => boolean,
): TrainingRows {
  return {
    rows: rows.filter(isKept),
    labels: labels.filter((_, at) => isKept(rows[at])),
  };
}
