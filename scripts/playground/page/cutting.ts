import type { Baseline } from "../protocol";
import type { Setup } from "./address";
import type { Ask, Surroundings } from "./asking";
import { type Cut, groupIndex, type Run } from "./runs";
import { needsCut, type State, trainingOf, withBaseline } from "./state";

/** Patience before patches are cut anew, in ms: a reader types several digits. */
const PAUSE = 300;

/** Patches as the controls ask for them. */
export interface Cutting {
  /** Those at hand where they are what the controls ask for, else new ones; null where refused. */
  readonly needed: () => Promise<Cut | null>;
  /** Cuts anew after a pause, if the controls ask for other patches then and nothing trains. */
  readonly soon: () => void;
}

/** Has patches cut by the controls; a later request makes answers to earlier ones void. */
export function cutting({ state, update }: Surroundings, ask: Ask): Cutting {
  let pause: ReturnType<typeof setTimeout> | undefined;
  let last = 0;

  const cutNow = (): Promise<Cut | null> =>
    new Promise((resolve) => {
      const { setup, district } = state();
      if (setup === null || district === null) return resolve(null);
      const { parameters } = setup;
      update({ waiting: "Cutting the patches and scoring the baselines…" });
      last = ask({ type: "prepare", parameters }, (answer, id) => {
        if (answer.type === "refused" || id !== last) return resolve(null);
        if (answer.type === "baseline") update(withLateBaseline(state(), answer.baseline));
        if (answer.type !== "prepared") return;
        const cut: Cut = { district: district.id, parameters, prepared: answer.prepared };
        const notes = [...new Set([...state().notes, ...unknownGroup(cut, setup)])];
        update({ cut, notes, waiting: null, trouble: null, patch: null, inspected: null });
        resolve(cut);
      });
    });

  return {
    needed: () => {
      clearTimeout(pause);
      const { setup, cut } = state();
      return setup === null || needsCut(state(), setup) ? cutNow() : Promise.resolve(cut);
    },
    soon: () => {
      clearTimeout(pause);
      pause = setTimeout(() => {
        const { setup } = state();
        const isAsked = setup !== null && needsCut(state(), setup);
        if (isAsked && trainingOf(state()) === null) void cutNow();
      }, PAUSE);
    },
  };
}

function unknownGroup(cut: Cut, { group }: Setup): string[] {
  const { groups } = cut.prepared;
  if (groups.some(({ ids }) => ids.includes(group))) return [];
  const { title } = groups[groupIndex(cut, group)];
  return [`No occurrences go by “${group.slice(0, 60)}” here; scores are held against ${title}.`];
}

/** A baseline that came after its patches joins them wherever they are held. */
function withLateBaseline(
  { cut, autoencoder, classifier, kept }: State,
  baseline: Baseline,
): Partial<State> {
  if (cut === null) return {};
  const after = withBaseline(cut, baseline);
  const renew = <R extends Run | null>(run: R): R =>
    run !== null && run.cut === cut ? { ...run, cut: after } : run;
  return {
    ...{ cut: after, autoencoder: renew(autoencoder), classifier: renew(classifier) },
    kept: kept.map(({ letter, run }) => ({ letter, run: renew(run) })),
  };
}
