import type { Answer, Judged, PlaygroundParameters, Prepared, Progress } from "../protocol";
import {
  AUTOENCODER,
  CLASSIFIER,
  differing,
  EVIDENCE,
  NAMES,
  type ParameterName,
} from "./parameters";

/** Which network a run trains. */
export type Network = "autoencoder" | "classifier";

/** Patches and baselines, and the parameters that they were made by. */
export interface Cut {
  readonly district: string;
  readonly parameters: PlaygroundParameters;
  readonly prepared: Prepared;
}

/** A training and what it has come to; all of it was made by `parameters` on `cut`, whatever the controls say by now. */
export interface Run {
  readonly network: Network;
  readonly cut: Cut;
  /** As asked; `epochs` (of a classifier, `classifierEpochs`) is where it would end. */
  readonly parameters: PlaygroundParameters;
  readonly status: "training" | "stopped" | "done";
  /** Whole epochs that the scores have behind them. */
  readonly epochs: number;
  readonly scores: Float64Array | null;
  readonly judged: readonly Judged[] | null;
  /** Loss of each epoch; of the one that runs, as far as it has come. */
  readonly loss: readonly number[];
  readonly accuracy: readonly number[] | null;
  readonly progress: Progress | null;
  readonly seconds: number;
  /** SHA-256 of the scores; null while it trains. */
  readonly hash: string | null;
  /** Error of the run that labelled a classifier's patches, by its hash; null of an auto-encoder. */
  readonly labelledBy: string | null;
}

const EPOCHS = { autoencoder: "epochs", classifier: "classifierEpochs" } as const;

/** Parameters with other epochs of a network. */
export function withEpochs(
  parameters: PlaygroundParameters,
  network: Network,
  epochs: number,
): PlaygroundParameters {
  return { ...parameters, [EPOCHS[network]]: epochs };
}

/** A run before its first answer, or the one that it goes on from. */
export function begun(
  network: Network,
  cut: Cut,
  parameters: PlaygroundParameters,
  { from = null, labelledBy = null }: { from?: Run | null; labelledBy?: string | null } = {},
): Run {
  const empty = { epochs: 0, scores: null, judged: null, loss: [], accuracy: null };
  const { epochs, scores, judged, loss, accuracy } = from ?? empty;
  return {
    ...{ network, cut, parameters, status: "training", progress: null, hash: null },
    ...{ epochs, scores, judged, loss, accuracy, seconds: from?.seconds ?? 0 },
    labelledBy: from?.labelledBy ?? labelledBy,
  };
}

/** A run after an answer to its request; those that change nothing give the same run. */
export function answered(run: Run, answer: Answer): Run {
  switch (answer.type) {
    case "progress": {
      const { progress } = answer;
      // Epochs count from 1 while they run.
      const loss = withEntry(run.loss, Math.max(0, progress.epoch - 1), progress.loss);
      return { ...run, progress, loss };
    }
    case "scores":
      return {
        ...{ ...run, epochs: answer.epoch, scores: answer.scores, judged: answer.judged },
        ...{ loss: answer.loss, accuracy: answer.accuracy },
      };
    case "trained":
      return {
        ...run,
        ...{ status: answer.status, epochs: answer.epochs, progress: null, hash: answer.hash },
        ...{ loss: answer.loss, accuracy: answer.accuracy },
        seconds: run.seconds + answer.seconds,
      };
    case "refused":
      return { ...run, status: "stopped", progress: null };
    default:
      return run;
  }
}

function withEntry(list: readonly number[], at: number, value: number): number[] {
  const longer = list.slice(0, at);
  longer[at] = value;
  return longer;
}

/** The parameters that would give a run's scores in one go: its epochs are those it has behind it. */
export function madeBy({ network, parameters, epochs }: Run): PlaygroundParameters {
  return withEpochs(parameters, network, epochs);
}

/** The parameters that decide a network's scores. */
export function decisive(network: Network): readonly ParameterName[] {
  const names = [...EVIDENCE, ...AUTOENCODER].filter((name) => name !== "pcaVarianceShare");
  return network === "autoencoder" ? names : [...names, ...CLASSIFIER];
}

/** Parameters by which the controls ask for other patches or baselines than those at hand. */
export function staleCut(cut: Cut, wanted: PlaygroundParameters): ParameterName[] {
  return differing(cut.parameters, wanted, EVIDENCE);
}

/** Parameters by which the controls ask for another training than a run's. */
export function staleRun(run: Run, wanted: PlaygroundParameters): ParameterName[] {
  return differing(madeBy(run), wanted, decisive(run.network));
}

/**
 * Up to how many epochs in all a run can go on: to those of the controls, where nothing but epochs
 * differs from it, else to its own. Null where there is nothing to go on with.
 */
export function goOnTo(run: Run, wanted: PlaygroundParameters): number | null {
  if (run.status === "training" || run.epochs === 0 || run.hash === null) return null;
  const name = EPOCHS[run.network];
  const others = decisive(run.network).filter((each) => each !== name);
  const isAsked = differing(run.parameters, wanted, others).length === 0;
  const target = isAsked ? wanted[name] : run.parameters[name];
  return target > run.epochs ? target : null;
}

/** Whether one more epoch goes on from a run: where the controls ask for nothing else. */
export function stepsFrom(run: Run | null, wanted: PlaygroundParameters): boolean {
  if (run === null || run.status === "training" || run.hash === null) return false;
  const name = EPOCHS[run.network];
  const others = decisive(run.network).filter((each) => each !== name);
  return differing(run.parameters, wanted, others).length === 0;
}

/** What a classifier is trained by: the auto-encoder's own parameters, and the classifier's of the controls. */
export function classifierParameters(
  autoencoder: Run,
  wanted: PlaygroundParameters,
): PlaygroundParameters {
  const own = Object.fromEntries(
    [...CLASSIFIER, "threshold" as const].map((name) => [name, wanted[name]]),
  );
  return { ...madeBy(autoencoder), ...own };
}

/** Where in a cut's groups one of an id is; the first where there is none. */
export function groupIndex({ prepared }: Cut, id: string): number {
  return Math.max(
    0,
    prepared.groups.findIndex(({ ids }) => ids.includes(id)),
  );
}

/** Parameters that are not the district's own, of those that decide a network. */
export function changed(run: Run, own: PlaygroundParameters): ParameterName[] {
  const names = NAMES.filter((name) => decisive(run.network).includes(name));
  return differing(own, madeBy(run), names);
}
