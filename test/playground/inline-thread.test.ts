import { beforeAll, expect, it, vi } from "vitest";
import { buildAutoencoder } from "../../lib/src/models/autoencoder";
import { useBackend } from "../../lib/src/training/backend";
import { host } from "../../lib/src/training/engine/host";
import { networkOf } from "../../lib/src/training/engine/network";
import type { trainByEngine as Train } from "../../lib/src/training/engine/train";
import { trainByEngine as byThreads } from "../../lib/src/training/engine/train";
import { withoutSharing } from "../../scripts/playground/worker/without-sharing";

const shape = { count: 100, size: 12, bands: 3 };
const values = Float32Array.from({ length: 100 * 432 }, (_, at) => 0.5 + 0.4 * Math.sin(at / 50));
const options = { epochs: 4, batchSize: 32, learningRate: 0.001, seed: 3 };
const isTyped = <T>(value: T | { readonly unknown: string }): value is T =>
  !(typeof value === "object" && value !== null && "unknown" in value);

/** The engine where a page may share no memory: one thread, in the worker that asks it. */
let byItself: typeof Train;

beforeAll(async () => {
  await useBackend("wasm");
  vi.resetModules();
  vi.doMock("../../lib/src/training/engine/host", () => ({
    host: {
      ...{ ...host, cores: 1, sharesMemory: false },
      kernels: (variant: "relaxed SIMD" | "SIMD") =>
        withoutSharing(Uint8Array.from(host.kernels(variant))),
      startThread: () => inlineThread(),
    },
  }));
  const { inlineThread } = await import("../../scripts/playground/worker/inline-thread.js");
  ({ trainByEngine: byItself } = await import("../../lib/src/training/engine/train.js"));
});

async function weightsBy(train: typeof Train, changes: Partial<Parameters<typeof Train>[5]> = {}) {
  const model = buildAutoencoder({
    ...{ ...shape, architecture: "full", filters: [8, 4], outputActivation: "sigmoid", seed: 1 },
  });
  const network = networkOf(model);
  if (!isTyped(network)) throw new Error(network.unknown);
  const end = await train(model, network, values, null, shape, { ...options, ...changes });
  const weights = model.getWeights().map((weight) => [...weight.dataSync()]);
  model.dispose();
  return { status: end.status, weights };
}

it("a thread in the worker itself trains to the bytes of threads that share memory", async () => {
  const { weights, status } = await weightsBy(byItself);
  expect(status).toBe("done");
  expect(weights).toEqual((await weightsBy(byThreads, { threads: 2 })).weights);
});
