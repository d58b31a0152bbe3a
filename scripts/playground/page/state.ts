import type {
  Ability,
  Baseline,
  InspectedPatch,
  PackedDistrict,
  PlaygroundParameters,
} from "../protocol";
import type { Setup } from "./address";
import type { KeptRun } from "./comparison";
import { type Cut, type Network, type Run, staleCut } from "./runs";

/** A district that the playground was built with. */
export interface Pack {
  readonly id: string;
  readonly title: string;
}

/** All that the page shows; what the reader wants stands in `setup`, all else came of it. */
export interface State {
  readonly packs: readonly Pack[];
  readonly ability: Ability | null;
  /** Null until a district is open. */
  readonly setup: Setup | null;
  readonly district: PackedDistrict | null;
  /** What the page waits for, in words; null where it waits for nothing but a training. */
  readonly waiting: string | null;
  /** What could not be done, in words. */
  readonly trouble: string | null;
  /** What of the address could not be taken, and what an address cannot hold. */
  readonly notes: readonly string[];
  readonly cut: Cut | null;
  readonly autoencoder: Run | null;
  readonly classifier: Run | null;
  readonly kept: readonly KeptRun[];
  /** Letters of the two runs that are held against each other. */
  readonly compared: readonly [string, string] | null;
  /** The patch under the pointer or the arrow keys. */
  readonly patch: number | null;
  readonly inspected: InspectedPatch | null;
  /** What was copied last. */
  readonly copied: string | null;
  /** Settings that cannot be taken, by name: the text as it stands, and why not. */
  readonly refused: ReadonlyMap<string, { readonly text: string; readonly why: string }>;
}

export const FIRST_STATE: State = {
  ...{ packs: [], ability: null, setup: null, district: null, waiting: null, trouble: null },
  ...{ notes: [], cut: null, autoencoder: null, classifier: null, kept: [], compared: null },
  ...{ patch: null, inspected: null, copied: null, refused: new Map() },
};

/** The run of a network. */
export function runOf(state: State, network: Network): Run | null {
  return network === "autoencoder" ? state.autoencoder : state.classifier;
}

/** The network that trains, if any. */
export function trainingOf({ autoencoder, classifier }: State): Run | null {
  return [autoencoder, classifier].find((run) => run?.status === "training") ?? null;
}

/** Whether other patches have to be cut before anything is trained by the controls. */
export function needsCut({ cut }: State, setup: Setup): boolean {
  return cut === null || cut.district !== setup.district || isStale(cut, setup.parameters);
}

function isStale(cut: Cut, wanted: PlaygroundParameters): boolean {
  return staleCut(cut, wanted).length > 0;
}

/** A cut with a baseline that came later. */
export function withBaseline(cut: Cut, baseline: Baseline): Cut {
  const others = cut.prepared.baselines.filter(({ id }) => id !== baseline.id);
  return { ...cut, prepared: { ...cut.prepared, baselines: [...others, baseline] } };
}
