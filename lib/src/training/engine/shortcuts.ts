import type { Kernels } from "./kernel-functions";
import { channelRows, type ImageBuffer } from "./layout";
import type { PlannedLayer, ThreadPlan } from "./plan";

/**
 * What a residual network (He et al., 2016) has beside convolutions: additions of an earlier layer's
 * output, a relu after them, and the mean over an image at the end.
 */
export function shortcuts(kernels: Kernels, floats: Float32Array, plan: ThreadPlan) {
  const additions = plan.layers.filter(({ layer }) => layer.kind === "add");

  /** Images of one shape, with their borders, which are zeros in both. */
  function copy(from: ImageBuffer, to: ImageBuffer, samples: number): void {
    const start = from.base >>> 2;
    floats.copyWithin(to.base >>> 2, start, start + ((samples * from.ns) >>> 2));
  }

  /** to = one + other, by the rows of an addition. */
  function add(
    { scratch, y: { cs } }: PlannedLayer,
    [one, other, to]: readonly ImageBuffer[],
    samples: number,
  ): void {
    const row = (name: keyof typeof channelRows) => scratch + channelRows[name] * cs * 4;
    const [a, b, e] = [row("a"), row("b"), row("e")];
    for (const ones of [a, b]) floats.fill(1, ones >>> 2, (ones >>> 2) + cs);
    const { ns, hs, h, w } = one;
    kernels.combine(
      ...([one.origin, other.origin, to.origin, ns, hs, samples, h, w, cs] as const),
      ...([a, b, e] as const),
    );
  }

  function forward(planned: PlannedLayer, samples: number): void {
    const { layer, x, y } = planned;
    if (layer.kind === "add") add(planned, [x, plan.layers[layer.from].y, y], samples);
    if (layer.kind === "average") average(x, y, samples);
    if (layer.kind !== "relu") return;
    copy(x, y, samples);
    // What a relu does to gradients it does to values that are their own.
    kernels.reluGradient(x.base, y.base, samples * x.ns);
  }

  function backward({ layer, y, dx, dy }: PlannedLayer, samples: number): void {
    if (dx === null) return;
    if (layer.kind === "average") {
      spread(dy, dx, samples);
      return;
    }
    copy(dy, dx, samples);
    if (layer.kind === "relu") kernels.reluGradient(y.base, dx.base, samples * y.ns);
  }

  /** Adds to the gradient by a layer's input what comes back past the layers between, by shortcuts. */
  function gather(number: number, samples: number): void {
    const { dx } = plan.layers[number];
    for (const addition of additions) {
      const { layer, dy } = addition;
      if (layer.kind !== "add" || layer.from !== number - 1 || dx === null) continue;
      add(addition, [dx, dy, dx], samples);
    }
  }

  function average(x: ImageBuffer, y: ImageBuffer, samples: number): void {
    for (let sample = 0; sample < samples; sample++) {
      const to = (y.origin + sample * y.ns) >>> 2;
      floats.fill(0, to, to + y.cs);
      eachPixel(x, sample, (from) => {
        for (let channel = 0; channel < x.c; channel++) {
          floats[to + channel] += floats[from + channel] / (x.h * x.w);
        }
      });
    }
  }

  function spread(dy: ImageBuffer, dx: ImageBuffer, samples: number): void {
    for (let sample = 0; sample < samples; sample++) {
      const from = (dy.origin + sample * dy.ns) >>> 2;
      eachPixel(dx, sample, (to) => {
        for (let channel = 0; channel < dx.c; channel++) {
          floats[to + channel] = floats[from + channel] / (dx.h * dx.w);
        }
      });
    }
  }

  return { forward, backward, gather };
}

/** Where each pixel of a sample begins, among 32-bit values. */
function eachPixel(
  { origin, ns, hs, cs, h, w }: ImageBuffer,
  sample: number,
  visit: (at: number) => void,
): void {
  for (let row = 0; row < h; row++) {
    const from = (origin + sample * ns + row * hs) >>> 2;
    for (let column = 0; column < w; column++) visit(from + column * cs);
  }
}
