import type { PlaygroundParameters } from "../protocol";
import type { Setup } from "./address";
import type { Ask, Look, Surroundings } from "./asking";
import type { Cutting } from "./cutting";
import {
  answered,
  begun,
  classifierParameters,
  goOnTo,
  groupIndex,
  type Network,
  type Run,
  stepsFrom,
  withEpochs,
} from "./runs";
import { runOf, type State, trainingOf } from "./state";

const NAMES = { autoencoder: "Auto-encoder", classifier: "Classifier" } as const;
const MAPS = { autoencoder: "error", classifier: "probability" } as const;
const REQUESTS = { autoencoder: "train", classifier: "classify" } as const;

/** What a reader can do with trainings. */
export interface Trainings {
  /** From the start, by what the controls say; or for fewer epochs. */
  readonly train: (network: Network, epochs?: number) => Promise<void>;
  readonly goOn: (network: Network, to: number) => void;
  /** Up to how many epochs in all the run at hand can go on; null where it cannot. */
  readonly goesOnTo: (network: Network) => number | null;
  /** One epoch more, or the first of what the controls say now. */
  readonly step: (network: Network) => Promise<void>;
  readonly stop: () => void;
  /** Gives up what was trained; kept runs stay. */
  readonly reset: () => void;
}

/** What else goes on about a training. */
interface Attendants {
  readonly cutting: Cutting;
  readonly look: Look;
  /** Called when it has new scores. */
  readonly onScores: () => void;
  /** Called when it has come to its end. */
  readonly onEnd: () => void;
}

/** Starts trainings and follows them. */
export function trainings(
  { state, update, say, worker }: Surroundings,
  ask: Ask,
  { cutting, look, onScores, onEnd }: Attendants,
): Trainings {
  /** Number of the training that is followed; answers to others are void. */
  let followed = 0;

  const put = (network: Network, run: Run | null) => update({ [network]: run } as Partial<State>);

  const follow = (run: Run, goOn: boolean) => {
    const { network, parameters } = run;
    const before = runOf(state(), network);
    put(network, run);
    update({ inspected: null, trouble: null });
    look({ map: MAPS[network] });
    say(`${NAMES[network]}: training has begun.`);
    followed = ask({ type: REQUESTS[network], parameters, goOn }, (answer, id) => {
      const current = runOf(state(), network);
      if (current === null || id !== followed) return;
      const after = answered(current, answer);
      if (after !== current) put(network, after);
      // Of what never began, nothing is left, and what was there before stands.
      if (answer.type === "refused" && current.scores === run.scores) put(network, before);
      if (answer.type === "scores") onScores();
      if (after.status === "training") return;
      if (answer.type === "trained") say(endText(after, state().setup));
      onEnd();
    });
  };

  /** What the controls ask of a network. */
  const wantedOf = (network: Network, { parameters }: Setup): PlaygroundParameters => {
    const { autoencoder } = state();
    const isLabelled = network === "classifier" && autoencoder !== null;
    return isLabelled ? classifierParameters(autoencoder, parameters) : parameters;
  };

  /** Whether a classifier's labels are still those of the auto-encoder at hand. */
  const isOfLast = (run: Run) =>
    run.network === "autoencoder" || run.labelledBy === state().autoencoder?.hash;

  const train = async (network: Network, epochs?: number) => {
    const { setup, autoencoder, ability } = state();
    if (setup === null || trainingOf(state()) !== null || ability?.kernels === null) return;
    const wanted = wantedOf(network, setup);
    const asked = epochs === undefined ? wanted : withEpochs(wanted, network, epochs);
    if (network === "classifier") {
      if (autoencoder?.scores == null) return;
      const { cut, hash: labelledBy } = autoencoder;
      return follow(begun(network, cut, asked, { labelledBy }), false);
    }
    const cut = await cutting.needed();
    if (cut !== null) follow(begun(network, cut, asked), false);
  };

  const goOn = (network: Network, to: number) => {
    const run = runOf(state(), network);
    if (run === null || trainingOf(state()) !== null) return;
    const parameters = withEpochs(run.parameters, network, to);
    follow(begun(network, run.cut, parameters, { from: run }), true);
  };

  const stop = () => {
    if (trainingOf(state()) !== null) worker.ask({ type: "stop", id: followed }, () => undefined);
  };

  return {
    train,
    goOn,
    goesOnTo: (network) => {
      const { setup } = state();
      const run = runOf(state(), network);
      if (setup === null || run === null || !isOfLast(run)) return null;
      return goOnTo(run, wantedOf(network, setup));
    },
    step: async (network) => {
      const { setup } = state();
      const run = runOf(state(), network);
      if (setup === null) return;
      const goesOn = run !== null && isOfLast(run) && stepsFrom(run, wantedOf(network, setup));
      if (goesOn) goOn(network, run.epochs + 1);
      else await train(network, 1);
    },
    stop,
    reset: () => {
      stop();
      followed = 0;
      update({ autoencoder: null, classifier: null, inspected: null });
      const { setup, district } = state();
      const isOfRun = setup?.map === "error" || setup?.map === "probability";
      if (isOfRun && district !== null) look({ map: `layer.${district.layers[0].id}` });
      onEnd();
    },
  };
}

function endText(run: Run, setup: Setup | null): string {
  const judged = run.judged?.[groupIndex(run.cut, setup?.group ?? "all")];
  const auc = judged === undefined ? "" : `; AUC ${judged.auc.toFixed(2)}`;
  const how = run.status === "done" ? "done" : "stopped";
  return `${NAMES[run.network]}: ${how} after ${run.epochs} epochs${auc}.`;
}
