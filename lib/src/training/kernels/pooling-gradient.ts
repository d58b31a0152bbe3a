import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs-core";
import { tf } from "../../tensorflow";

type Shape4 = [number, number, number, number];

/**
 * Gradient of max-pooling: each output's gradient goes to the largest value of its window, and to
 * the first of several equal ones, as in TensorFlow. The kernel that comes with tfjs' WebAssembly
 * backend starts its search at 0, so that a window of negative values passes nothing back, and
 * sends ties to the last.
 */
export const poolingGradient: KernelConfig = {
  kernelName: "MaxPoolGrad",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs, backend }) => {
    const wasm = backend as BackendWasm;
    const input = inputs.input as TensorInfo;
    const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as PoolingAttributes;
    const shape = input.shape as Shape4;
    const pool = tf.backend_util.computePool2DInfo(
      shape,
      filterSize,
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    const result = wasm.makeOutput(shape, "float32");
    // Views of the backend's memory are taken last: making the output may have moved it.
    const values = wasm.typedArrayFromHeap(input) as Float32Array;
    const gradients = wasm.typedArrayFromHeap(inputs.dy as TensorInfo) as Float32Array;
    const passed = wasm.typedArrayFromHeap(result) as Float32Array;
    passed.fill(0);
    passBack(pool, values, gradients, passed);
    return result;
  },
};

interface PoolingAttributes {
  readonly filterSize: number | [number, number];
  readonly strides: number | [number, number];
  readonly pad: "same" | "valid" | number;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

type Pooling = ReturnType<typeof tf.backend_util.computePool2DInfo>;

function passBack(
  pool: Pooling,
  values: Float32Array,
  gradients: Float32Array,
  passed: Float32Array,
): void {
  const { batchSize, outHeight, outWidth, inHeight, inWidth, inChannels } = pool;
  let output = 0;
  for (let image = 0; image < batchSize; image++) {
    for (let outRow = 0; outRow < outHeight; outRow++) {
      const top = outRow * pool.strideHeight - pool.padInfo.top;
      const firstRow = Math.max(0, top);
      const rowEnd = Math.min(inHeight, top + pool.effectiveFilterHeight);
      for (let outColumn = 0; outColumn < outWidth; outColumn++) {
        const left = outColumn * pool.strideWidth - pool.padInfo.left;
        const firstColumn = Math.max(0, left);
        const columnEnd = Math.min(inWidth, left + pool.effectiveFilterWidth);
        for (let channel = 0; channel < inChannels; channel++, output++) {
          let largest =
            ((image * inHeight + firstRow) * inWidth + firstColumn) * inChannels + channel;
          for (let row = firstRow; row < rowEnd; row++) {
            let at = ((image * inHeight + row) * inWidth + firstColumn) * inChannels + channel;
            for (let column = firstColumn; column < columnEnd; column++, at += inChannels) {
              if (values[at] > values[largest]) largest = at;
            }
          }
          passed[largest] += gradients[output];
        }
      }
    }
  }
}
