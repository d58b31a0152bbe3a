/// <reference path="./untyped.d.ts" />
import { scheme } from "vega-scale";
import { InputError } from "../errors";

/** Sequential for amounts, diverging for what has a neutral middle. */
export type ColourScheme = "viridis" | "cividis" | "magma" | "blueOrange" | "blueRed";

/** How values are spread over the colours. */
export type Stretch = "linear" | "log" | "quantile";

/** How a map's values become colours. */
export interface ColourOptions {
  readonly scheme?: ColourScheme;
  readonly stretch?: Stretch;
  /** Values of the first and the last colour; those of the data when absent. */
  readonly domain?: readonly [number, number];
}

/** A fitted colour scale. */
export interface ColourScale {
  readonly stretch: Stretch;
  readonly domain: readonly [number, number];
  /** [LEVELS, 3] red, green, blue. */
  readonly colours: Uint8Array;
  /** Place of a value on the scale, 0 to 1, values outside held at the ends; NaN stays NaN. */
  readonly position: (value: number) => number;
  /** Value at a place of 0 to 1. */
  readonly value: (position: number) => number;
}

/** Colours of a scale; one more entry of a PNG palette is left for "no data". */
export const LEVELS = 255;

const VEGA_NAMES: Readonly<Record<ColourScheme, string>> = {
  viridis: "viridis",
  cividis: "cividis",
  magma: "magma",
  blueOrange: "blueorange",
  blueRed: "redblue",
};

/**
 * A colour scale over some values (NaN left out).
 *
 * @throws InputError when there is no finite value, the domain does not rise, or a logarithmic
 *   stretch meets values that are not positive
 */
export function colourScale(values: Iterable<number>, options: ColourOptions = {}): ColourScale {
  const { stretch = "linear", scheme: name = "viridis" } = options;
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort();
  if (sorted.length === 0 && options.domain === undefined) {
    throw badScale("no finite value", "at least one");
  }
  const [low, high] = options.domain ?? [sorted[0], sorted[sorted.length - 1]];
  if (!(low <= high)) throw badScale(`domain ${low} to ${high}`, "a rising pair of numbers");
  if (stretch === "log" && !(low > 0)) {
    throw badScale(`${low} under a logarithmic stretch`, "positive values");
  }
  const colours = colourTable(name);
  // A map of one value takes the middle colour.
  const domain: readonly [number, number] = low === high ? widened(low) : [low, high];
  if (stretch === "quantile") {
    return { stretch, domain, colours, ...quantilePlaces(sorted) };
  }
  return { stretch, domain, colours, ...plainPlaces(domain, stretch === "log") };
}

/** [LEVELS, 3] colours of a scheme. */
function colourTable(name: ColourScheme): Uint8Array {
  const interpolate = scheme(VEGA_NAMES[name]) as unknown as (position: number) => string;
  const table = new Uint8Array(LEVELS * 3);
  for (let level = 0; level < LEVELS; level++) {
    const along = level / (LEVELS - 1);
    // Vega runs this one from red to blue; warm stands for positive here.
    const colour = interpolate(name === "blueRed" ? 1 - along : along);
    const parts = colour.match(/\d+/g) as RegExpMatchArray;
    table.set(parts.slice(0, 3).map(Number), level * 3);
  }
  return table;
}

function plainPlaces([low, high]: readonly [number, number], isLog: boolean) {
  const to = isLog ? Math.log : (value: number) => value;
  const from = isLog ? Math.exp : (value: number) => value;
  const width = to(high) - to(low);
  return {
    position: (value: number) =>
      isLog && value <= 0 ? 0 : Math.min(1, Math.max(0, (to(value) - to(low)) / width)),
    value: (position: number) => from(to(low) + position * width),
  };
}

/** Places by the share of values below (ties in the middle of theirs). */
function quantilePlaces(sorted: Float64Array) {
  const last = sorted.length - 1;
  return {
    position: (value: number) => {
      if (Number.isNaN(value)) return Number.NaN;
      const middle = (firstAtLeast(sorted, value) + firstAbove(sorted, value) - 1) / 2;
      return last === 0 ? 0.5 : Math.min(1, Math.max(0, middle / last));
    },
    value: (position: number) => sorted[Math.round(position * last)],
  };
}

function firstAtLeast(sorted: Float64Array, value: number): number {
  return bisect(sorted, (other) => other >= value);
}

function firstAbove(sorted: Float64Array, value: number): number {
  return bisect(sorted, (other) => other > value);
}

function bisect(sorted: Float64Array, isPast: (value: number) => boolean): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (isPast(sorted[middle])) to = middle;
    else from = middle + 1;
  }
  return from;
}

function widened(value: number): readonly [number, number] {
  const margin = value === 0 ? 1 : Math.abs(value) / 2;
  return [value - margin, value + margin];
}

function badScale(found: string, expected: string): InputError {
  return new InputError({ kind: "values", field: "values of a map", found, expected });
}
