import { normalTail } from "./distributions";
import { midRanks } from "./ranks";

/** Whether two sets of numbers tend to differ. */
export interface MannWhitney {
  /** Pairs in which the first is larger, ties counted half. */
  readonly u: number;
  /** Two-sided, by the normal approximation with ties and continuity corrected. */
  readonly pValue: number;
}

/**
 * The rank test of Mann and Whitney (1947) as scipy.stats.mannwhitneyu has it with method
 * "asymptotic". Where all numbers are tied p is 1.
 */
export function mannWhitney(first: ArrayLike<number>, second: ArrayLike<number>): MannWhitney {
  const [n, m] = [first.length, second.length];
  const ranks = midRanks([...Array.from(first), ...Array.from(second)]);
  const sum = ranks.slice(0, n).reduce((total, rank) => total + rank, 0);
  const u = sum - (n * (n + 1)) / 2;
  const ties = new Map<number, number>();
  for (const rank of ranks) ties.set(rank, (ties.get(rank) ?? 0) + 1);
  const tied = [...ties.values()].reduce((total, count) => total + count ** 3 - count, 0);
  const count = n + m;
  const variance = ((n * m) / 12) * (count + 1 - tied / (count * (count - 1)));
  if (!(variance > 0)) return { u, pValue: 1 };
  const away = Math.max(Math.abs(u - (n * m) / 2) - 0.5, 0);
  return { u, pValue: Math.min(1, 2 * normalTail(away / Math.sqrt(variance))) };
}
