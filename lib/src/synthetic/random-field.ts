import { type GridGeometry, pixelCentre } from "../grid/grid";
import type { Random } from "../random";

/** A field that can be asked at any place, in CRS units. */
export type Field = (easting: number, northing: number) => number;

/** Exponential fields are rough at every scale, as geochemistry is; Gaussian ones are smooth. */
export type Covariance = "exponential" | "gaussian";

const WAVES = 128;

/**
 * A stationary random field of mean 0 and variance 1, close to Gaussian: a sum of cosines whose
 * wave vectors are drawn from the spectrum of the covariance, with random phases.
 *
 * Covariance at distance d: exp(-d / range), or exp(-(d / range)² / 2) when Gaussian.
 * Source: Shinozuka and Jan (1972); the spectra are those of Rasmussen and Williams (2006, ch. 4).
 *
 * @param range in CRS units
 */
export function randomField(
  random: Random,
  range: number,
  covariance: Covariance = "exponential",
): Field {
  const waves = new Float64Array(3 * WAVES);
  for (let wave = 0; wave < WAVES; wave++) {
    const turn = 2 * Math.PI * random.uniform();
    const share = 1 - random.uniform();
    // Radial distribution functions in two dimensions, inverted.
    const frequency =
      covariance === "gaussian" ? Math.sqrt(-2 * Math.log(share)) : Math.sqrt(share ** -2 - 1);
    waves[3 * wave] = (frequency / range) * Math.cos(turn);
    waves[3 * wave + 1] = (frequency / range) * Math.sin(turn);
    waves[3 * wave + 2] = 2 * Math.PI * random.uniform();
  }
  const amplitude = Math.sqrt(2 / WAVES);
  return (easting, northing) => {
    let sum = 0;
    for (let at = 0; at < waves.length; at += 3) {
      sum += Math.cos(waves[at] * easting + waves[at + 1] * northing + waves[at + 2]);
    }
    return amplitude * sum;
  };
}

/** A field at every pixel centre, row-major. */
export function fieldOnGrid(geometry: GridGeometry, field: Field): Float64Array {
  const values = new Float64Array(geometry.width * geometry.height);
  for (let row = 0; row < geometry.height; row++) {
    for (let column = 0; column < geometry.width; column++) {
      const { easting, northing } = pixelCentre(geometry, row, column);
      values[row * geometry.width + column] = field(easting, northing);
    }
  }
  return values;
}
