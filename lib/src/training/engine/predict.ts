import type { LayersModel } from "@tensorflow/tfjs";
import type { PatchShape } from "../batches";
import { computer } from "./compute";
import { kernelsIn } from "./kernels";
import { newLayout } from "./layout";
import { sharedMemory } from "./memory";
import type { Network } from "./network";
import { placeParameters, planThread } from "./plan";
import { copyIn } from "./weights";

/** Patches that go through the network at once: few, so that they stay in the cache. */
const samplesAtOnce = 16;

/** What a network makes of a patch, while it is in memory. */
export interface Predicted {
  /** Number of the patch. */
  readonly patch: number;
  /** Mean squared difference between output and patch; computed when asked for. */
  error(): number;
  /** One output value. */
  value(row: number, column: number, channel: number): number;
}

/**
 * Takes patches through a network, a few at a time, and hands each output over in turn; none is
 * kept, so that the error of a patch never needs its whole reconstruction.
 */
export function predictByEngine(
  model: LayersModel,
  network: Network,
  values: Float32Array,
  { count, size, bands }: PatchShape,
  take: (predicted: Predicted) => void,
): void {
  const layout = newLayout();
  const { places, bytes: parameterBytes } = placeParameters(network);
  const parameters = layout.take(parameterBytes);
  const moving = network.layers.map((layer, at) =>
    layer.kind === "normalise" ? layout.take(2 * places[at]!.row * 4) : 0,
  );
  const plan = planThread(layout, {
    ...{ network, places, parameters, gradients: null, samples: samplesAtOnce },
  });
  const perPatch = size * size * bands;
  const memory = sharedMemory(layout.size());
  const floats = new Float32Array(memory.buffer);
  const words = new Int32Array(memory.buffer);
  for (const write of layout.writes) words.set(write.values, write.at >>> 2);
  copyIn(model, floats, { network, places, parameters, moving });
  const kernels = kernelsIn(memory);
  const alone = { thread: 0, parts: 1, barrier: () => undefined };
  const addresses = { parameters, gradientsApart: 0, sums: moving, moving };
  const compute = computer(kernels, floats, plan, addresses, alone);
  compute.pack(false);
  const { input, output, patches } = plan;
  for (let first = 0; first < count; first += samplesAtOnce) {
    const samples = Math.min(samplesAtOnce, count - first);
    floats.set(values.subarray(first * perPatch, (first + samples) * perPatch), patches >>> 2);
    const { origin, ns, hs, cs } = input;
    kernels.gather(patches, plan.order, samples, size, bands, origin, ns, hs, cs);
    compute.forward({ samples, batch: samples, first: 0, parts: [], seed: 0, step: "" }, false);
    for (let sample = 0; sample < samples; sample++) {
      const at = output.origin + sample * output.ns;
      take({
        patch: first + sample,
        error: () => {
          const target = patches + sample * perPatch * 4;
          return kernels.squaredError(at, output.hs, output.cs, target, size, bands) / perPatch;
        },
        value: (row, column, channel) =>
          floats[((at + row * output.hs) >>> 2) + column * output.cs + channel],
      });
    }
  }
}
