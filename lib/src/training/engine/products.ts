import { everySecond, outer, pixel, pixels, product, samples, windowOf } from "./descriptors";
import { type Layout, upTo4 } from "./layout";
import { planPlanes } from "./planes";
import {
  call,
  noProducts,
  type ProductMemory,
  type ProductPlan,
  step,
  sum,
  type Weighted,
} from "./steps";

/** Plans the products of a layer; in prediction forward ones only, and of weights where they have gradients. */
export function planProducts(
  layout: Layout,
  weighted: Weighted,
  memory: ProductMemory,
): ProductPlan {
  if (weighted.layer.kind === "dense") return planDense(layout, weighted, memory);
  const planes = planPlanes(layout, weighted, memory);
  if (planes !== null) return planes;
  return weighted.layer.grows
    ? planGrown(layout, weighted, memory)
    : planConvolution(layout, weighted, memory);
}

/** Whether outputs are better taken one by one, over vectors of inputs. */
function isDotLayer({ layer, x }: Weighted): boolean {
  return layer.outputs % 4 !== 0 && x.cs % 4 === 0 && layer.activation !== "relu";
}

function planConvolution(layout: Layout, weighted: Weighted, memory: ProductMemory): ProductPlan {
  const { layer, x, y, dx, dy, place } = weighted;
  const { inputs, outputs } = layer;
  const weights = memory.parameters + place.weights;
  const bias = memory.parameters + place.bias;
  const row = place.row * 4;
  const isDot = isDotLayer(weighted);
  const kernel = isDot ? "dots" : "product";
  const isRelu = layer.activation === "relu";
  const runs = isDot ? layout.take(outputs * 9 * x.cs * 4) : 0;
  const corner = pixels(x, -1, -1);
  const forward = isDot
    ? { window: windowOf(x, 3, x.cs), weights: runs, row: 9 * x.cs * 4, outputs }
    : { window: windowOf(x, 3, inputs), weights, row, outputs: place.row / 4 };
  const plan = {
    ...noProducts,
    forward: [step(layout, kernel, product({ x: corner, ...forward, bias, isRelu, y: pixels(y) }))],
    pack: isDot
      ? [call("runKernel", weights, row, 9, inputs, outputs, runs, 9 * x.cs * 4, x.cs)]
      : [],
  };
  if (memory.isPrediction) return plan;
  const ofWeights = (gradients: number) =>
    outer({
      ...{ x: corner, dy: pixels(dy), positions: [3, 3], shift: [x.hs, pixel(x)] },
      ...{ inputs, outputs, out: gradients + place.weights, row },
      isTurned: outputs % 4 !== 0 && x.cs % 4 === 0,
    });
  const whole =
    memory.gradients === null
      ? plan
      : { ...plan, gradient: [sum(layout, "outer", ofWeights(memory.gradients))] };
  if (dx === null) return whole;
  const turned = layout.take(9 * outputs * dx.cs * 4);
  const back = product({
    ...{ x: pixels(dy, -1, -1), window: windowOf(dy, 3, outputs), weights: turned },
    ...{ row: dx.cs * 4, outputs: dx.cs / 4, bias: 0, isRelu: false, y: pixels(dx) },
  });
  return {
    ...whole,
    packBackward: [call("turnKernel", weights, row, 9, inputs, outputs, turned, dx.cs * 4)],
    backward: [step(layout, "product", back)],
  };
}

/**
 * A convolution behind an upsampling, as four products with 2 x 2 windows over the smaller image, one
 * for each phase of output rows and columns: four ninths of the work.
 */
