/**
 * What the playground's page and its worker say to each other. The page draws and listens to the
 * reader; the worker holds the district, trains and judges, so that the page never waits. Every
 * request has a number of the page's, which its answers carry; "stop" ends what runs.
 */

/** The district that a pack holds, as the page shows it. */
export interface PackedDistrict {
  /** Name of the pack, which is the study's unless its pixels are wider. */
  readonly id: string;
  /** Folder of data, and how many times wider than the manifest's pixels are: `--set coarsening=4`. */
  readonly study: string;
  readonly coarsening: number;
  readonly title: string;
  readonly kind: "real" | "synthetic";
  readonly licence: string;
  readonly source: string;
  readonly mainCommodity: string;
  /** Of the evidence raster: west, south, east, north in metres of the CRS, and its name. */
  readonly region: readonly [west: number, south: number, east: number, north: number];
  readonly crs: string;
  readonly width: number;
  readonly height: number;
  /** Edge of a pixel in metres. */
  readonly pixelSize: number;
  readonly layers: readonly PackedLayer[];
  readonly occurrences: readonly PackedOccurrence[];
  /** Drawn over the map: faults and outlines, in CRS metres, [east, north, east, north, ...]. */
  readonly lines: readonly PackedLines[];
  /** How far lines and outline may be from those of the study, in metres. */
  readonly lineTolerance: number;
  /** Outline of the study area, rings of the same kind; empty where it is the whole region. */
  readonly outline: readonly (readonly number[])[];
  /** Parameters as notebooks/method.json has them for this study. */
  readonly parameters: PlaygroundParameters;
  /** What is to be kept in mind of this pack, such as coarser pixels than the study's; may be none. */
  readonly remarks: readonly string[];
}

export interface PackedLayer {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly unit: string | null;
  readonly favourable: "high" | "low" | null;
}

export interface PackedOccurrence {
  readonly name: string;
  readonly commodity: string;
  readonly east: number;
  readonly north: number;
}

export interface PackedLines {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly (readonly number[])[];
}

/** All that a reader can turn, by the names of notebooks/method.json; layers are ids, in order. */
export interface PlaygroundParameters {
  readonly layers: readonly string[];
  readonly patchSize: number;
  readonly percentiles: readonly [number, number];
  readonly architecture: "full" | "reduced";
  readonly filters: readonly [number, number];
  readonly outputActivation: "sigmoid" | "linear";
  readonly loss: "meanSquaredError" | "meanAbsoluteError" | "binaryCrossentropy";
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly seed: number;
  readonly proportion: readonly [high: number, low: number];
  readonly classifierFilters: readonly [number, number];
  readonly dense: number;
  readonly dropout: readonly [number, number];
  readonly batchNormalisation: boolean;
  readonly classifierEpochs: number;
  readonly threshold: number;
  readonly pcaVarianceShare: number;
}

/** What this browser can do, said once before anything is asked. */
export interface Ability {
  /** Threads that share a batch: 1 where the page is not cross-origin isolated. */
  readonly threads: number;
  readonly isolated: boolean;
  /** Null where nothing can be trained: `lacks` says why, in a sentence for the reader. */
  readonly kernels: "relaxed SIMD" | "SIMD" | null;
  readonly lacks: string | null;
}

export type Request =
  /** Opens a pack; its bytes are as the pack's file has them, and are checked. */
  | { readonly type: "open"; readonly id: number; readonly pack: ArrayBuffer }
  /** Scales, cuts and scores baselines; trains nothing. */
  | { readonly type: "prepare"; readonly id: number; readonly parameters: PlaygroundParameters }
  /**
   * Trains the auto-encoder on the prepared patches; news after each batch or so, errors each epoch.
   * "goOn" goes on where the last training ended (these are its parameters, epochs apart), on its
   * patches whatever was prepared since, up to `epochs` in all and to the bytes of one that never
   * stopped; without it, it begins anew.
   */
  | {
      readonly type: "train";
      readonly id: number;
      readonly parameters: PlaygroundParameters;
      readonly goOn: boolean;
    }
  /**
   * Trains the classifier on labels by the errors of the last auto-encoder, on its patches, whatever
   * has been prepared since.
   */
  | {
      readonly type: "classify";
      readonly id: number;
      readonly parameters: PlaygroundParameters;
      readonly goOn: boolean;
    }
  /** A patch of the last auto-encoder's beside what it makes of it, whatever was prepared since. */
  | { readonly type: "inspect"; readonly id: number; readonly patch: number }
  /** Ends the training of that number after the epoch or sooner; what it came to stays. */
  | { readonly type: "stop"; readonly id: number };

