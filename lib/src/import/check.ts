import { InputError } from "../errors";
import { deriveEvidence } from "../evidence/derive";
import { type Grid, type GridStack, gridOverRegion } from "../grid/grid";
import { cutPatches } from "../patches/tile";
import { isWithin } from "../samples/places";
import { collecting, studyFaults } from "../study/faults";
import { loadStudy } from "../study/load";
import { type LocatedOccurrences, locateOccurrences } from "../study/occurrences";
import type { Study } from "../study/types";

/** Edge of a patch in pixels, as in the paper. */
export const PATCH = 12;
/** Pixels that the evidence of a check has at most, where a coarser pixel allows it. */
const MOST_PIXELS = 60_000;

/** What a check of a study found. */
export interface StudyCheck {
  readonly faults: readonly InputError[];
  /** Null when the study cannot be read. */
  readonly study: Study | null;
  /** Null when a layer cannot be made. */
  readonly evidence: CheckedEvidence | null;
}

/** Evidence at a coarse pixel, and what it says of the study. */
export interface CheckedEvidence {
  /** How many times as wide as the study's the pixels are; 1 for the study itself. */
  readonly coarsening: number;
  readonly stack: GridStack;
  /** Share of pixels with data in every band. */
  readonly dataShare: number;
  /** Patches of 12 pixels of the study without nodata: exact at coarsening 1, else about. */
  readonly patches: number;
  /** Null when no occurrence lies on data. */
  readonly occurrences: LocatedOccurrences | null;
}

/** Reads a study and makes its evidence at a coarse pixel; everything wrong is told, not thrown. */
export async function checkStudy(folder: string): Promise<StudyCheck> {
  const faults = await studyFaults(folder);
  if (faults.length > 0) return { faults, study: null, evidence: null };
  const attempt = collecting(faults);
  const study = await loadStudy(folder);
  await attempt(() => requireNotExchanged(study));
  const coarsening = coarseningOf(study);
  const bands: Grid[] = [];
  for (const layer of study.evidence) {
    const alone = { ...study, evidence: [layer] };
    const made = await attempt(() =>
      deriveEvidence(alone, { pixelSize: study.pixelSize * coarsening }),
    );
    if (made !== null) bands.push(...made.bands);
  }
  if (bands.length < study.evidence.length) return { faults, study, evidence: null };
  const stack = { geometry: bands[0].geometry, bands };
  const occurrences = await attempt(() => locateOccurrences(study.occurrences, stack, study.area));
  const patches = await attempt(() => cutPatches(stack, { size: PATCH / coarsening }));
  if (patches === null) return { faults, study, evidence: null };
  await attempt(() => requirePatches(study, patches.places.length));
  const count = patches.places.length;
  const dataShare = shareOfData(stack);
  return { faults, study, evidence: { coarsening, stack, dataShare, patches: count, occurrences } };
}

/** An area in which no patch lies whole leaves nothing to train on. */
function requirePatches({ area, pixelSize }: Study, patches: number): void {
  if (area === null || patches > 0) return;
  throw new InputError({
    kind: "values",
    field: "area",
    found: `no patch of ${PATCH} x ${PATCH} pixels that lies whole in it`,
    expected: `an area that holds squares of ${PATCH * pixelSize} m`,
    remedy: "Take a larger area, or a smaller pixel if the data are that fine.",
  });
}

/** Occurrences of which more lie in the region with their columns exchanged are most likely so. */
function requireNotExchanged({ occurrences, region }: Study): void {
  const inside = occurrences.filter((place) => isWithin(region, place)).length;
  const exchanged = occurrences.filter(({ easting, northing }) =>
    isWithin(region, { easting: northing, northing: easting }),
  ).length;
  if (exchanged <= inside) return;
  throw new InputError({
    kind: "georeference",
    field: "occurrences",
    found: `${inside} of ${occurrences.length} in the region, but ${exchanged} with easting and northing exchanged`,
    expected: "easting first, then northing",
    remedy: "--columns-of FILE=X,Y, or easting and northing in study.json, exchanges them.",
  });
}

/** The least divisor of a patch's edge that leaves few pixels, so that patches are whole pixels. */
function coarseningOf({ region, pixelSize, crs }: Study): number {
  const { width, height } = gridOverRegion(region, pixelSize, crs);
  const divisors = [1, 2, 3, 4, 6].filter((divisor) => PATCH % divisor === 0);
  return divisors.find((divisor) => (width * height) / divisor ** 2 <= MOST_PIXELS) ?? PATCH;
}

function shareOfData({ bands }: GridStack): number {
  const [first] = bands;
  const known = first.values.filter(
    (_, at) => !bands.some(({ values }) => Number.isNaN(values[at])),
  );
  return known.length / first.values.length;
}
