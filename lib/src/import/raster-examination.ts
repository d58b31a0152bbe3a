import type { OpenGeoTiff } from "../grid/geotiff-window";
import { rowWindows } from "../grid/window";

/** Bytes of values that are looked at together. */
const BLOCK_BYTES = 2 ** 25;

/** What the values of a band are, and what of them may stand for none. */
export interface BandExamination {
  readonly band: string;
  /** Whole numbers of which there are few: classes, between which there is nothing. */
  readonly isCategorical: boolean;
  /** Pixels, and those that are nodata by what the file says. */
  readonly pixels: number;
  readonly nodata: number;
  /** The declared nodata, where no pixel has it but many have a value next to it: that value. */
  readonly meant: number | null;
  /** Values that sit in many pixels far from all others; none where they were spoken for. */
  readonly suspects: readonly SuspectValue[];
}

/** A value that seems to stand for none. */
export interface SuspectValue {
  readonly value: number;
  /** Of all pixels, 0 to 1. */
  readonly share: number;
  /** The nearest other value, and the range of all others. */
  readonly next: number;
  readonly rest: readonly [number, number];
}

/** Numbers that programs write where there is no value. */
const USUAL_CODES = [-9999, -99999, -999999, -999, -99, -32768, -32767, -3.4e38, -1e30, 1e20, 1e30];
/** Largest number that is a measurement of anything: beyond it a value is a code. */
const BEYOND_MEASURE = 1e19;
/** Share of pixels, and number, from which a value sits in many. */
const MANY = { share: 0.001, count: 4 } as const;
/** How many times the range of all others a value is away to be far from them. */
const FAR = 10;
/** And a usual code, as a share of that range. */
const FAR_FOR_A_CODE = 0.05;
/** Whole numbers up to which a band is one of classes. */
const MOST_CLASSES = 64;
/** How near a declared value a stored one is to be meant by it, as a share of it. */
const NEAR = 0.01;

/**
 * Looks at every value of a raster, a block of rows at a time: a value at either end of a band that
 * sits in many pixels and far from all others is most likely no value at all, though nothing says so.
 *
 * @param spokenFor values that the researcher said are data
 */
export async function examineRaster(
  raster: OpenGeoTiff,
  spokenFor: readonly number[] = [],
): Promise<BandExamination[]> {
  const { width } = raster.geometry;
  const ends = raster.names.map(bandEnds);
  const rows = Math.max(1, Math.floor(BLOCK_BYTES / (4 * width * raster.names.length)));
  for (const window of rowWindows(raster.geometry, rows)) {
    const { bands } = await raster.readWindow(window);
    bands.forEach(({ values }, band) => {
      for (const value of values) ends[band].take(value);
    });
  }
  return raster.names.map((band, at) => {
    const { pixels, nodata, lowest, highest, isCategorical } = ends[at].found();
    const declared = raster.nodata[at];
    const found = [suspect(lowest, highest, pixels), suspect(highest, lowest, pixels)];
    const all = found.filter((one): one is SuspectValue => one !== null);
    const meant = all.find(({ value }) => nodata === 0 && isNear(value, declared))?.value ?? null;
    const isOpen = ({ value }: SuspectValue) =>
      value !== meant && !spokenFor.some((said) => Math.fround(said) === value);
    return { band, isCategorical, pixels, nodata, meant, suspects: all.filter(isOpen) };
  });
}

function isNear(value: number, declared: number | null): boolean {
  return declared !== null && Math.abs(value - declared) <= NEAR * Math.abs(declared);
}

/** The outermost value of one end and how often it is met, and the next one inwards. */
interface End {
  readonly value: number;
  readonly count: number;
  readonly next: number;
}

function suspect(end: End, other: End, pixels: number): SuspectValue | null {
  const { value, count, next } = end;
  // Of a band of two values, such as inside and outside, neither is far from the others.
  if (!Number.isFinite(next) || next === other.value) return null;
  if (count < MANY.count || count < MANY.share * pixels) return null;
  const range = Math.abs(other.value - next);
  const gap = Math.abs(next - value);
  const isCode = USUAL_CODES.some((code) => Math.abs(value - code) <= 1e-6 * Math.abs(code));
  const isFar =
    Math.abs(value) > BEYOND_MEASURE ||
    gap > FAR * range ||
    (isCode && gap > FAR_FOR_A_CODE * range);
  if (!isFar) return null;
  const rest = value < next ? ([next, other.value] as const) : ([other.value, next] as const);
  return { value, share: count / pixels, next, rest };
}

/** Counts the values at both ends of a band. */
function bandEnds() {
  let [pixels, nodata] = [0, 0];
  const classes = new Set<number>();
  let isWhole = true;
  const low = { value: Number.POSITIVE_INFINITY, count: 0, next: Number.POSITIVE_INFINITY };
  const high = { value: Number.NEGATIVE_INFINITY, count: 0, next: Number.NEGATIVE_INFINITY };
  return {
    take(value: number): void {
      pixels += 1;
      if (Number.isNaN(value)) {
        nodata += 1;
        return;
      }
      isWhole &&= Number.isInteger(value);
      if (isWhole && classes.size <= MOST_CLASSES) classes.add(value);
      if (value <= low.next) takeAt(low, value, value < low.value);
      if (value >= high.next) takeAt(high, value, value > high.value);
    },
    found: () => ({
      ...{ pixels, nodata, lowest: { ...low }, highest: { ...high } },
      isCategorical: isWhole && classes.size > 0 && classes.size <= MOST_CLASSES,
    }),
  };
}

function takeAt(
  end: { value: number; count: number; next: number },
  value: number,
  isOuter: boolean,
) {
  if (value === end.value) end.count += 1;
  else if (isOuter) {
    end.next = end.value;
    end.value = value;
    end.count = 1;
  } else end.next = value;
}
