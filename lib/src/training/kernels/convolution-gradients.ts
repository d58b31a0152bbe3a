import type { KernelConfig, NamedAttrMap, Tensor4D } from "@tensorflow/tfjs-core";
import { InputError } from "../../errors";
import { tf } from "../../tensorflow";

/**
 * Gradient of a convolution by its filter, which tfjs' WebAssembly backend lacks. It is itself a
 * convolution: the input with channels as batch and batch as channels, under the output's gradient
 * as a filter as large as the image. So it runs on the same fast forward kernel.
 *
 * dW[r, s, c, k] = sum over n, i, j of x[n, i + r - top, j + s - left, c] dy[n, i, j, k]
 */
export const filterGradient: KernelConfig = {
  kernelName: "Conv2DBackpropFilter",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs }) => {
    const { pad, dimRoundingMode, filterShape } = convolutionOf("Conv2DBackpropFilter", attrs);
    const input = inputs.x as Tensor4D;
    const gradient = inputs.dy as Tensor4D;
    const { padInfo } = tf.backend_util.computeConv2DInfo(
      input.shape,
      filterShape,
      1,
      1,
      pad,
      dimRoundingMode,
    );
    return tf.tidy(() => {
      const channelsAsBatch = tf.transpose(input, [3, 1, 2, 0]);
      const gradientAsFilter = tf.transpose(gradient, [1, 2, 0, 3]);
      const padding: [[number, number], [number, number], [number, number], [number, number]] = [
        [0, 0],
        [padInfo.top, padInfo.bottom],
        [padInfo.left, padInfo.right],
        [0, 0],
      ];
      const byChannel = tf.conv2d(channelsAsBatch, gradientAsFilter, 1, padding);
      return tf.transpose(byChannel, [1, 2, 0, 3]) as Tensor4D;
    });
  },
};

/**
 * Gradient of a convolution by its input: the output's gradient under the filter turned by 180
 * degrees, with its input and output channels exchanged. tfjs' WebAssembly kernel for it computes
 * the same value by value, many times slower.
 */
export const inputGradient: KernelConfig = {
  kernelName: "Conv2DBackpropInput",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs }) => {
    const filter = inputs.filter as Tensor4D;
    const { pad, dimRoundingMode, inputShape } = convolutionOf("Conv2DBackpropInput", attrs);
    const [rows, columns] = filter.shape;
    const { padInfo } = tf.backend_util.computeConv2DInfo(
      inputShape,
      filter.shape,
      1,
      1,
      pad,
      dimRoundingMode,
    );
    return tf.tidy(() => {
      const turned = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]) as Tensor4D;
      return tf.conv2d(inputs.dy as Tensor4D, turned, 1, [
        [0, 0],
        [rows - 1 - padInfo.top, rows - 1 - padInfo.bottom],
        [columns - 1 - padInfo.left, columns - 1 - padInfo.right],
        [0, 0],
      ]);
    });
  },
};

type Shape4 = [number, number, number, number];

function convolutionOf(kernel: string, attrs: NamedAttrMap | undefined) {
  const { strides, pad, dataFormat, dimRoundingMode, filterShape, inputShape } =
    attrs as unknown as {
      strides: number | [number, number];
      pad: "same" | "valid" | number;
      dataFormat: string;
      dimRoundingMode?: "floor" | "round" | "ceil";
      filterShape: Shape4;
      inputShape: Shape4;
    };
  const ones = [strides].flat().every((stride) => stride === 1);
  if (ones && dataFormat === "NHWC") return { pad, dimRoundingMode, filterShape, inputShape };
  throw new InputError({
    kind: "parameter",
    field: kernel,
    found: `strides ${strides} and data format ${dataFormat}`,
    expected: "strides of 1 and NHWC",
  });
}
