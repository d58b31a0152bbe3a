import type { GradientStep, Step } from "../../lib/dist/training/engine/steps";
import { schemes } from "../../lib/kernels/schemes.mjs";
import { transformsSource } from "../../lib/kernels/transforms.mjs";

/** Operations on a vector of four values; a multiplication and an addition in one rounding are two. */
const LANES = 4;

const maps = transformsSource(true);

/**
 * Additions and multiplications that a map of a scheme of fast convolutions does to each vector of a
 * tile, counted in its source: those of a fused multiply-add are two. Maxima and what only moves values
 * are none.
 */
export function mapOperations(map: string, scheme: string): number {
  const source = new RegExp(`function ${map}${scheme}\\(.*?\\n}\\n`, "s").exec(maps);
  if (source === null) throw new Error(`lib/kernels/transforms.mjs writes no map ${map}${scheme}`);
  const count = (pattern: RegExp) => [...source[0].matchAll(pattern)].length;
  return count(/f32x4\.(add|sub|mul|neg)\(/g) + 2 * count(/(f32x4\.relaxed_madd|multiplyAdd)\(/g);
}

/** Rows times vectors that a product over planes goes through: rows in threes or fours, whole. */
export function tiledVectors(rows: number, vectors: number): number {
  let left = vectors;
  let sum = 0;
  while (left >= 3 && left !== 4) {
    sum += 3 * 3 * Math.ceil(rows / 3);
    left -= 3;
  }
  return sum + left * 4 * Math.ceil(rows / 4);
}

/**
 * Multiplications and additions that a kernel really does for some samples by its descriptor: of a
 * convolution by fewer products those few, with what is added and scaled on the way to planes and back;
 * of outputs that fill no vector the whole vector.
 *
 * @param words the memory that descriptors stand in, field by field as lib/kernels reads them
 */
export function operationsOf(
  { kernel, at }: Step | GradientStep,
  samples: number,
  words: Int32Array,
): number {
  const field = (number: number) => words[(at >>> 2) + number];
  switch (kernel) {
    case "product": {
      const pixels = samples * field(4) * field(5);
      return 2 * pixels * field(6) * field(8) * field(10) * field(13) * LANES;
    }
    case "dots": {
      const pixels = samples * field(4) * field(5);
      return 2 * pixels * field(6) * field(10) * field(13);
    }
    case "outer": {
      const pixels = samples * field(8) * field(9);
      return 2 * pixels * field(10) * field(11) * field(16) * LANES * Math.ceil(field(17) / LANES);
    }
    case "sumSamples":
      return 2 * samples * field(2) * field(4) * field(7) * LANES;
    default:
      return planeOperations(kernel, samples, field);
  }
}

/** Vectors of a small pixel's gradient are gathered from five rows of planes by four additions each. */
const GATHERED = 5 * 4 + 4;

function planeOperations(
  kernel: "convolve" | "convolveBack" | "convolveGradient",
  samples: number,
  field: (number: number) => number,
): number {
  const { name, window } = schemes[field(0)];
  const planes = window.length ** 2;
  const [read, len, written] = [field(5), field(6), field(13)];
  const tilesOfSample = field(14) * field(15);
  const tiles = samples * tilesOfSample;
  const map = (which: string, vectors: number) => vectors * mapOperations(which, name);
  const products = (vectors: number) => {
    const blocks = Math.max(1, Math.ceil(samples / field(16)));
    const inBlock = Math.ceil(samples / blocks);
    let sum = 0;
    for (let from = 0; from < samples; from += inBlock) {
      sum += tiledVectors(Math.min(inBlock, samples - from) * tilesOfSample, vectors);
    }
    return 2 * planes * len * sum;
  };
  const vectorOperations =
    kernel === "convolve"
      ? map("window", tiles * read) + products(written) + map("back", tiles * written)
      : kernel === "convolveBack"
        ? map("errors", tiles * written) + products(read) + GATHERED * tiles * read
        : map("window", tiles * read) +
          map("errors", tiles * written) +
          2 * planes * len * tiles * written +
          map("gradients", field(28) >> 4);
  return LANES * vectorOperations;
}
