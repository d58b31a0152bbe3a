import { meanMap } from "../evaluation/replica-maps";
import { patchSubset } from "../patches/select";
import type { Patches } from "../patches/types";
import type { RunContext } from "./context";
import { type ChainOptions, type Replica, type ReplicaTask, trainReplicas } from "./replicas";

/** How an ensemble of the paper's chain is trained. */
export interface DeepEnsembleOptions extends ChainOptions {
  readonly proportion: { readonly high: number; readonly low: number };
  /** Networks that differ by their seed: the run's and those that follow it. */
  readonly members: number;
}

/** What an ensemble says of each patch. */
export interface DeepEnsemble {
  readonly id: string;
  readonly name: string;
  /** Whether scores are errors, which two fits measure by different yardsticks. */
  readonly isError: boolean;
  /** One a part: of every patch, by networks that were trained on the part. */
  readonly scores: readonly Float64Array[];
  /** Seconds that the trainings took when they were computed. */
  readonly seconds: number;
}

/**
 * Deep ensembles (Lakshminarayanan et al., 2017) of the paper's two networks: the mean error of CAEs
 * that differ by nothing but their seed, and the mean probability of CNNs, each trained on the labels
 * that its own CAE gives. Members are shared through the store with other trials of their seeds. The
 * adversarial training of that paper, which it calls optional, is left out.
 *
 * @param parts numbers of the patches to train on, one ensemble each
 * @returns the CAEs', then the CNNs'
 * @throws InputError as selectByError and autoencoderTrials; errors of training as runTrials
 */
export async function deepEnsemble(
  run: RunContext,
  patches: Patches,
  parts: readonly { readonly label: string; readonly training: Uint32Array }[],
  { autoencoder, proportion, classifier, members }: DeepEnsembleOptions,
): Promise<DeepEnsemble[]> {
  const all = patches.places.length;
  const tasks = parts.flatMap(({ label, training }) => {
    const trained = training.length === all ? patches : patchSubset(patches, training);
    return Array.from({ length: members }, (_, member): ReplicaTask => {
      const shares = [proportion.high, proportion.low] as const;
      const common = { trained, scored: patches, proportion: shares };
      return { ...common, label: `member ${member + 1}${label}`, seed: run.seed + member };
    });
  });
  const chain = { autoencoder: { ...autoencoder, members: 1 }, classifier };
  const replicas = await trainReplicas(run, tasks, chain);
  const ofPart = (part: number) => replicas.slice(part * members, (part + 1) * members);
  const seconds = (of: keyof Replica["seconds"]) =>
    replicas.reduce((sum, { seconds: each }) => sum + each[of], 0);
  return [
    {
      ...{ id: "caeEnsemble", name: "CAE ensemble", isError: true },
      scores: parts.map((_, part) => meanMap(ofPart(part).map(({ errors }) => errors))),
      seconds: seconds("autoencoder"),
    },
    {
      ...{ id: "cnnEnsemble", name: "CNN ensemble", isError: false },
      scores: parts.map((_, part) =>
        meanMap(ofPart(part).map(({ probabilities }) => probabilities)),
      ),
      seconds: seconds("classifier"),
    },
  ];
}
