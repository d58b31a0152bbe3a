import type { RockClass } from "./constants";

/**
 * How one element behaves in stream sediment. Spreads are standard deviations of the natural
 * logarithm; medians and detection limits are of the order usual in surveys at 1:50,000. What is
 * [calibrated] was set by the correlations of Table 1, see constants.ts.
 */
export interface ElementModel {
  readonly symbol: string;
  readonly unit: "ppm" | "ppb";
  /** Median background in the unit. */
  readonly median: number;
  readonly detectionLimit: number;
  /** Relative error of the analysis (1 s). */
  readonly error: number;
  /** Backgrounds that the mineral system adds where favourability is 1, its mean [calibrated]. */
  readonly affinity: number;
  /** Loadings on the regional fields: mafic against felsic, feldspar against organic [calibrated]. */
  readonly regional: readonly [number, number];
  /** Loadings on the two local fields: barren alteration, and scavenging of base metals [calibrated]. */
  readonly local: readonly [number, number];
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
    affinity: 0.25,
    regional: [0.2, 0.18],
    local: [0.18, 0],
    own: 0.36,
    nugget: 0.32,
    rock: rocks(0, -0.1, 0.15, -0.1),
  },
  {
    symbol: "As",
    unit: "ppm",
    median: 13,
    detectionLimit: 1,
    error: 0.06,
    affinity: 0.22,
    regional: [0.28, 0.16],
    local: [0.16, 0.03],
    own: 0.3,
    nugget: 0.2,
    rock: rocks(0, -0.1, 0.15, -0.3),
  },
  {
    symbol: "Sb",
    unit: "ppm",
    median: 0.9,
    detectionLimit: 0.3,
    error: 0.08,
    affinity: 0.2,
    regional: [0.28, 0.18],
    local: [0.16, 0],
    own: 0.32,
    nugget: 0.21,
    rock: rocks(0, 0, 0.15, -0.35),
  },
  {
    symbol: "Hg",
    unit: "ppb",
    median: 28,
    detectionLimit: 8,
    error: 0.1,
    affinity: 0.12,
    regional: [-0.05, -0.45],
    local: [0.1, 0],
    own: 0.3,
    nugget: 0.2,
    rock: rocks(0, 0.1, 0.05, -0.3),
  },
  {
    symbol: "Ba",
    unit: "ppm",
    median: 480,
    detectionLimit: 20,
    error: 0.04,
    affinity: 0,
    regional: [-0.35, 0.45],
    local: [0, 0],
    own: 0.13,
    nugget: 0.06,
    rock: rocks(0, -0.3, 0.05, 0.2),
  },
  {
    symbol: "Co",
    unit: "ppm",
    median: 12,
    detectionLimit: 1,
    error: 0.05,
    affinity: 0,
    regional: [0.8, 0.05],
    local: [0, 0.04],
    own: 0.13,
    nugget: 0.06,
    rock: rocks(0, -0.2, 0.1, -0.25),
  },
  {
    symbol: "Cu",
    unit: "ppm",
    median: 24,
    detectionLimit: 2,
    error: 0.05,
    affinity: 0.08,
    regional: [0.24, 0.05],
    local: [0, 0.1],
    own: 0.3,
    nugget: 0.18,
    rock: rocks(0, -0.15, 0.1, -0.1),
  },
  {
    symbol: "Pb",
    unit: "ppm",
    median: 24,
    detectionLimit: 2,
    error: 0.05,
    affinity: 0.05,
    regional: [-0.3, 0.35],
    local: [0.03, 0.08],
    own: 0.18,
    nugget: 0.1,
    rock: rocks(0, -0.1, 0, 0.2),
  },
  {
    symbol: "Zn",
    unit: "ppm",
    median: 72,
    detectionLimit: 5,
    error: 0.04,
    affinity: 0.03,
    regional: [0.5, 0.05],
    local: [0.02, 0.1],
    own: 0.15,
    nugget: 0.08,
    rock: rocks(0, -0.15, 0.1, -0.05),
  },
  {
    symbol: "Ag",
    unit: "ppm",
    median: 0.075,
    detectionLimit: 0.03,
    error: 0.1,
    affinity: 0.06,
    regional: [0.05, -0.05],
    local: [0.03, 0.11],
    own: 0.32,
    nugget: 0.2,
    rock: rocks(0, 0.1, 0, -0.05),
  },
  {
    symbol: "W",
    unit: "ppm",
    median: 1.8,
    detectionLimit: 0.5,
    error: 0.1,
    affinity: 0.08,
    regional: [-0.35, -0.1],
    local: [0.03, 0],
    own: 0.2,
    nugget: 0.12,
    rock: rocks(0, -0.15, 0, 0.25),
  },
  {
    symbol: "Mo",
    unit: "ppm",
    median: 0.7,
    detectionLimit: 0.3,
    error: 0.1,
    affinity: 0.06,
    regional: [-0.15, -0.35],
    local: [0.03, 0.03],
    own: 0.2,
    nugget: 0.12,
    rock: rocks(0, 0.1, -0.05, 0.15),
  },
];

/** Ranges of the fields in metres [calibrated]. */
export const RANGES = { regional: 3500, local: 600, own: 700 };

/** Spread of the unmeasured remainder, quartz and carbonate mostly, that dilutes all elements. */
export const REMAINDER_SPREAD = 0.06;

/** Column of an element, such as "Au_ppb". */
export function columnOf({ symbol, unit }: Pick<ElementModel, "symbol" | "unit">): string {
  return `${symbol}_${unit}`;
}
