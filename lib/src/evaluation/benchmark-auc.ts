import { InputError } from "../errors";
import { randomStream } from "../random";
import { areaUnderRoc } from "./roc";

/** Scores at points, in CRS units. */
export interface ScoredPoints {
  readonly eastings: ArrayLike<number>;
  readonly northings: ArrayLike<number>;
  /** High for anomalous; NaN where there is no score: such a point does not take part. */
  readonly scores: ArrayLike<number>;
}

/** How the open benchmark for geochemical anomaly detection judges scores. */
export interface BenchmarkOptions {
  readonly seed: number;
  /** Draws of negatives: 20 when absent. */
  readonly draws?: number;
  /** How far a negative lies from every site at least, in CRS units: 5,000 when absent. */
  readonly apart?: number;
}

/** An AUC as the open benchmark has it. */
export interface BenchmarkAuc {
  /** Over the draws. */
  readonly mean: number;
  /** Over the draws, of the draws and no sample of more (numpy's std). */
  readonly deviation: number;
  readonly draws: Float64Array;
  readonly sites: number;
  /** Points that negatives are drawn from. */
  readonly eligible: number;
  /** AUC against all of these: what the mean of ever more draws comes to. */
  readonly againstAll: number;
  /** Of the sites, the farthest that the nearest point with a score is away, in CRS units. */
  readonly farthest: number;
}

/**
 * The AUC of the open benchmark for geochemical anomaly detection (GeoChemAD, Ding et al. 2026,
 * arXiv 2603.13068; its evaluate.py): a known site has the score of the nearest sample, and as many
 * samples are drawn, with replacement, from those at least 5 km from every site; mean and deviation
 * over 20 draws.
 *
 * The deviation says how far the draw of negatives moves the AUC, not how far other sites would: with
 * few sites the interval of an AUC is much wider. Sites far from the negatives are easily told from
 * them by where they are; near and far occurrences are judged apart in notebook 04.
 *
 * Where the benchmark takes all samples if none is far enough, this refuses.
 *
 * @param points samples, or the centres of pixels
 * @param sites known, in CRS units
 * @throws InputError when there is no site, no point with a score or none far enough, or an option
 *   makes no sense
 */
export function benchmarkAuc(
  points: ScoredPoints,
  sites: readonly { readonly easting: number; readonly northing: number }[],
  { seed, draws = 20, apart = 5000 }: BenchmarkOptions,
): BenchmarkAuc {
  if (!(Number.isInteger(draws) && draws >= 1)) throw refused(`${draws} draws`, "one or more");
  if (!(apart >= 0)) throw refused(`${apart} apart`, "a distance of 0 or more");
  const scored = Array.from({ length: points.scores.length }, (_, at) => at).filter(
    (at) => !Number.isNaN(points.scores[at]),
  );
  if (sites.length === 0 || scored.length === 0) {
    throw refused(`${sites.length} sites and ${scored.length} points with a score`, "some of both");
  }
  const toSite = new Float64Array(scored.length).fill(Number.POSITIVE_INFINITY);
  let farthest = 0;
  const positives = sites.map(({ easting, northing }) => {
    let nearest = 0;
    let least = Number.POSITIVE_INFINITY;
    scored.forEach((point, at) => {
      const [across, down] = [points.eastings[point] - easting, points.northings[point] - northing];
      const away = Math.sqrt(across * across + down * down);
      toSite[at] = Math.min(toSite[at], away);
      if (away >= least) return;
      least = away;
      nearest = point;
    });
    farthest = Math.max(farthest, least);
    return points.scores[nearest];
  });
  const eligible = scored.filter((_, at) => toSite[at] >= apart).map((at) => points.scores[at]);
  if (eligible.length === 0) {
    throw refused(
      `no point with a score at least ${apart} from all of ${sites.length} sites`,
      "some to draw negatives from",
    );
  }
  const random = randomStream(seed, "benchmark negatives");
  const aucs = Float64Array.from({ length: draws }, () =>
    aucOf(
      positives,
      sites.map(() => eligible[random.below(eligible.length)]),
    ),
  );
  const mean = aucs.reduce((sum, auc) => sum + auc, 0) / draws;
  const squares = aucs.reduce((sum, auc) => sum + (auc - mean) ** 2, 0);
  return {
    ...{ mean, draws: aucs, farthest, sites: sites.length, eligible: eligible.length },
    deviation: Math.sqrt(squares / draws),
    againstAll: aucOf(positives, eligible),
  };
}

function aucOf(positives: readonly number[], negatives: readonly number[]): number {
  const labels = [...positives.map(() => 1), ...negatives.map(() => 0)];
  return areaUnderRoc([...positives, ...negatives], labels);
}

function refused(found: string, expected: string): InputError {
  return new InputError({ kind: "values", field: "benchmark protocol", found, expected });
}
