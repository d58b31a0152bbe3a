import { expect, it } from "vitest";
import { type Random, randomStream } from "../../lib/src/random";
import { computer } from "../../lib/src/training/engine/compute";
import { kernelsIn } from "../../lib/src/training/engine/kernels";
import { type ImageBuffer, newLayout } from "../../lib/src/training/engine/layout";
import { sharedMemory } from "../../lib/src/training/engine/memory";
import type { EngineLayer, Network } from "../../lib/src/training/engine/network";
import { type PlannedLayer, placeParameters, planThread } from "../../lib/src/training/engine/plan";
import * as reference from "./reference-network";

interface Weights {
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

const between = (random: Random, low: number, high: number) => low + random.below(high - low + 1);
const noise = (random: Random, count: number) =>
  Float32Array.from({ length: count }, () => random.normal() / 2);

/** Two convolutions with whatever lies between, so that gradients go through everything. */
function randomNetwork(random: Random): { network: Network; weights: Weights[]; middle: string } {
  const middle = ["nothing", "pool", "grow", "grown pool"][random.below(4)];
  const size = middle.includes("pool") ? 2 * between(random, 1, 5) : between(random, 2, 11);
  const bands = between(random, 1, 10);
  const inner = between(random, 1, 20);
  const outputs = between(random, 1, 20);
  const convolution = (name: string, from: number, to: number, isLast: boolean): EngineLayer => ({
    kind: "convolution",
    name,
    inputs: from,
    outputs: to,
    activation: isLast ? "linear" : "relu",
    grows: isLast && middle.startsWith("grow"),
  });
  const layers: EngineLayer[] = [
    convolution("first", bands, inner, false),
    ...(middle.includes("pool") ? [{ kind: "pool", name: "pool" } as const] : []),
    convolution("last", inner, outputs, true),
  ];
  const weightsOf = (from: number, to: number) => ({
    kernel: noise(random, 9 * from * to),
    bias: noise(random, to),
  });
  return {
    network: { size, bands, layers },
    weights: [weightsOf(bands, inner), weightsOf(inner, outputs)],
    middle,
  };
}

/** Output and weight gradients by the definition in double precision. */
function byDefinition(
  { size, bands }: Network,
  [first, last]: readonly Weights[],
  middle: string,
  patches: Float32Array,
  gradient: Float32Array,
) {
  const n = patches.length / (size * size * bands);
  const x = { n, h: size, w: size, c: bands, values: Float64Array.from(patches) };
  const a = reference.relu(reference.convolve(x, first.kernel, first.bias));
  const pooled = middle.includes("pool") ? reference.pool(a) : a;
  const input = middle.startsWith("grow") ? reference.grow(pooled) : pooled;
  const y = reference.convolve(input, last.kernel, last.bias);
  const dy = { ...y, values: Float64Array.from(gradient) };
  const second = reference.convolveGradients(input, last.kernel, dy);
  const dPooled = middle.startsWith("grow") ? reference.growGradient(pooled, second.dx) : second.dx;
  const dA = middle.includes("pool") ? reference.poolGradient(a, pooled, dPooled) : dPooled;
  const { dWeights, dBias } = reference.convolveGradients(
    x,
    first.kernel,
    reference.reluGradient(a, dA),
  );
  return { y: y.values, gradients: [dWeights, dBias, second.dWeights, second.dBias] };
}

/** As a training takes patches through and back; without a gradient, as a prediction does. */
function byEngine(
  network: Network,
  weights: readonly Weights[],
  patches: Float32Array,
  gradient: Float32Array | null,
) {
  const { size, bands, layers } = network;
  const n = patches.length / (size * size * bands);
  const isTraining = gradient !== null;
  const layout = newLayout();
  const { places, bytes } = placeParameters(network);
  const parameters = layout.take(bytes);
  const plan = planThread(layout, {
    ...{ network, places, parameters, samples: n },
    gradients: isTraining ? layout.take(bytes) : null,
  });
  const values = layout.take(patches.byteLength);
  const memory = sharedMemory(layout.size());
  const floats = new Float32Array(memory.buffer);
  const words = new Int32Array(memory.buffer);
  for (const write of layout.writes) words.set(write.values, write.at >>> 2);
  floats.set(patches, values >>> 2);
  const weighted = layers.flatMap((layer, at) => ("outputs" in layer ? [{ layer, at }] : []));
  weighted.forEach(({ layer, at }, number) => {
    const place = places[at]!;
    const { kernel, bias } = weights[number];
    const to = (parameters + place.weights) >>> 2;
    kernel.forEach((value, index) => {
      floats[to + Math.floor(index / layer.outputs) * place.row + (index % layer.outputs)] = value;
    });
    floats.set(bias, (parameters + place.bias) >>> 2);
  });
  const kernels = kernelsIn(memory);
  const alone = { thread: 0, parts: 1, barrier: () => undefined };
  const none = layers.map(() => 0);
  const addresses = { parameters, gradientsApart: 0, sums: none, moving: none };
  const compute = computer(kernels, floats, plan, addresses, alone);
  const parts = [{ number: 0, from: 0, samples: n }];
  const pass = { samples: n, batch: n, first: 0, parts, seed: 1, step: "" };
  compute.pack(isTraining);
  const { origin, ns, hs, cs } = plan.input;
  kernels.gather(values, plan.order, n, size, bands, origin, ns, hs, cs);
  compute.forward(pass, isTraining);
  const placesOf = ({ origin: start, ns: sample, hs: row, cs: pixel, h, w, c }: ImageBuffer) =>
    Array.from({ length: n * h * w * c }, (_, index) => {
      const [k, j] = [index % c, Math.floor(index / c) % w];
      const [i, s] = [Math.floor(index / (c * w)) % h, Math.floor(index / (c * w * h))];
      return ((start + s * sample + i * row) >>> 2) + j * pixel + k;
    });
  const y = placesOf(plan.output).map((place) => floats[place]);
  const ways = plan.layers.flatMap((planned) => wayOf(planned, words));
  if (gradient === null) return { y, gradients: [], ways };
  const { dy } = plan.layers[plan.layers.length - 1];
  placesOf(dy).forEach((place, index) => {
    floats[place] = gradient[index];
  });
  compute.backward(pass, true);
  const gradients = weighted.flatMap(({ layer, at }, number) => {
    const place = places[at]!;
    const from = (plan.gradients + place.weights) >>> 2;
    const kernel = Array.from(weights[number].kernel, (_, index) => {
      return floats[from + Math.floor(index / layer.outputs) * place.row + (index % layer.outputs)];
    });
    const biasFrom = (plan.gradients + place.bias) >>> 2;
    return [kernel, [...floats.subarray(biasFrom, biasFrom + layer.outputs)]];
  });
  return { y, gradients, ways };
}

/** Schemes of convolution by their numbers, as lib/kernels/schemes.mjs lists them. */
const schemes = ["pairs", "threes", "doubled", "triples", "fours", "sixes"];

/** Which kernel convolves a layer, and by which of its schemes, which its descriptor begins with. */
function wayOf({ layer, products }: PlannedLayer, words: Int32Array): string[] {
  if (layer.kind !== "convolution") return [];
  const [{ kernel, at }] = products.forward;
  return kernel === "convolve" ? [schemes[words[at >>> 2]]] : [kernel];
}

/** Largest difference, as a share of the largest value. */
function relativeError(found: ArrayLike<number>, expected: Float64Array): number {
  expect(found.length).toBe(expected.length);
  const most = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-30);
  return expected.reduce(
    (worst, value, at) => Math.max(worst, Math.abs(value - found[at]) / most),
    0,
  );
}

