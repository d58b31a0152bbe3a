import type { Method } from "../method/parameters";
import type { CostedNetwork } from "../training/cost";
import type { AUTOENCODER, CLASSIFIER } from "./network-options";

/**
 * Pieces of a step's work that need nothing of each other, so that they can be shared out among jobs.
 * What follows in the same step needs all of them.
 */
export interface Batch {
  readonly count: number;
  readonly piece: Piece;
}

/** One training, or anything else that takes as long as so many microseconds a patch. */
export type Piece =
  | {
      readonly kind: "training";
      readonly network: CostedNetwork;
      readonly epochs: number;
      /** Share of the patches that it learns from, 0 to 1. */
      readonly ofPatches: number;
    }
  | { readonly kind: "other"; readonly microsecondsPerPatch: number };

type Autoencoder = Pick<Method, (typeof AUTOENCODER)[number]>;
type Classifier = Pick<Method, (typeof CLASSIFIER)[number]>;

/** Auto-encoders as the method has them, each with all its members. */
export function autoencoders(
  { architecture, filters, epochs, members }: Autoencoder,
  count: number,
): Batch {
  const network = { kind: "autoencoder", architecture, filters } as const;
  return { count: count * members, piece: { kind: "training", network, epochs, ofPatches: 1 } };
}

/** Classifiers as the method has them, on labels that are a share of the patches. */
export function classifiers(
  { classifierFilters: filters, dense, classifierEpochs: epochs }: Classifier,
  count: number,
  [high, low]: Method["proportion"] = PAPER_PROPORTION,
): Batch {
  const network = { kind: "classifier", filters, dense } as const;
  return { count, piece: { kind: "training", network, epochs, ofPatches: high + low } };
}

/** The paper's share of labels, for a step that has them from another and does not read it. */
const PAPER_PROPORTION = [0.15, 0.15] as const;

/** Work that no network does, by how long it was measured to take for each patch (npm run bench). */
export function otherWork(microsecondsPerPatch: number): Batch {
  return { count: 1, piece: { kind: "other", microsecondsPerPatch } };
}
