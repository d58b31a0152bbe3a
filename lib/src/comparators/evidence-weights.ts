import { InputError } from "../errors";

/** Unit cells of a class of an evidence pattern, and how many of them hold an occurrence. */
export interface ClassCounts {
  readonly cells: number;
  readonly occurrences: number;
}

/** What it weighs that a cell lies in a class: added to the prior logit. */
export interface EvidenceWeight {
  /** ln of the share of the occurrences that lie in the class by the share of the barren cells. */
  readonly weight: number;
  readonly variance: number;
}

/** The weights of all classes of a pattern. */
export interface PatternWeights {
  /** In the order of the classes. */
  readonly weights: readonly EvidenceWeight[];
  /** Whether half a cell of each kind was added to every class, since one had none of a kind. */
  readonly isCorrected: boolean;
}

/** How far two classes of a pattern are apart. */
export interface Contrast {
  /** Weight of the one less weight of the other: the log odds ratio. */
  readonly contrast: number;
  readonly deviation: number;
  /** Contrast by its deviation; above 2 the pattern is unlikely to be chance if chosen beforehand. */
  readonly studentised: number;
}

/**
 * Weights of evidence of the classes of a pattern (Bonham-Carter et al. 1989). A class of B cells
 * with d occurrences, in a study of A cells with D occurrences, weighs
 * ln[(d / D) / ((B - d) / (A - D))] with a variance of 1 / d + 1 / (B - d). Of a binary pattern the
 * weight of the class inside is W+, that of the class outside W-.
 *
 * Areas are counted in unit cells, each with one occurrence at most. A and D are those of the
 * classes together: cells of which the pattern is unknown are in none of them and weigh 0. Where a
 * class holds no occurrence, or nothing else, its weight would be infinite: then half a cell of each
 * kind is added to every class (Haldane 1956), and the result says so.
 *
 * @param classes at least two
 * @throws InputError when counts make no sense, or no class holds an occurrence or a barren cell
 */
export function patternWeights(classes: readonly ClassCounts[]): PatternWeights {
  requireCounts(classes);
  const isCorrected = classes.some(
    ({ cells, occurrences }) => occurrences === 0 || cells === occurrences,
  );
  const added = isCorrected ? 0.5 : 0;
  const counts = classes.map(({ cells, occurrences }) => ({
    occupied: occurrences + added,
    barren: cells - occurrences + added,
  }));
  const allOccupied = counts.reduce((sum, { occupied }) => sum + occupied, 0);
  const allBarren = counts.reduce((sum, { barren }) => sum + barren, 0);
  const weights = counts.map(({ occupied, barren }) => ({
    weight: Math.log(occupied / allOccupied / (barren / allBarren)),
    variance: 1 / occupied + 1 / barren,
  }));
  return { weights, isCorrected };
}

/** The contrast of two classes, such as W+ less W-. */
export function contrastOf(inside: EvidenceWeight, outside: EvidenceWeight): Contrast {
  const contrast = inside.weight - outside.weight;
  const deviation = Math.sqrt(inside.variance + outside.variance);
  return { contrast, deviation, studentised: contrast / deviation };
}

function requireCounts(classes: readonly ClassCounts[]): void {
  const refuse = (found: string, expected: string) =>
    new InputError({ kind: "values", field: "classes of an evidence pattern", found, expected });
  if (classes.length < 2) throw refuse(`${classes.length} classes`, "at least two");
  const odd = classes.find(
    ({ cells, occurrences }) => !(occurrences >= 0 && occurrences <= cells && cells > 0),
  );
  if (odd !== undefined) {
    throw refuse(
      `${odd.occurrences} occurrences in ${odd.cells} cells`,
      "cells in every class, and one occurrence a cell at most",
    );
  }
  const occurrences = classes.reduce((sum, each) => sum + each.occurrences, 0);
  const cells = classes.reduce((sum, each) => sum + each.cells, 0);
  if (occurrences === 0 || occurrences === cells) {
    throw refuse(`${occurrences} occurrences in ${cells} cells`, "cells with and without one");
  }
}
