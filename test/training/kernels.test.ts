import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { tf } from "../../lib/src/tensorflow";
import { useBackend } from "../../lib/src/training/backend";

type Shape4 = [number, number, number, number];

beforeAll(async () => {
  await useBackend("wasm");
});

/** Numbers of either sign, the same for the same seed, with no pattern along any axis. */
function values(count: number, seed: number): Float64Array {
  return Float64Array.from({ length: count }, (_, at) =>
    Math.fround(Math.sin(at * 12.9898 + seed)),
  );
}

interface Convolution {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: number;
  readonly pad: "same" | "valid";
}

const convolutions = fc.record({
  batch: fc.integer({ min: 1, max: 4 }),
  height: fc.integer({ min: 3, max: 9 }),
  width: fc.integer({ min: 3, max: 9 }),
  inputs: fc.integer({ min: 1, max: 9 }),
  outputs: fc.integer({ min: 1, max: 9 }),
  kernel: fc.constantFrom(1, 3),
  pad: fc.constantFrom("same" as const, "valid" as const),
});

/** Both gradients in double precision, from the definition of a convolution. */
function gradientsByDefinition(
  { batch, height, width, inputs, outputs, kernel, pad }: Convolution,
  x: Float64Array,
  filter: Float64Array,
  dy: Float64Array,
) {
  const before = pad === "same" ? (kernel - 1) / 2 : 0;
  const outHeight = pad === "same" ? height : height - kernel + 1;
  const outWidth = pad === "same" ? width : width - kernel + 1;
  const byInput = new Float64Array(x.length);
  const byFilter = new Float64Array(filter.length);
  for (let n = 0; n < batch; n++)
    for (let i = 0; i < outHeight; i++)
      for (let j = 0; j < outWidth; j++)
        for (let r = 0; r < kernel; r++)
          for (let s = 0; s < kernel; s++) {
            const row = i + r - before;
            const column = j + s - before;
            if (row < 0 || column < 0 || row >= height || column >= width) continue;
            for (let c = 0; c < inputs; c++)
              for (let k = 0; k < outputs; k++) {
                const at = ((n * height + row) * width + column) * inputs + c;
                const weight = ((r * kernel + s) * inputs + c) * outputs + k;
                const gradient = dy[((n * outHeight + i) * outWidth + j) * outputs + k];
                byInput[at] += gradient * filter[weight];
                byFilter[weight] += gradient * x[at];
              }
          }
  return { byInput, byFilter, outHeight, outWidth };
}

function largestRelativeError(found: ArrayLike<number>, expected: Float64Array): number {
  const scale = Math.max(1, ...Array.from(expected, Math.abs));
  return Math.max(...Array.from(expected, (value, at) => Math.abs(found[at] - value) / scale));
}

describe("convolution gradients on WebAssembly", () => {
  it("are those of the definition in double precision, on 300 random shapes", () => {
    fc.assert(
      fc.property(convolutions, fc.nat(1000), (shape, seed) => {
        const { batch, height, width, inputs, outputs, kernel, pad } = shape;
        const x = values(batch * height * width * inputs, seed);
        const filter = values(kernel * kernel * inputs * outputs, seed + 1);
        const output =
          pad === "same" ? height * width : (height - kernel + 1) * (width - kernel + 1);
        const dy = values(batch * output * outputs, seed + 2);
        const expected = gradientsByDefinition(shape, x, filter, dy);
        tf.tidy(() => {
          const inputShape: Shape4 = [batch, height, width, inputs];
          const outputShape: Shape4 = [batch, expected.outHeight, expected.outWidth, outputs];
          const filterShape: Shape4 = [kernel, kernel, inputs, outputs];
          const gradient = tf.grads(
            (a: ReturnType<typeof tf.zeros>, w: ReturnType<typeof tf.zeros>) =>
              tf.conv2d(a as never, w as never, 1, pad),
          );
          const [byInput, byFilter] = gradient(
            [
              tf.tensor(Float32Array.from(x), inputShape),
              tf.tensor(Float32Array.from(filter), filterShape),
            ],
            tf.tensor(Float32Array.from(dy), outputShape),
          );
          expect(largestRelativeError(byInput.dataSync(), expected.byInput)).toBeLessThan(1e-4);
          expect(largestRelativeError(byFilter.dataSync(), expected.byFilter)).toBeLessThan(1e-4);
        });
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("refuse strides that they do not compute", () => {
    const run = () =>
      tf.tidy(() =>
        tf.grad((x) => tf.conv2d(x as never, tf.ones([3, 3, 1, 1]), 2, "same"))(
          tf.ones([1, 4, 4, 1]),
        ),
      );
    expect(run).toThrow(/strides of 1 and NHWC/);
  });
});

describe("max-pooling gradient on WebAssembly", () => {
  const pooled = (input: number[], shape: Shape4, dy: number[]) =>
    tf.tidy(() => {
      const gradient = tf.grad((x) => tf.maxPool(x as never, 2, 2, "valid"));
      const out: Shape4 = [shape[0], Math.floor(shape[1] / 2), Math.floor(shape[2] / 2), shape[3]];
      return [...gradient(tf.tensor(input, shape), tf.tensor(dy, out)).dataSync()];
    });

  it("passes the gradient to the largest of a window of negative values", () => {
    expect(pooled([-4, -1, -3, -2], [1, 2, 2, 1], [5])).toEqual([0, 5, 0, 0]);
  });

  it("passes it to the first of equal values, as TensorFlow does", () => {
    expect(pooled([1, 1, 1, 1], [1, 2, 2, 1], [5])).toEqual([5, 0, 0, 0]);
  });

  it("keeps channels, batches and odd edges apart", () => {
    // Two images of 3 x 2 with two channels: the last row has no window.
    const input = [1, 8, 2, 7, 3, 6, 4, 5, 9, 9, 9, 9, -1, -1, -2, 0, -3, -4, -5, -6, 9, 9, 9, 9];
    const expected = new Array(24).fill(0);
    expected[6] = 10; // largest of channel 0 is 4, of channel 1 is 8
    expected[1] = 20;
    expected[12] = 30; // second image: -1 and 0
    expected[15] = 40;
    expect(pooled(input, [2, 3, 2, 2], [10, 20, 30, 40])).toEqual(expected);
  });
});