function planGrown(layout: Layout, weighted: Weighted, memory: ProductMemory): ProductPlan {
  const { layer, x, y, dx, dy, place } = weighted;
  const { inputs, outputs } = layer;
  const weights = memory.parameters + place.weights;
  const bias = memory.parameters + place.bias;
  const row = place.row * 4;
  const isDot = isDotLayer(weighted);
  const kernel = isDot ? "dots" : "product";
  const isRelu = layer.activation === "relu";
  const tap = inputs * row;
  const sets = layout.take(16 * tap);
  const runRow = 4 * x.cs * 4;
  const runs = isDot ? layout.take(4 * outputs * runRow) : 0;
  const phases = [0, 1, 2, 3].map((phase) => ({
    corner: pixels(x, (phase >> 1) - 1, (phase & 1) - 1),
    set: sets + phase * 4 * tap,
    run: runs + phase * outputs * runRow,
    row: phase >> 1,
    column: phase & 1,
  }));
  const forward = phases.map(({ corner, set, run, row: down, column }) => {
    const operands = isDot
      ? { window: windowOf(x, 2, x.cs), weights: run, row: runRow, outputs }
      : { window: windowOf(x, 2, inputs), weights: set, row, outputs: place.row / 4 };
    const target = everySecond(y, down, column);
    return step(layout, kernel, product({ x: corner, ...operands, bias, isRelu, y: target }));
  });
  const plan = {
    ...noProducts,
    forward,
    pack: [
      call("foldKernel", weights, row, inputs, sets),
      ...(isDot
        ? phases.map(({ set, run }) =>
            call("runKernel", set, row, 4, inputs, outputs, run, runRow, x.cs),
          )
        : []),
    ],
  };
  if (memory.isPrediction) return plan;
  const ofWeights = (gradients: number) => {
    const sets = layout.take(16 * tap);
    return {
      clear: [call("clear", sets, 16 * tap)],
      gradient: phases.map(({ corner, row: down, column }, phase) =>
        sum(
          layout,
          "outer",
          outer({
            ...{ x: corner, dy: everySecond(dy, down, column), positions: [2, 2] },
            ...{ shift: [x.hs, pixel(x)], inputs, outputs, out: sets + phase * 4 * tap, row },
            isTurned: outputs % 4 !== 0 && x.cs % 4 === 0,
          }),
        ),
      ),
      gather: [call("unfoldGradient", sets, row, inputs, gradients + place.weights)],
    };
  };
  const whole = memory.gradients === null ? plan : { ...plan, ...ofWeights(memory.gradients) };
  if (dx === null) return whole;
  // A small pixel takes part in 4 x 4 larger ones; from first to last they are of these phases, at
  // these places of their 2 x 2 windows.
  const along = [
    { phase: 1, at: 1 },
    { phase: 0, at: 1 },
    { phase: 1, at: 0 },
    { phase: 0, at: 0 },
  ];
  const turned = layout.take(16 * outputs * dx.cs * 4);
  const turns = along.flatMap((down, i) =>
    along.map((across, j) => {
      const from = 4 * (2 * down.phase + across.phase) + 2 * down.at + across.at;
      const to = turned + (4 * i + j) * outputs * dx.cs * 4;
      return call("turnKernel", sets + from * tap, row, 1, inputs, outputs, to, dx.cs * 4);
    }),
  );
  const window = everySecond(dy, -1, -1);
  const back = product({
    ...{ x: window, window: windowOf(dy, 4, outputs), weights: turned },
    ...{ row: dx.cs * 4, outputs: dx.cs / 4, bias: 0, isRelu: false, y: pixels(dx) },
  });
  return {
    ...whole,
    packBackward: turns,
    backward: [step(layout, "product", back)],
  };
}

/** A dense layer reads its input row by row, so that nothing need be flattened. */
function planDense(layout: Layout, weighted: Weighted, memory: ProductMemory): ProductPlan {
  const { layer, x, y, dx, dy, place } = weighted;
  const { inputs, outputs } = layer;
  const weights = memory.parameters + place.weights;
  const bias = memory.parameters + place.bias;
  const row = place.row * 4;
  const isDot = isDotLayer(weighted);
  const kernel = isDot ? "dots" : "product";
  const isRelu = layer.activation === "relu";
  const len = x.h * x.w === 1 ? inputs : x.w * x.c;
  const runRow = upTo4(inputs) * 4;
  const runs = isDot ? layout.take(outputs * runRow) : 0;
  const lines = { g1: x.h, s1: x.hs, g2: 1, s2: 0 };
  const operands = isDot
    ? { window: { ...lines, len: upTo4(len) }, weights: runs, row: runRow, outputs }
    : { window: { ...lines, len }, weights, row, outputs: place.row / 4 };
  const plan = {
    ...noProducts,
    forward: [
      step(layout, kernel, product({ x: samples(x), ...operands, bias, isRelu, y: samples(y) })),
    ],
    pack: isDot ? [call("runKernel", weights, row, 1, inputs, outputs, runs, runRow, inputs)] : [],
  };
  if (memory.isPrediction) return plan;
  const ofWeights = (gradients: number) => [
    ...[x.origin, x.ns, x.h, x.hs, len, dy.origin, dy.ns, place.row / 4],
    ...[gradients + place.weights, row],
  ];
  const whole =
    memory.gradients === null
      ? plan
      : { ...plan, gradient: [sum(layout, "sumSamples", ofWeights(memory.gradients))] };
  if (dx === null) return whole;
  const rowValues = dx.h * dx.w === 1 ? dx.cs : dx.w * dx.c;
  const turnedRow = dx.h * rowValues * 4;
  const turned = layout.take(outputs * turnedRow);
  const window = { g1: 1, s1: 0, g2: 1, s2: 0, len: outputs };
  const backward = Array.from({ length: dx.h }, (_, line) =>
    step(
      layout,
      "product",
      product({
        ...{ x: samples(dy), window, weights: turned + line * rowValues * 4, row: turnedRow },
        ...{ outputs: rowValues / 4, bias: 0, isRelu: false, y: samples(dx, line * dx.hs) },
      }),
    ),
  );
  return {
    ...whole,
    packBackward: [call("turnKernel", weights, row, 1, inputs, outputs, turned, turnedRow)],
    backward,
  };
}