it("outputs and gradients are those of the definition in double precision, on 300 random shapes", () => {
  const random = randomStream(1, "networks");
  const ways: Record<string, number> = {};
  for (let trial = 0; trial < 300; trial++) {
    const { network, weights, middle } = randomNetwork(random);
    const { size, bands, layers } = network;
    const n = between(random, 1, 5);
    const patches = noise(random, n * size * size * bands);
    const last = layers[layers.length - 1] as { outputs: number };
    const edge = middle === "pool" ? size / 2 : middle === "grow" ? 2 * size : size;
    const gradient = noise(random, n * edge * edge * last.outputs);
    const expected = byDefinition(network, weights, middle, patches, gradient);
    const found = byEngine(network, weights, patches, gradient);
    const predicted = byEngine(network, weights, patches, null);
    for (const way of [...found.ways, ...predicted.ways]) ways[way] = (ways[way] ?? 0) + 1;
    const what = JSON.stringify({ trial, n, size, bands, layers });
    expect(relativeError(found.y, expected.y), what).toBeLessThan(1e-5);
    expect(relativeError(predicted.y, expected.y), `${what}, predicted`).toBeLessThan(1e-5);
    expected.gradients.forEach((values, at) => {
      expect(relativeError(found.gradients[at], values), `${what}, gradient ${at}`).toBeLessThan(
        1e-4,
      );
    });
  }
  for (const way of ["product", "dots", ...schemes]) {
    expect(ways[way], way).toBeGreaterThan(10);
  }
});
