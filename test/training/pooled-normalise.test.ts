import { expect, it } from "vitest";
import { randomStream } from "../../lib/src/random";
import { kernelsIn } from "../../lib/src/training/engine/kernels";
import { sharedMemory } from "../../lib/src/training/engine/memory";

// A normalising layer that takes the maxima of the pool behind it, against the separate kernels that
// the definitions are held against: the same bytes.

const memory = sharedMemory(2 ** 20);
const kernels = kernelsIn(memory);
const floats = new Float32Array(memory.buffer);

/** Images of 3 samples, 4 x 6 pixels and 12 channels, and their pool, each within a border. */
const [samples, h, w, c] = [3, 4, 6, 12];
const hs = (w + 2) * c * 4;
const ns = (h + 2) * hs;
const pooledHs = (w / 2 + 2) * c * 4;
const pooledNs = (h / 2 + 2) * pooledHs;

let next = 1024;
const take = (bytes: number) => {
  const at = next;
  next += Math.ceil(bytes / 64) * 64;
  return at;
};
const image = () => take(samples * ns) + hs + c * 4;
const pooledImage = () => take(samples * pooledNs) + pooledHs + c * 4;
const row = () => take(c * 4);

const [u, normalised, spread, dx, fused] = [image(), image(), image(), image(), image()];
const [pooled, maxima, gradient] = [pooledImage(), pooledImage(), pooledImage()];
const [a, b, e, f, mean] = [row(), row(), row(), row(), row()];
const [sum, products, fusedSum, fusedProducts] = [row(), row(), row(), row()];

const over = [samples, h, w, c] as const;
const overPool = [samples, h / 2, w / 2, c] as const;
const strides = [ns, hs, pooledNs, pooledHs] as const;
const bytes = (at: number, count: number) => new Uint8Array(memory.buffer, at, count).slice();
const values = (at: number, count: number) => floats.subarray(at >>> 2, (at >>> 2) + count);

/** Values of which many are equal, so that maxima are not always alone; some negative, some zero. */
function fill(at: number, rows: number, columns: number, strideN: number, strideH: number) {
  for (let sample = 0; sample < samples; sample++) {
    for (let line = 0; line < rows; line++) {
      const pixels = values(at + sample * strideN + line * strideH, columns * c);
      for (let k = 0; k < pixels.length; k++) pixels[k] = (random.below(9) - 4) / 3;
    }
  }
}

const random = randomStream(4, "pooled normalise");

it.each([0, -Infinity])(
  "forward and back are the bytes of each kernel alone, floor %s",
  (floor) => {
    fill(u, h, w, ns, hs);
    fill(gradient, h / 2, w / 2, pooledNs, pooledHs);
    for (const at of [a, b, e, f, mean])
      for (let k = 0; k < c; k++) values(at, c)[k] = (random.below(200) - 100) / 77;

    kernels.combine(u, 0, normalised, ns, hs, ...over, a, b, e);
    kernels.pool(normalised, ns, hs, pooled, pooledNs, pooledHs, ...overPool);
    kernels.combinePool(u, ns, hs, maxima, pooledNs, pooledHs, ...overPool, a, e);
    expect(bytes(maxima, samples * pooledNs)).toEqual(bytes(pooled, samples * pooledNs));
    const [first] = values(maxima, 1);
    const four = [u, u + c * 4, u + hs, u + hs + c * 4].map(
      (at) => values(a, 1)[0] * values(at, 1)[0] + values(e, 1)[0],
    );
    expect(first).toBeCloseTo(Math.max(...four), 5);

    kernels.poolGradient(normalised, pooled, gradient, spread, ...strides, ...overPool, -Infinity);
    for (const at of [sum, products, fusedSum, fusedProducts]) values(at, c).fill(0.25);
    kernels.sumPixels(spread, ns, hs, ...over, sum);
    kernels.sumProducts(u, spread, ns, hs, ...over, mean, products);
    kernels.pooledSums(
      ...([u, gradient, ...strides, ...overPool, a, e, mean, fusedSum, fusedProducts] as const),
    );
    expect(bytes(fusedSum, c * 4)).toEqual(bytes(sum, c * 4));
    expect(bytes(fusedProducts, c * 4)).toEqual(bytes(products, c * 4));

    kernels.combine(spread, u, dx, ns, hs, ...over, a, b, f);
    if (floor === 0) kernels.reluGradient(u - hs - c * 4, dx - hs - c * 4, samples * ns);
    kernels.combinePoolGradient(
      ...([u, gradient, fused, ...strides, ...overPool, a, e, b, f, floor] as const),
    );
    expect(bytes(fused, samples * ns - 2 * (hs + c * 4))).toEqual(
      bytes(dx, samples * ns - 2 * (hs + c * 4)),
    );
  },
);

it("a pool behind a relu takes from gradients what the relu would", () => {
  fill(u, h, w, ns, hs);
  const relu = values(u, (samples * ns - hs) >>> 2);
  for (let k = 0; k < relu.length; k++) relu[k] = Math.max(0, relu[k]);
  fill(gradient, h / 2, w / 2, pooledNs, pooledHs);
  kernels.pool(u, ns, hs, pooled, pooledNs, pooledHs, ...overPool);
  kernels.poolGradient(u, pooled, gradient, dx, ...strides, ...overPool, -Infinity);
  kernels.reluGradient(u - hs - c * 4, dx - hs - c * 4, samples * ns);
  kernels.poolGradient(u, pooled, gradient, fused, ...strides, ...overPool, 0);
  const length = samples * ns - 2 * (hs + c * 4);
  expect(bytes(fused, length)).toEqual(bytes(dx, length));
});
