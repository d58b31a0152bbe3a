import type { RockClass } from "./constants";

/**
 * How one element behaves in stream sediment. Spreads are standard deviations of the natural
 * logarithm; medians and detection limits are of the order usual in surveys at 1:50,000. How
 * [calibrated] is meant, constants.ts says.
 */
export interface ElementModel {
  readonly symbol: string;
  readonly unit: "ppm" | "ppb";
  /** Median background in the unit. */
  readonly median: number;
  readonly detectionLimit: number;
  /** Relative error of the analysis (1 s). */
  readonly error: number;
  /** Loadings on the regional fields: mafic against felsic, volatile against feldspar [calibrated]. */
  readonly regional: readonly [number, number];
  /** Loading on the local field of barren alteration [calibrated]. */
  readonly alteration: number;
  /** Spread of the element's own local field and of what differs between neighbours [calibrated]. */
  readonly own: number;
  readonly nugget: number;
  /** Shift of the log background over each kind of rock [calibrated]. */
  readonly rock: Readonly<Record<RockClass, number>>;
}

const rocks = (
  clastic: number,
  carbonate: number,
  turbidite: number,
  granitoid: number,
): ElementModel["rock"] => ({ clastic, carbonate, turbidite, granitoid });

/** The twelve elements [published], in the order of the paper. */
export const ELEMENTS: readonly ElementModel[] = [
  {
    symbol: "Au",
    unit: "ppb",
    median: 1.6,
    detectionLimit: 0.5,
    error: 0.15,
    regional: [0.25, -0.12],
    alteration: 0.13,
    own: 0.27,
    nugget: 0.27,
    rock: rocks(0, -0.1, 0.15, -0.1),
  },
  {
    symbol: "As",
    unit: "ppm",
    median: 13,
    detectionLimit: 1,
    error: 0.06,
    regional: [0.3, -0.1],
    alteration: 0.13,
    own: 0.25,
    nugget: 0.18,
    rock: rocks(0, -0.1, 0.15, -0.3),
  },
  {
    symbol: "Sb",
    unit: "ppm",
    median: 0.9,
    detectionLimit: 0.3,
    error: 0.08,
    regional: [0.3, -0.12],
    alteration: 0.13,
    own: 0.25,
    nugget: 0.18,
    rock: rocks(0, 0, 0.15, -0.35),
  },
  {
    symbol: "Hg",
    unit: "ppb",
    median: 28,
    detectionLimit: 8,
    error: 0.1,
    regional: [-0.05, 0.55],
    alteration: 0.1,
    own: 0.23,
    nugget: 0.17,
    rock: rocks(0, 0.1, 0.05, -0.3),
  },
  {
    symbol: "Ba",
    unit: "ppm",
    median: 480,
    detectionLimit: 20,
    error: 0.04,
    regional: [-0.35, -0.4],
    alteration: 0,
    own: 0.14,
    nugget: 0.07,
    rock: rocks(0, -0.3, 0.05, 0.2),
  },
  {
    symbol: "Co",
    unit: "ppm",
    median: 12,
    detectionLimit: 1,
    error: 0.05,
    regional: [0.7, -0.05],
    alteration: 0,
    own: 0.14,
    nugget: 0.07,
    rock: rocks(0, -0.3, 0.1, -0.2),
  },
  {
    symbol: "Cu",
    unit: "ppm",
    median: 24,
    detectionLimit: 2,
    error: 0.05,
    regional: [0.35, -0.05],
    alteration: 0.08,
    own: 0.25,
    nugget: 0.15,
    rock: rocks(0, -0.2, 0.1, -0.1),
  },
  {
    symbol: "Pb",
    unit: "ppm",
    median: 24,
    detectionLimit: 2,
    error: 0.05,
    regional: [-0.3, -0.3],
    alteration: 0,
    own: 0.17,
    nugget: 0.1,
    rock: rocks(0, -0.1, 0, 0.2),
  },
  {
    symbol: "Zn",
    unit: "ppm",
    median: 72,
    detectionLimit: 5,
    error: 0.04,
    regional: [0.45, -0.05],
    alteration: 0,
    own: 0.14,
    nugget: 0.09,
    rock: rocks(0, -0.2, 0.1, -0.05),
  },
  {
    symbol: "Ag",
    unit: "ppm",
    median: 0.075,
    detectionLimit: 0.03,
    error: 0.1,
    regional: [0.2, 0.05],
    alteration: 0,
    own: 0.29,
    nugget: 0.17,
    rock: rocks(0, 0.1, 0, -0.05),
  },
  {
    symbol: "W",
    unit: "ppm",
    median: 1.8,
    detectionLimit: 0.5,
    error: 0.1,
    regional: [-0.35, 0.1],
    alteration: 0,
    own: 0.17,
    nugget: 0.1,
    rock: rocks(0, -0.15, 0, 0.2),
  },
  {
    symbol: "Mo",
    unit: "ppm",
    median: 0.7,
    detectionLimit: 0.3,
    error: 0.1,
    regional: [-0.15, 0.35],
    alteration: 0,
    own: 0.2,
    nugget: 0.14,
    rock: rocks(0, 0.1, -0.05, 0.1),
  },
];

/** Ranges of the fields in metres [calibrated]. */
export const RANGES = { regional: 3500, local: 600, own: 700 };

/**
 * Quartz and carbonate sand, which holds none of the elements and dilutes them all: its median
 * against the rest of the sediment, and the spread (log) and range in metres of its local field and
 * what differs between neighbours [calibrated].
 */
export const SAND = { median: 0.25, spread: 0.5, nugget: 0.4 };

/**
 * Volatile elements leak along faults and are driven out around intrusions: shifts of the volatile
 * field at a fault and at an intrusion, and e-folding distances in metres [calibrated].
 */
export const VOLATILES = {
  atFault: 0.6,
  faultReach: 1000,
  atIntrusion: -0.6,
  intrusionReach: 2000,
};

/** Column of an element, such as "Au_ppb". */
export function columnOf({ symbol, unit }: Pick<ElementModel, "symbol" | "unit">): string {
  return `${symbol}_${unit}`;
}
