import type { InverseDistance } from "../manifest/origins";

/** How much is computed: everything as published, or just enough to see that all of it works. */
export type Profile = "paper" | "smoke";

/** Two numbers that belong together. */
export type Pair = readonly [number, number];

/**
 * Every parameter of the study, by the name that it has in notebooks/method.json, which says what
 * each does, in which unit and range, and whether the paper prints it.
 */
export interface Method {
  readonly study: string;
  readonly profile: Profile;
  readonly seed: number;
  readonly coarsening: number;
  readonly interpolationCoarsening: number;
  readonly percentiles: Pair;
  readonly otherPercentiles: Pair;
  readonly framePixels: number;
  readonly patchSize: number;
  readonly patchSizes: readonly number[];
  readonly architecture: "full" | "reduced";
  readonly filters: Pair;
  readonly outputActivation: "sigmoid" | "linear";
  readonly loss: "meanSquaredError" | "meanAbsoluteError" | "binaryCrossentropy";
  readonly epochs: number;
  readonly longEpochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly members: number;
  readonly repeats: number;
  readonly blockPatches: number;
  readonly pcaVarianceShare: number;
  readonly nearBackground: number;
  readonly proportion: Pair;
  readonly proportions: readonly Pair[];
  readonly classifierFilters: Pair;
  readonly dense: number;
  readonly dropout: Pair;
  readonly batchNormalisation: boolean;
  readonly classifierEpochs: number;
  readonly threshold: number;
  readonly slidingStride: number;
  readonly companions: readonly string[];
  readonly trees: number;
  readonly folds: number;
  readonly blocksAcross: number;
  readonly awayFromKnown: number;
  readonly minimumCells: number;
  readonly coherenceShares: readonly number[];
  readonly signatureClusters: Pair;
  readonly occurrenceDraws: number;
  readonly ensemble: number;
  readonly dropoutPasses: number;
  readonly autoencoderDropout: number;
  readonly attributionSteps: number;
  readonly attributionBaseline: "median" | "background";
  readonly targetCards: Pair;
  readonly svmOutside: readonly number[];
  readonly open: OpenChoices;
}

/** Other values of the choices that the paper leaves open; each is tried alone. */
export interface OpenChoices {
  readonly filters?: readonly Pair[];
  readonly outputActivation?: readonly Method["outputActivation"][];
  readonly loss?: readonly Method["loss"][];
  readonly batchSize?: readonly number[];
  readonly epochs?: readonly number[];
  readonly learningRate?: readonly number[];
  /** Seeds that the error is averaged over. */
  readonly members?: readonly number[];
  /** Percentiles of each layer that become 0 and 1. */
  readonly percentiles?: readonly Pair[];
  readonly dropout?: readonly Pair[];
  /** Edges of the windows of the singularity index, in sample spacings. */
  readonly windows?: readonly (readonly number[])[];
  /** Inverse distance weighting of the samples. */
  readonly interpolation?: readonly InverseDistance[];
  /** How many further seeds, which show what chance alone does. */
  readonly seeds?: number;
}

/** Name of a parameter. */
export type MethodName = keyof Method;

/** Whether the paper prints a value, leaves it open, or has no such thing, so that it is ours. */
export type Origin = "published" | "open" | "ours";

/** What notebooks/method.json says of one parameter. */
export interface Parameter {
  readonly value: unknown;
  /** In the smoke profile, where it is another one. */
  readonly smoke?: unknown;
  /** Least and largest of every number in the value. */
  readonly range?: Pair;
  /** Words that the value may be. */
  readonly choices?: readonly string[];
  /** Unit of its numbers. */
  readonly unit?: string;
  readonly origin: Origin;
  /** What it does, in one line. */
  readonly what: string;
}

/** The whole file: parameters in the order of the method, and what each notebook uses. */
export interface MethodFile {
  /** Where it was read, as errors name it. */
  readonly file: string;
  readonly parameters: { readonly [name in MethodName]: Parameter };
  /** By notebook: names of steps, and of parameters that it reads itself. */
  readonly notebooks: { readonly [id: string]: readonly string[] };
  /**
   * By notebook: what its exercises ask for with other values and have to train for it, so that it can
   * be planned; those that train next to nothing are left out.
   */
  readonly exercises: {
    readonly [id: string]: readonly {
      readonly step: string;
      readonly with: { readonly [name: string]: unknown };
    }[];
  };
}
