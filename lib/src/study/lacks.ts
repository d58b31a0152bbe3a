import { type Skipped, skipped } from "../skipped";
import type { Study } from "./types";

type Named = Pick<Study, "id">;

/** A study without samples has nothing that is made from them. */
export function noSamples({ id }: Named): Skipped {
  return skipped(`study ${id} has no geochemical samples`);
}

/** Samples without a column of map sheets cannot be compared across edges. */
export function noSheets({ id }: Named): Skipped {
  return skipped(`study ${id} names no column of map sheets`);
}

/** The only evidence layer cannot be left out. */
export function oneLayer({ id, evidence }: Pick<Study, "id" | "evidence">): Skipped {
  const [{ label }] = evidence;
  return skipped(
    `study ${id} has one evidence layer, ${label}, and the only one cannot be left out`,
  );
}

/** One evidence layer makes no pair. */
export function noPairs({ id }: Named): Skipped {
  return skipped(`study ${id} has one evidence layer, and so no pairs`);
}

/** No layer can stand as a score of its own. */
export function noDirection({ id }: Named): Skipped {
  return skipped(`the manifest of study ${id} holds no layer favourable beforehand`);
}

/** No zones, so nothing is told or fitted by zone. */
export function noZones({ id }: Named): Skipped {
  return skipped(`study ${id} names no zones`);
}

/** Too few patches hold an occurrence for something to be fitted or judged apart. */
export function tooFewOccurrences({ id }: Named): Skipped {
  return skipped(`too few patches of study ${id} hold an occurrence`);
}

/** Too little ground, so that no part of it can be held out. */
export function tooFewBlocks({ id }: Named): Skipped {
  return skipped(`study ${id} is too small to hold a part of its ground out`);
}

/** No ground is a target, so there is none to tell of. */
export function noTargets({ id }: Named): Skipped {
  return skipped(`no ground of study ${id} is a target`);
}

/** All patches lie in one block, so that drawing blocks draws nothing. */
export function oneBlock({ id }: Named): Skipped {
  return skipped(`all patches of study ${id} lie in one block, of which there is nothing to draw`);
}

/** A classifier without dropout has no passes in which values drop out. */
export function noDropout(): Skipped {
  return skipped("the classifier has no dropout");
}

/** Too few patches are labelled prospective to be told apart, or none is left unlabelled. */
export function tooFewLabels({ id }: Named): Skipped {
  return skipped(
    `too few patches of study ${id} are labelled prospective to be grouped, or none is left unlabelled`,
  );
}
