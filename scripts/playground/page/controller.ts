import { InputError } from "../../../lib/src/errors";
import type { PlaygroundParameters } from "../protocol";
import { addressEntries, type Setup, setupFrom } from "./address";
import { asker, changeSetup, type Surroundings } from "./asking";
import { keep } from "./comparison";
import { cutting as createCutting } from "./cutting";
import { expectedText, type MethodParameter, valueOfText, withValue } from "./parameters";
import type { Network } from "./runs";
import { runOf } from "./state";
import { trainings as createTrainings } from "./trainings";

const REOPENED =
  "An address holds settings, not trained networks: press Train, and the same seed makes the same map again.";

/** All that a reader can do. */
export type Controller = ReturnType<typeof controller>;

/** What happens when the reader does something, and when the worker answers. */
export function controller(surroundings: Surroundings) {
  const { state, update, loadPack, say } = surroundings;
  const ask = asker(surroundings);
  const cutting = createCutting(surroundings, ask);

  const look = (change: Partial<Pick<Setup, "map" | "group" | "ground">>) => {
    const { setup } = state();
    if (setup !== null) changeSetup(surroundings, { ...setup, ...change });
  };

  let isInspecting = false;
  /** Asks for the patch at hand; one question at a time, the last one wins. */
  const inspect = () => {
    const { patch, autoencoder } = state();
    if (isInspecting || patch === null || autoencoder?.scores == null) return;
    isInspecting = true;
    ask({ type: "inspect", patch }, (answer) => {
      isInspecting = false;
      if (answer.type === "inspected") update({ inspected: answer.inspected });
      if (answer.type !== "refused" && state().patch !== patch) inspect();
    });
  };

  const attendants = { cutting, look, onScores: inspect, onEnd: cutting.soon };
  const trainings = createTrainings(surroundings, ask, attendants);

  let opened = 0;
  /** Opens a district and takes the rest of an address; a later one makes it void. */
  const open = async (id: string, hash: string, unknown: string | null) => {
    opened += 1;
    const mine = opened;
    trainings.stop();
    const title = state().packs.find((pack) => pack.id === id)?.title ?? id;
    const empty = { district: null, setup: null, cut: null, autoencoder: null, classifier: null };
    update({ ...empty, patch: null, inspected: null, trouble: null, notes: [] });
    update({ waiting: `Opening ${title}…`, refused: new Map() });
    try {
      const pack = await loadPack(id);
      if (mine !== opened) return;
      ask({ type: "open", pack }, (answer) => {
        if (answer.type !== "opened" || mine !== opened) return;
        const { setup, notes } = setupFrom(addressEntries(hash), answer.district);
        const isReopened = ["error", "probability", "difference"].includes(setup.map);
        const all = [
          ...(unknown === null ? [] : [`${unknown}; ${title} is shown.`]),
          ...notes,
          ...(isReopened ? [REOPENED] : []),
        ];
        update({ district: answer.district, notes: all });
        changeSetup(surroundings, setup);
        void cutting.needed();
      });
    } catch (error) {
      if (mine === opened)
        update({ waiting: null, trouble: error instanceof Error ? error.message : String(error) });
    }
  };

  /** Takes all that an address says: its district first, then the rest. */
  const openAddress = (hash: string) => {
    const read = addressEntries(hash);
    const { packs, district } = state();
    const asked = read.entries.get("district");
    const known = packs.find(({ id }) => id === asked) ?? packs[0];
    if (known === undefined) return;
    const isKnown = asked === undefined || asked === known.id;
    const unknown = isKnown ? null : `No district “${asked.slice(0, 60)}” is in this playground`;
    if (district === null || district.id !== known.id || unknown !== null) {
      void open(known.id, hash, unknown);
      return;
    }
    const { setup, notes } = setupFrom(read, district);
    update({ notes, refused: new Map() });
    changeSetup(surroundings, setup);
    cutting.soon();
  };

  const setParameter = <K extends keyof PlaygroundParameters>(
    name: K,
    value: PlaygroundParameters[K],
  ) => {
    const { setup, refused } = state();
    if (setup === null) return;
    const left = new Map(refused);
    left.delete(name);
    update({ refused: left, trouble: null });
    const parameters = withValue(setup.parameters, name, value);
    changeSetup(surroundings, { ...setup, parameters });
    cutting.soon();
  };

  return {
    ...{ openAddress, look, setParameter },
    train: trainings.train,
    goOn: trainings.goOn,
    goesOnTo: trainings.goesOnTo,
    step: trainings.step,
    stop: trainings.stop,
    reset: trainings.reset,

    /** Takes a text of the controls; what cannot be taken is kept as it stands, with the reason. */
    typeParameter: (name: MethodParameter, text: string) => {
      try {
        setParameter(name, valueOfText(name, text));
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        const why = `Expected ${expectedText(name, error)}; what was set before holds.`;
        update({ refused: new Map(state().refused).set(name, { text, why }) });
      }
    },

    /** Every setting back to the district's own. */
    resetParameters: () => {
      const { setup, district } = state();
      if (setup === null || district === null) return;
      update({ refused: new Map() });
      changeSetup(surroundings, { ...setup, parameters: district.parameters });
      cutting.soon();
    },

    point: (patch: number) => {
      if (patch === state().patch) return;
      update({ patch });
      inspect();
    },

    keepRun: (network: Network) => {
      const run = runOf(state(), network);
      const before = state().kept;
      if (run?.scores == null) return;
      const kept = keep(before, run);
      if (kept === before) return;
      say(`Kept as ${kept.find((each) => each.run === run)?.letter}.`);
      update({ kept });
    },

    dropKept: (letter: string) => {
      const { kept, compared } = state();
      update({
        kept: kept.filter((each) => each.letter !== letter),
        compared: compared?.includes(letter) ? null : compared,
      });
    },

    compare: (compared: readonly [string, string]) => {
      update({ compared });
      look({ map: "difference" });
    },

    dismiss: () => update({ notes: [] }),
    forgive: () => update({ trouble: null }),
  };
}
