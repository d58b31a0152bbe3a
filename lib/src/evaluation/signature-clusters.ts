import { kmeans } from "ml-kmeans";
import { InputError } from "../errors";
import { derivedSeed } from "../random";
import { meanOf } from "./describe";

/** Rows of one signature: alike among each other, unlike those of other clusters. */
export interface SignatureCluster {
  /** Which of the rows, in their order. */
  readonly members: Uint32Array;
  /** Mean of each feature over the members. */
  readonly centre: Float64Array;
  /** Mean silhouette of the members: near 1 well apart from the others, 0 between two, -1 misplaced. */
  readonly silhouette: number;
}

export interface SignatureClusters {
  /** The largest first. */
  readonly clusters: readonly SignatureCluster[];
  /** Mean silhouette over all rows, for each number of clusters that was tried. */
  readonly tried: readonly { readonly clusters: number; readonly silhouette: number }[];
}

export interface SignatureOptions {
  /** Least and largest number of clusters to try. */
  readonly clusters: readonly [number, number];
  readonly seed: number;
}

/** Starts of k-means, the best of which counts. */
const STARTS = 10;

/**
 * Signatures among rows, such as the patches labelled prospective: k-means for each number of
 * clusters in a range, the number with the highest mean silhouette. Nothing is looked at but the
 * rows themselves.
 *
 * Sources: MacQueen (1967); Arthur and Vassilvitskii (2007) for the starts; Rousseeuw (1987) for the
 * silhouette.
 *
 * @param rows [count, width] row-major, features on one scale, such as standard deviations
 * @throws InputError for fewer rows than two clusters can share, or a range of no clusters
 */
export function signatureClusters(
  rows: Float64Array,
  width: number,
  { clusters: [least, largest], seed }: SignatureOptions,
): SignatureClusters {
  const count = rows.length / width;
  if (!(least >= 2 && largest >= least && count > least)) {
    throw new InputError({
      kind: "parameter",
      field: "clusters",
      found: `${least} to ${largest} of ${count} rows`,
      expected: "a range from 2 up, and more rows than its least",
    });
  }
  const points = Array.from({ length: count }, (_, row) =>
    Array.from(rows.subarray(row * width, (row + 1) * width)),
  );
  const numbers = Array.from({ length: largest - least + 1 }, (_, at) => least + at).filter(
    (clusters) => clusters < count,
  );
  const apart = distances(points);
  const all = numbers.map((clusters) => {
    const assigned = bestStart(points, clusters, seed);
    const silhouettes = silhouettesOf(assigned, clusters, apart, count);
    return { clusters, assigned, silhouettes, silhouette: meanOf(silhouettes) };
  });
  const best = all.reduce((one, other) => (other.silhouette > one.silhouette ? other : one));
  return {
    clusters: describe(points, best),
    tried: all.map(({ clusters, silhouette }) => ({ clusters, silhouette })),
  };
}

/** Of several starts the one whose rows lie nearest to their centres. */
function bestStart(points: number[][], clusters: number, seed: number): readonly number[] {
  const starts = Array.from({ length: STARTS }, (_, start) => {
    const options = {
      seed: derivedSeed(seed, `k-means/${clusters}/${start}`),
      initialization: "kmeans++",
    } as const;
    const { clusters: assigned, centroids } = kmeans(points, clusters, options);
    const inertia = points.reduce(
      (sum, point, row) => sum + squaredDistance(point, centroids[assigned[row]]),
      0,
    );
    return { assigned, inertia };
  });
  return starts.reduce((one, other) => (other.inertia < one.inertia ? other : one)).assigned;
}

function squaredDistance(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, at) => sum + (value - other[at]) ** 2, 0);
}

/** Distance of every pair of rows: [first, second]. */
function distances(points: readonly (readonly number[])[]): Float32Array {
  const count = points.length;
  const apart = new Float32Array(count * count);
  for (let first = 0; first < count; first++) {
    for (let second = first + 1; second < count; second++) {
      const distance = Math.sqrt(squaredDistance(points[first], points[second]));
      apart[first * count + second] = distance;
      apart[second * count + first] = distance;
    }
  }
  return apart;
}

/**
 * For each row (b - a) / max(a, b), a its mean distance to the others of its cluster and b that to
 * the nearest other cluster; 0 for a row that is alone in its cluster.
 */
function silhouettesOf(
  assigned: readonly number[],
  clusters: number,
  apart: Float32Array,
  count: number,
): Float64Array {
  const sizes = new Float64Array(clusters);
  for (const cluster of assigned) sizes[cluster] += 1;
  const sums = new Float64Array(clusters);
  return Float64Array.from(assigned, (own, row) => {
    sums.fill(0);
    for (let other = 0; other < count; other++) {
      sums[assigned[other]] += apart[row * count + other];
    }
    if (sizes[own] === 1) return 0;
    const within = sums[own] / (sizes[own] - 1);
    let nearest = Infinity;
    for (let cluster = 0; cluster < clusters; cluster++) {
      if (cluster !== own && sizes[cluster] > 0) {
        nearest = Math.min(nearest, sums[cluster] / sizes[cluster]);
      }
    }
    const widest = Math.max(within, nearest);
    return widest === 0 || nearest === Infinity ? 0 : (nearest - within) / widest;
  });
}

function describe(
  points: readonly (readonly number[])[],
  {
    assigned,
    silhouettes,
  }: { readonly assigned: readonly number[]; readonly silhouettes: Float64Array },
): SignatureCluster[] {
  const numbers = [...new Set(assigned)];
  return numbers
    .map((cluster) => {
      const members = Uint32Array.from(
        assigned.flatMap((other, row) => (other === cluster ? [row] : [])),
      );
      const centre = Float64Array.from(points[0], (_, feature) =>
        meanOf(Array.from(members, (row) => points[row][feature])),
      );
      const silhouette = meanOf(Array.from(members, (row) => silhouettes[row]));
      return { members, centre, silhouette };
    })
    .sort(
      (one, other) =>
        other.members.length - one.members.length || one.members[0] - other.members[0],
    );
}
