import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { tilePatches } from "../../lib/src/patches/tile";
import type { Patches } from "../../lib/src/patches/types";
import {
  type AutoencoderTrialOptions,
  autoencoderTrial,
} from "../../lib/src/runs/autoencoder-trial";
import type { RunContext } from "../../lib/src/runs/context";
import { openRunStore } from "../../lib/src/runs/store";
import { useBackend } from "../../lib/src/training/backend";
import { stackOf } from "../support/stacks";

const folder = mkdtempSync(join(tmpdir(), "store-"));
const options: AutoencoderTrialOptions = {
  architecture: "full",
  filters: [4, 8],
  outputActivation: "sigmoid",
  epochs: 300,
  batchSize: 16,
  learningRate: 0.001,
};

let patches: Patches;
let backend: RunContext["backend"];

beforeAll(async () => {
  backend = await useBackend("wasm");
  const values = Array.from({ length: 60 * 60 }, (_, at) => 0.5 + 0.5 * Math.sin(at / 9));
  patches = tilePatches(stackOf(60, 60, { a: values, b: [...values].reverse() }), { size: 12 });
});

afterAll(() => rmSync(folder, { recursive: true }));

function context(store: string, signal?: AbortSignal): RunContext & { seen: string[] } {
  const seen: string[] = [];
  return {
    seen,
    store: openRunStore(join(folder, store)),
    seed: 3,
    backend,
    ...(signal && { signal }),
    progress: () => ({ update: (text) => seen.push(text), finish: (text) => seen.push(text) }),
    onTrial: () => undefined,
  };
}

it("a training that was interrupted goes on from its checkpoint to the same result", async () => {
  const whole = await autoencoderTrial(context("whole"), "CAE", patches, options);
  const controller = new AbortController();
  const first = context("parts", controller.signal);
  const watched: RunContext = {
    ...first,
    progress: () => ({
      update: (text) => text.includes("epoch 8/") && controller.abort(),
      finish: () => undefined,
    }),
  };
  await expect(autoencoderTrial(watched, "CAE", patches, options)).rejects.toMatchObject({
    name: "AbortError",
    message: expect.stringContaining("run it again to go on"),
  });
  const files = () => readdirSync(join(folder, "parts", "autoencoder"));
  expect(files().map((name) => name.replace(/^\w+/, ""))).toEqual([".begun"]);
  const again = context("parts");
  const resumed = await autoencoderTrial(again, "CAE", patches, options);
  // The stop itself keeps the last whole epoch, not only every fifth.
  expect(again.seen.some((text) => /^epoch [1-7]\//.test(text))).toBe(false);
  expect(resumed.errors).toEqual(whole.errors);
  expect(resumed.history).toEqual(whole.history);
  expect(files().some((name) => name.endsWith(".begun"))).toBe(false);
  expect(existsSync(join(folder, "parts", "autoencoder"))).toBe(true);
});
