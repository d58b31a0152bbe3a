import { patchCentres } from "../patches/means";
import type { Patches } from "../patches/types";
import type { Zone } from "../study/types";
import { isInZone } from "../study/zone-members";
import { rowCount, takeRows } from "./features";
import { keptRows } from "./training-rows";
import type { FeatureTable, TrainingRows } from "./types";

/** How a comparator is fitted and applied. */
export interface Comparator<Model> {
  /** Without so many presences a zone has no model. */
  readonly presencesAtLeast: number;
  fit(table: FeatureTable, labels: Uint8Array): Model;
  /** High for favourable. */
  score(model: Model, table: FeatureTable): Float64Array;
}

/** Which zone each row of a table lies in. */
export interface ZoneMembership {
  readonly names: readonly string[];
  /** Number of the zone; -1 in none. */
  readonly zoneOf: Int32Array;
}

/** What came of one zone, or of the whole area (zone null). */
export interface ZoneFit<Model> {
  readonly zone: string | null;
  /** Rows of the table that lie in it. */
  readonly rows: number;
  readonly presences: number;
  readonly background: number;
  /** Null where the zone was skipped. */
  readonly model: Model | null;
  /** Why it was. */
  readonly skipped: string | null;
}

/** The zone that holds the centre of each patch; of zones that overlap, the first. */
export function zoneMembership(patches: Patches, zones: readonly Zone[]): ZoneMembership {
  const zoneOf = Int32Array.from(patchCentres(patches), ({ easting, northing }) =>
    zones.findIndex((zone) => isInZone(zone, easting, northing)),
  );
  return { names: zones.map(({ name }) => name), zoneOf };
}

/**
 * Fits a comparator apart in each zone, to the training rows that lie in it, and joins the scores;
 * without zones, once to the whole. A zone with too few presences or no background is skipped, with
 * the reason; its rows, and rows in no zone, have no score: NaN.
 */
export function fitByZone<Model>(
  comparator: Comparator<Model>,
  table: FeatureTable,
  training: TrainingRows,
  zones: ZoneMembership | null,
): { readonly scores: Float64Array; readonly fits: readonly ZoneFit<Model>[] } {
  const scores = new Float64Array(rowCount(table)).fill(Number.NaN);
  const all = Uint32Array.from(scores, (_, row) => row);
  const names = zones === null ? [null] : zones.names;
  const fits = names.map((zone, number): ZoneFit<Model> => {
    const isMember = (row: number) => zones === null || zones.zoneOf[row] === number;
    const members = all.filter(isMember);
    const { rows, labels } = keptRows(training, isMember);
    const presences = labels.reduce((sum, label) => sum + label, 0);
    const background = rows.length - presences;
    const counts = { zone, rows: members.length, presences, background };
    const skipped = reasonToSkip(presences, background, comparator.presencesAtLeast);
    if (skipped !== null) return { ...counts, model: null, skipped };
    const model = comparator.fit(takeRows(table, rows), labels);
    const own = comparator.score(model, takeRows(table, members));
    members.forEach((row, at) => {
      scores[row] = own[at];
    });
    return { ...counts, model, skipped: null };
  });
  return { scores, fits };
}

/**
 * Scores of every row by the model that has not seen its fold: for each fold, fitted (by zones, if
 * any) to the training rows of all other folds. NaN where that could not be fitted.
 *
 * @param folds number of the fold of each row
 * @param onFold told before each fold, how many are done and how many there are
 */
export async function outOfFoldScores<Model>(
  comparator: Comparator<Model>,
  table: FeatureTable,
  training: TrainingRows,
  zones: ZoneMembership | null,
  folds: ArrayLike<number>,
  onFold: (done: number, of: number) => Promise<void>,
): Promise<Float64Array> {
  const joined = new Float64Array(rowCount(table)).fill(Number.NaN);
  const numbers = [...new Set(Array.from(folds))].sort((first, second) => first - second);
  for (const [done, fold] of numbers.entries()) {
    await onFold(done, numbers.length);
    const others = keptRows(training, (row) => folds[row] !== fold);
    const { scores } = fitByZone(comparator, table, others, zones);
    scores.forEach((score, row) => {
      if (folds[row] === fold) joined[row] = score;
    });
  }
  return joined;
}

function reasonToSkip(presences: number, background: number, atLeast: number): string | null {
  if (presences < atLeast) return `${presences} of the ${atLeast} presences that a fit needs`;
  return background === 0 ? "no background" : null;
}
