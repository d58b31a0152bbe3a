/** An image's first pixel, and the bytes from one sample and from one row to the next. */
type Image = [x: number, ns: number, hs: number];

/** Those of two images of one layout. */
type Strides = [ns: number, hs: number];

type Size = [samples: number, h: number, w: number, c: number];

/** Weights, bytes of a row of them, and their numbers. */
type Weights = [w: number, row: number, taps: number, inputs: number, outputs: number];

/** Output or its gradient beside a patch: bytes of a row, values of a pixel; size and bands. */
type Target = [hs: number, cs: number, target: number, size: number, bands: number];

type LossArguments = [y: number, dy: number, ...Target, scale: number, isSigmoid: number];

/** What lib/kernels compiles to; addresses and strides in bytes, see the sources for each. */
export interface Kernels {
  product(descriptor: number, samples: number): void;
  dots(descriptor: number, samples: number): void;
  outer(descriptor: number, first: number, samples: number, further: number): void;
  sumSamples(descriptor: number, first: number, samples: number, further: number): void;
  convolve(descriptor: number, samples: number): void;
  convolveBack(descriptor: number, samples: number): void;
  convolveGradient(descriptor: number, first: number, samples: number, further: number): void;
  weightPlanes(
    scheme: number,
    w: number,
    row: number,
    inputs: number,
    apart: number,
    out: number,
  ): void;
  /** 384 multiplications and additions a turn on registers alone. */
  peak(turns: number): number;
  clear(at: number, bytes: number): void;
  gather(
    ...args: [
      values: number,
      order: number,
      samples: number,
      size: number,
      bands: number,
      ...Image,
      cs: number,
    ]
  ): void;
  pool(...args: [...Image, ...Image, ...Size]): void;
  poolGradient(
    ...args: [
      ...[x: number, y: number, dy: number, dx: number, ...Strides, ...Strides, ...Size],
      floor: number,
    ]
  ): void;
  grow(...args: [...Image, ...Image, ...Size]): void;
  growGradient(...args: [...Image, ...Image, ...Size]): void;
  reluGradient(y: number, dy: number, bytes: number): void;
  sumPixels(...args: [...Image, ...Size, out: number]): void;
  /** With no dy (0) the squares of x - mean. */
  sumProducts(
    ...args: [x: number, dy: number, ...Strides, ...Size, mean: number, out: number]
  ): void;
  combine(
    ...args: [u: number, v: number, y: number, ...Strides, ...Size, a: number, b: number, e: number]
  ): void;
  combinePool(...args: [...Image, ...Image, ...Size, a: number, e: number]): void;
  pooledSums(
    ...args: [
      ...[u: number, g: number, ...Strides, ...Strides, ...Size],
      ...[a: number, e: number, mean: number, sum: number, products: number],
    ]
  ): void;
  combinePoolGradient(
    ...args: [
      ...[u: number, g: number, dx: number, ...Strides, ...Strides, ...Size],
      ...[a: number, e: number, b: number, f: number, floor: number],
    ]
  ): void;
  dropout(
    ...args: [
      ...Image,
      ...Image,
      samples: number,
      first: number,
      h: number,
      w: number,
      c: number,
      key: number,
      rate: number,
    ]
  ): void;
  sigmoid(...args: [...Image, samples: number, h: number, rowBytes: number]): void;
  squaredError(...args: [y: number, ...Target]): number;
  squaredErrorGradient(...args: LossArguments): number;
  absoluteErrorGradient(...args: LossArguments): number;
  crossEntropyGradient(...args: LossArguments): number;
  rmsprop(
    w: number,
    squares: number,
    gradients: number,
    apart: number,
    parts: number,
    from: number,
    to: number,
    rate: number,
    decay: number,
    epsilon: number,
  ): void;
  turnKernel(...args: [...Weights, out: number, outRow: number]): void;
  foldKernel(w: number, row: number, inputs: number, out: number): void;
  unfoldGradient(sets: number, row: number, inputs: number, out: number): void;
  runKernel(...args: [...Weights, out: number, outRow: number, cs: number]): void;
}
