/** What was found in the cells of one element, counted over the rows of the file. */
export interface ElementQuality {
  /** Rows of the file. */
  readonly rows: number;
  /** Cells without a value. */
  readonly missing: number;
  /** Values below a detection limit; each stands for `replacement` times its limit. */
  readonly censoredLow: number;
  /** Values above an upper limit; each stands for the limit. */
  readonly censoredHigh: number;
  /** Exact zeros, also counted as the manifest's rule takes them: below detection or missing. */
  readonly zeros: number;
  /** Negative numbers, also counted as the manifest's rule takes them. */
  readonly negatives: number;
  /** Detection limits that were met, rising. */
  readonly detectionLimits: readonly number[];
  readonly upperLimits: readonly number[];
  /** Share of the detection limit that censored values were given. */
  readonly replacement: number;
}

/** One element at all samples. */
export interface SampleElement {
  readonly element: string;
  readonly unit: string;
  /** [samples], in the unit; NaN where missing. */
  readonly values: Float64Array;
  readonly quality: ElementQuality;
}

/** Geochemical samples, one a place, in the study's CRS. */
export interface SampleTable {
  /** [samples] in CRS units. */
  readonly eastings: Float64Array;
  readonly northings: Float64Array;
  readonly names: readonly string[];
  readonly elements: readonly SampleElement[];
  /** Map sheet of each sample; absent where the manifest names no column of sheets. */
  readonly sheets?: readonly string[];
  /** Whether each sheet's median was brought to that of all. */
  readonly levelled?: boolean;
  /** Rows of the file; more than the samples where places were sampled repeatedly. */
  readonly rows: number;
  /** Places with several rows, whose known values are averaged element by element. */
  readonly averagedPlaces: number;
  /** Samples outside the study's region; they still take part in interpolation. */
  readonly outside: number;
}