export type Answer =
  | { readonly type: "ready"; readonly ability: Ability }
  | { readonly type: "opened"; readonly id: number; readonly district: PackedDistrict }
  | { readonly type: "prepared"; readonly id: number; readonly prepared: Prepared }
  /**
   * A baseline that takes long, some time after "prepared": the PCA error, half a minute of 4,000 patches
   * unless the pack brings it; it waits while a training runs.
   */
  | { readonly type: "baseline"; readonly id: number; readonly baseline: Baseline }
  | { readonly type: "progress"; readonly id: number; readonly progress: Progress }
  /**
   * Scores of all patches (errors, or probabilities of the classifier) after an epoch: after each where
   * there is time, at most ten times a second and a third of the training's time, and after the last in
   * any case. Losses are those of all epochs so far.
   */
  | {
      readonly type: "scores";
      readonly id: number;
      readonly epoch: number;
      readonly scores: Float64Array;
      readonly judged: readonly Judged[];
      readonly loss: readonly number[];
      readonly accuracy: readonly number[] | null;
    }
  | {
      readonly type: "trained";
      readonly id: number;
      readonly status: "done" | "stopped";
      readonly epochs: number;
      /** Of training alone, scoring apart. */
      readonly seconds: number;
      readonly loss: readonly number[];
      readonly accuracy: readonly number[] | null;
      /** SHA-256 of the scores' bytes, hexadecimal: the same as in Node. */
      readonly hash: string;
    }
  | { readonly type: "inspected"; readonly id: number; readonly inspected: InspectedPatch }
  /** What could not be done, in words for the reader; the worker goes on. */
  | { readonly type: "refused"; readonly id: number; readonly message: string };

/** Patches as they are cut now, and what needs no network. */
export interface Prepared {
  /** Columns and rows of the patch grid, and for each patch its row and column in it. */
  readonly columns: number;
  readonly rows: number;
  readonly places: Int32Array;
  readonly patchSize: number;
  readonly leftOut: number;
  /** Occurrences by group; index 0 is the group that heads everything. */
  readonly groups: readonly PreparedGroup[];
  /** Those that are there at once; others come as "baseline". No layer may have a direction. */
  readonly baselines: readonly Baseline[];
  /** Mean of each chosen layer in each patch, in the layers' own units: [patch, layer]. */
  readonly means: Float32Array;
}

export interface PreparedGroup {
  readonly ids: readonly string[];
  readonly title: string;
  /** For each occurrence of the group its place in district.occurrences and its patch. */
  readonly held: readonly { readonly occurrence: number; readonly patch: number }[];
}

export interface Baseline {
  readonly id: "bestLayer" | "pcaError";
  readonly title: string;
  readonly scores: Float64Array;
  readonly judged: readonly Judged[];
}

/** A score held against one group of occurrences, in the groups' order. */
export interface Judged {
  readonly auc: number;
  /** DeLong's, 95 %. */
  readonly interval: readonly [number, number];
  /** Thinned to what a chart can show, from (0, 0) to (1, 1). */
  readonly roc: { readonly x: Float64Array; readonly y: Float64Array };
  readonly success: {
    readonly area: Float64Array;
    readonly occurrences: Float64Array;
    readonly thresholds: Float64Array;
  };
}

export interface Progress {
  readonly epoch: number;
  readonly epochs: number;
  readonly batch: number;
  readonly batches: number;
  readonly loss: number;
  readonly accuracy: number | null;
  readonly secondsLeft: number;
}

export interface InspectedPatch {
  readonly patch: number;
  readonly size: number;
  readonly error: number;
  /** Share of the error by layer; adds up to 1. */
  readonly shares: readonly number[];
  /** Scaled to [0, 1], [layer][size * size] row by row from the north-west. */
  readonly values: readonly Float32Array[];
  readonly reconstruction: readonly Float32Array[];
}
