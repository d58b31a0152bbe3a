import { InputError } from "../errors";
import type { Grid } from "../grid/grid";
import { describeValues } from "./describe";
import type { Target } from "./targets";

/** How far a band within a target stands out from the district. */
export interface Driver {
  readonly band: string;
  /** Mean within the target. */
  readonly mean: number;
  /** Mean within less that of the district, in the district's standard deviations. */
  readonly standardised: number;
  /** Mean within by that of the district; of use for errors, which are never negative. */
  readonly ratio: number;
}

/**
 * What drives each target: its bands by how far their mean within the target departs from the
 * district's, up or down, the farthest first.
 *
 * @param targets as delineateTargets gives them
 * @param bands one number a cell of the grid that the targets were delineated on: mean evidence, or
 *   the auto-encoder's error by band
 * @returns one list a target
 * @throws InputError when a band has other cells than the targets, or no value within one
 */
export function targetDrivers(targets: readonly Target[], bands: readonly Grid[]): Driver[][] {
  const district = bands.map(({ values }) => describeValues(values));
  return targets.map(({ cells, rank }) =>
    bands
      .map(({ name, values }, band) => {
        if (cells[cells.length - 1] >= values.length) {
          throw badBand(name, `${values.length} cells`, "the cells of the scored grid");
        }
        const within = Float64Array.from(cells, (cell) => values[cell]);
        if (within.every(Number.isNaN)) {
          throw badBand(name, `only nodata in target ${rank}`, "values in every target");
        }
        const { mean } = describeValues(within);
        const { mean: whole, standardDeviation } = district[band];
        const standardised = standardDeviation === 0 ? 0 : (mean - whole) / standardDeviation;
        return { band: name, mean, standardised, ratio: mean / whole };
      })
      .sort((one, other) => Math.abs(other.standardised) - Math.abs(one.standardised)),
  );
}

function badBand(name: string, found: string, expected: string): InputError {
  return new InputError({ kind: "values", field: `band ${name}`, found, expected });
}
