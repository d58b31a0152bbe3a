import { InputError } from "../errors";
import type { OpenGeoTiff } from "../grid/geotiff-window";
import { rowWindows } from "../grid/window";
import { figure } from "./assay-cells";

/** Bytes of values that are looked at together. */
const BLOCK_BYTES = 2 ** 25;

/** What the values of a band are, and what of them may stand for none. */
export interface BandExamination {
  readonly band: string;
  /** Whole numbers of which there are few: classes, between which there is nothing. */
  readonly isCategorical: boolean;
  /** The declared nodata, where no pixel has it but many have a value next to it: that value. */
  readonly meant: number | null;
  /** Values that pixels have and that stand for none: as was said, and the one that is meant. */
  readonly without: readonly number[];
  /** Values that sit in many pixels far from all others; none where they were spoken for. */
  readonly suspects: readonly SuspectValue[];
  /** Lowest and highest of the others. */
  readonly rest: readonly [number, number];
}

/** What the researcher said of values that look like none. */
export interface SpokenFor {
  /** They stand for no value. */
  readonly missing: readonly number[];
  /** They are data. */
  readonly data: readonly number[];
}

/** A value that seems to stand for none. */
export interface SuspectValue {
  readonly value: number;
  /** Of all pixels, 0 to 1. */
  readonly share: number;
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
 * What is known to stand for none is passed over, so that another such value behind it is seen.
 */
export async function examineRaster(
  raster: OpenGeoTiff,
  { missing, data }: SpokenFor = { missing: [], data: [] },
): Promise<BandExamination[]> {
  const said = [...new Set(missing.map(Math.fround))];
  const kept = data.map(Math.fround);
  const looks = raster.names.map((): Look => ({ codes: said, meant: null, suspects: [] }));
  for (;;) {
    const found = await foundIn(
      raster,
      looks.map(({ codes }) => codes),
    );
    const further = found.map((band) =>
      suspectsOf(band).filter(({ value }) => !kept.includes(value)),
    );
    if (further.every((suspects) => suspects.length === 0)) {
      return looks.map(({ meant, suspects }, at) => ({
        ...{ band: raster.names[at], isCategorical: found[at].isCategorical, meant, suspects },
        without: found[at].met.filter((code) => code === meant || said.includes(code)),
        rest: [found[at].lowest.value, found[at].highest.value],
      }));
    }
    // Passed over in the next look, which then sees what stands behind them.
    further.forEach((suspects, at) => {
      const { codes, meant, suspects: before } = looks[at];
      const own = meant ?? meantBy(found[at], suspects, raster.nodata[at]);
      looks[at] = {
        codes: [...codes, ...suspects.map(({ value }) => value)],
        meant: own,
        suspects: [...before, ...suspects.filter(({ value }) => value !== own)],
      };
    });
  }
}

/** What looks at a band have come to. */
interface Look {
  /** Values that the next one passes over. */
  readonly codes: readonly number[];
  readonly meant: number | null;
  readonly suspects: readonly SuspectValue[];
}

type FoundValues = ReturnType<ReturnType<typeof bandEnds>["found"]>;

/** What the bands hold beside values that are known to stand for none, of each its own. */
async function foundIn(
  raster: OpenGeoTiff,
  codes: readonly (readonly number[])[],
): Promise<FoundValues[]> {
  const { width } = raster.geometry;
  const ends = codes.map(bandEnds);
  const rows = Math.max(1, Math.floor(BLOCK_BYTES / (4 * width * raster.names.length)));
  for (const window of rowWindows(raster.geometry, rows)) {
    const { bands } = await raster.readWindow(window);
    bands.forEach(({ values }, band) => {
      for (const value of values) ends[band].take(value);
    });
  }
  return ends.map((end) => end.found());
}

function suspectsOf({ lowest, highest, pixels }: FoundValues): SuspectValue[] {
  const found = [suspect(lowest, highest, pixels), suspect(highest, lowest, pixels)];
  return found.filter((one): one is SuspectValue => one !== null);
}

/** The suspect next to a declared nodata that no pixel has. */
function meantBy(
  { nodata }: FoundValues,
  suspects: readonly SuspectValue[],
  declared: number | null,
): number | null {
  if (nodata > 0) return null;
  return suspects.find(({ value }) => isNear(value, declared))?.value ?? null;
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
  return { value, share: count / pixels };
}

/** Counts the values at both ends of a band, codes for no value left out. */
function bandEnds(codes: readonly number[]) {
  let [pixels, nodata] = [0, 0];
  const met = new Set<number>();
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
      if (codes.includes(value)) {
        met.add(value);
        return;
      }
      isWhole &&= Number.isInteger(value);
      if (isWhole && classes.size <= MOST_CLASSES) classes.add(value);
      if (value <= low.next) takeAt(low, value, value < low.value);
      if (value >= high.next) takeAt(high, value, value > high.value);
    },
    found: () => ({
      ...{ pixels, nodata, met: codes.filter((code) => met.has(code)) },
      ...{ lowest: { ...low }, highest: { ...high } },
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

/**
 * Refuses a raster with values that seem to stand for none.
 *
 * @throws InputError naming each with its share
 */
export function requireSpokenFor(examined: readonly BandExamination[], path: string): void {
  const open = examined.filter(({ suspects }) => suspects.length > 0);
  if (open.length === 0) return;
  const told = open.map(({ band, suspects, rest: [low, high] }) => {
    const each = suspects.map(
      ({ value, share }) => `${value} in ${(100 * share).toFixed(1)} % of the pixels`,
    );
    return `${each.join(" and ")} of ${band}, all others from ${figure(low)} to ${figure(high)}`;
  });
  const suspected = open.flatMap(({ suspects }) => suspects.map(({ value }) => value));
  const said = open.flatMap(({ without, meant }) => without.filter((code) => code !== meant));
  const missing = [...new Set([...said, ...suspected])].join(",");
  const data = [...new Set(suspected)].join(",");
  throw new InputError({
    kind: "values",
    file: path,
    field: "nodata",
    found: told.join("; "),
    expected: "no such value, or to be told what it is: the file does not declare it as nodata",
    remedy: `--missing ${missing} takes it as no value, --data ${data} as a measurement.`,
  });
}
