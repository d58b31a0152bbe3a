import { histogramMap } from "../../lib/src/figures/histogram-map";
import { thresholdMap } from "../../lib/src/figures/threshold-map";
import { assignOccurrences } from "../../lib/src/patches/occurrences";
import { tilePatches } from "../../lib/src/patches/tile";
import { counting, stackOf } from "../support/stacks";

/** Three rows of four patches of 400 m; the last has no data. */
const pixels = counting(12 * 16).map((value) => (value === 12 * 16 - 1 ? Number.NaN : value));
export const patches = tilePatches(stackOf(12, 16, { layer: pixels }), { size: 4 });

/** An occurrence in the middle of a patch, by row and column. */
const occurrence = (name: string, commodity: string, row: number, column: number) => ({
  ...{ name, commodity, easting: 400 * column + 200, northing: 1200 - 400 * row - 200 },
});

/** In the first, fourth, sixth and tenth patch. */
export const occurrences = [
  occurrence("Alder", "Au", 0, 0),
  occurrence("Birch", "Au", 0, 3),
  occurrence("Cedar", "Cu", 1, 1),
  occurrence("Dogwood", "Au", 2, 1),
];

/** Falling from the north-west; occurrences have 0.9, 0.6, 0.5 and 0.2. */
export const scores = Float32Array.of(0.9, 0.8, 0.75, 0.6, 0.55, 0.5, 0.45, 0.4, 0.3, 0.2, 0.1);

/** From 0.001 to 0.1, each 10 to the power of 0.2 times the one before; 0.01 is the sixth. */
export const errors = Float32Array.from({ length: 11 }, (_, at) => 10 ** (at / 5 - 3));

const study = { area: null, geometry: patches.layout.raster, occurrences };
const group = { assignment: assignOccurrences(patches, occurrences) };

export const threshold = thresholdMap({
  ...{ title: "Ground by threshold", study, patches, scores, scoreTitle: "Probability" },
  ...{ group, threshold: 0.5 },
});

export const spread = histogramMap({
  ...{ title: "Errors", study, patches, values: errors, valueTitle: "Error" },
});
