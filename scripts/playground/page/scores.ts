import type { Judged, PreparedGroup } from "../protocol";
import type { Setup } from "./address";
import { type Cut, groupIndex, type Run } from "./runs";
import { order, type Selection, selectGround } from "./selection";
import type { State } from "./state";

/** A score of all patches as charts and the table beside them have it. */
export interface Score {
  /** Id that its colour and dash go by. */
  readonly id: string;
  readonly title: string;
  readonly cut: Cut;
  readonly values: Float64Array;
  readonly judged: readonly Judged[];
  readonly run: Run | null;
}

/** All scores there are: the runs at work, the baselines beside them, and what was kept. */
export function allScores({ autoencoder, classifier, cut, kept, district }: State): Score[] {
  const runs = [
    { id: "error", title: "Reconstruction error", run: autoencoder },
    { id: "probability", title: "Classifier", run: classifier },
  ];
  // Baselines of the patches that the error is of; those at hand where there is none.
  const beside = autoencoder?.scores == null ? cut : autoencoder.cut;
  return [
    ...runs.flatMap(({ id, title, run }) => ofRun(id, title, run)),
    ...(beside?.prepared.baselines ?? []).map(({ id, title, scores: values, judged }) => ({
      ...{ id, title, cut: beside as Cut, values, judged, run: null },
    })),
    ...kept
      .filter(({ run }) => run.cut.district === district?.id)
      .flatMap(({ letter, run }) => ofRun(letter, `Kept ${letter}`, run)),
  ];
}

function ofRun(id: string, title: string, run: Run | null): Score[] {
  if (run?.scores == null || run.judged === null) return [];
  return [{ id, title, cut: run.cut, values: run.scores, judged: run.judged, run }];
}

/** A score's judgement by the occurrences that are asked for. */
export function judgedBy({ judged, cut }: Score, group: string): Judged {
  return judged[groupIndex(cut, group)];
}

const orders = new WeakMap<Float64Array, Uint32Array>();

interface KnownSelection {
  readonly ground: number;
  readonly group: PreparedGroup;
  readonly selection: Selection;
}

const selections = new WeakMap<Float64Array, KnownSelection>();

/** What the highest values of a score select of the ground and its occurrences; found once for each. */
export function selectedBy(
  { values, cut }: Pick<Score, "values" | "cut">,
  { ground, group: id }: Pick<Setup, "ground" | "group">,
): Selection {
  const group = cut.prepared.groups[groupIndex(cut, id)];
  const known = selections.get(values);
  if (known?.ground === ground && known.group === group) return known.selection;
  const selection = selectGround(values, orderOf(values), ground, group);
  selections.set(values, { ground, group, selection });
  return selection;
}

/** Patches by falling score; sorted once for each score. */
export function orderOf(values: Float64Array): Uint32Array {
  const known = orders.get(values);
  if (known !== undefined) return known;
  const sorted = order(values);
  orders.set(values, sorted);
  return sorted;
}
