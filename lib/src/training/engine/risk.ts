/** What samples of a batch say towards its risk: how many there are of each kind, and their losses. */
export interface ClassSums {
  readonly positives: number;
  readonly unlabelled: number;
  /** Sums over positives of their loss as positives, -ln p, and as negatives, -ln(1 - p). */
  readonly positivesAsPositive: number;
  readonly positivesAsNegative: number;
  /** Sum over unlabelled ones of their loss as negatives. */
  readonly unlabelledAsNegative: number;
}

/** The risk of a batch, and its slope by what comes before a sample's sigmoid. */
export interface Risk {
  readonly risk: number;
  readonly slope: (isPositive: boolean, probability: number) => number;
}

/**
 * The non-negative risk of positive and unlabelled samples (Kiryo et al., 2017, eq. 6) under the
 * logistic loss, which for a probability p is -ln p of a positive and -ln(1 - p) of a negative:
 *
 * pi mean_P(-ln p) + max(0, mean_U(-ln(1 - p)) - pi mean_P(-ln(1 - p))).
 *
 * Where the second part is below 0, as it is when a network knows its positives by heart, the step
 * goes up that part alone (algorithm 1, with its beta of 0 and gamma of 1). A mean over none is 0.
 * That paper trains with the sigmoid loss, under which a network that calls everything negative
 * has no slope to leave by; with few positives training ends there, at a risk of pi.
 *
 * @param prior pi, the share of positives among the unlabelled, 0 to 1
 */
export function nonNegativeRisk(sums: ClassSums, prior: number): Risk {
  const positives = Math.max(1, sums.positives);
  const unlabelled = Math.max(1, sums.unlabelled);
  const asPositive = (prior * sums.positivesAsPositive) / positives;
  const asNegative =
    sums.unlabelledAsNegative / unlabelled - (prior * sums.positivesAsNegative) / positives;
  if (asNegative < 0) {
    return {
      risk: asPositive,
      slope: (isPositive, p) => (isPositive ? (prior * p) / positives : -p / unlabelled),
    };
  }
  return {
    risk: asPositive + asNegative,
    slope: (isPositive, p) => (isPositive ? -prior / positives : p / unlabelled),
  };
}
