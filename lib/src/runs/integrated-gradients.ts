import { flatPatch } from "../patches/flat-patch";
import type { Patches } from "../patches/types";
import { deserialiseModel, type SerialisedModel } from "../training/checkpoint";
import { eachPathGradient, type GradientPath, predictLogits } from "../training/gradients";
import { reconstructionErrors } from "../training/predict";
import type { RunContext } from "./context";
import { contentHash, storedRun } from "./store";
import { backendKey } from "./training-control";

/** What each layer adds to the score of each patch, beside the score of the baseline. */
export interface Attributions {
  /** [count, bands], in the unit of the score. */
  readonly byLayer: Float64Array;
  /** Score of each patch, and of the baseline. */
  readonly scores: Float64Array;
  readonly baselineScore: number;
}

/** Whose score is taken apart, from where on, and how finely. */
export interface AttributionOptions {
  /** Log odds of a classifier, or the reconstruction error of an auto-encoder. */
  readonly of: GradientPath["of"];
  /** Level of each band that stands for nothing of note. */
  readonly baseline: Float32Array;
  /** Steps of the path, at the middle of which gradients are taken. */
  readonly steps: number;
}

/**
 * Integrated gradients by layer: how much of the difference between the score F of a patch x and that
 * of a baseline x' each value x_i makes, IG_i = (x_i - x'_i) ∫ ∂F/∂x_i along the straight line from x'
 * to x, added up over the pixels of each layer. All layers together make F(x) - F(x'), but for the
 * integral's being a sum of steps (the midpoint rule). Of several models the mean of theirs. Taken from
 * the run store where they have been computed; memory grows by one number a patch and layer.
 *
 * Source: Sundararajan, Taly and Yan (2017), Axiomatic attribution for deep networks, ICML.
 *
 * @throws InputError as eachPathGradient
 */
export async function attributionsByLayer(
  run: RunContext,
  label: string,
  patches: Patches,
  models: readonly SerialisedModel[],
  { of, baseline, steps }: AttributionOptions,
): Promise<Attributions> {
  const line = run.progress(label);
  const inputs = {
    ...{ of, steps, baseline: contentHash(baseline), patches: contentHash(patches.values) },
    models: models.map(({ weights, topology }) => [contentHash(weights), topology]),
    ...{ size: patches.layout.size, bands: patches.bands.length, backend: backendKey(run) },
  };
  const key = { step: "attribution", inputs };
  const { result, fromStore } = await storedRun(run.store, key, async () => {
    const parts: Attributions[] = [];
    for (const model of models) {
      const tell = (done: number) => {
        run.signal?.throwIfAborted();
        const share = (parts.length + done) / models.length;
        line.update(`${steps} steps, ${(100 * share).toFixed(0)} % of the patches`, share);
      };
      parts.push(await attributionsOf(patches, model, { of, baseline, steps }, tell));
    }
    return meanAttributions(parts);
  });
  const { length } = patches.places;
  line.finish(fromStore ? "from the run store" : `${length} patches, ${steps} steps`);
  return result;
}

async function attributionsOf(
  patches: Patches,
  serialised: SerialisedModel,
  { of, baseline, steps }: AttributionOptions,
  tell: (done: number) => void,
): Promise<Attributions> {
  const { bands, places, layout } = patches;
  const byLayer = new Float64Array(places.length * bands.length);
  const model = await deserialiseModel(serialised);
  const score = of === "logit" ? predictLogits : reconstructionErrors;
  let done = 0;
  try {
    const shape = { count: places.length, size: layout.size, bands: bands.length };
    const begin = flatPatch(baseline, layout.size);
    await eachAttribution(model, patches, { of, baseline: begin, steps }, (first, parts) => {
      const perPatch = begin.length;
      for (let at = 0; at < parts.length; at++) {
        const patch = first + Math.floor(at / perPatch);
        byLayer[patch * bands.length + (at % bands.length)] += parts[at];
      }
      done += parts.length / perPatch;
      tell(done / places.length);
    });
    const [baselineScore] = await score(model, begin, { ...shape, count: 1 });
    return { byLayer, baselineScore, scores: await score(model, patches.values, shape) };
  } finally {
    model.dispose();
  }
}

/**
 * The same pixel by pixel, for a few patches: [count, size, size, bands], the mean over models.
 *
 * @throws InputError as eachPathGradient
 */
export async function attributionsByPixel(
  patches: Patches,
  models: readonly SerialisedModel[],
  { of, baseline, steps }: AttributionOptions,
): Promise<Float32Array> {
  const all = new Float32Array(patches.values.length);
  const begin = flatPatch(baseline, patches.layout.size);
  for (const serialised of models) {
    const model = await deserialiseModel(serialised);
    await eachAttribution(model, patches, { of, baseline: begin, steps }, (first, parts) => {
      const from = first * begin.length;
      for (let at = 0; at < parts.length; at++) all[from + at] += parts[at] / models.length;
    });
    model.dispose();
  }
  return all;
}

/** Mean gradients times the way from the baseline to the patch. */
async function eachAttribution(
  model: Parameters<typeof eachPathGradient>[0],
  { values, places, bands, layout }: Patches,
  path: GradientPath,
  take: (first: number, parts: Float64Array) => void,
): Promise<void> {
  const shape = { count: places.length, size: layout.size, bands: bands.length };
  const perPatch = path.baseline.length;
  await eachPathGradient(model, values, shape, path, (first, gradients) => {
    const from = first * perPatch;
    take(
      first,
      Float64Array.from(
        gradients,
        (gradient, at) => gradient * (values[from + at] - path.baseline[at % perPatch]),
      ),
    );
  });
}

function meanAttributions(parts: readonly Attributions[]): Attributions {
  const mean = (of: (part: Attributions) => Float64Array) =>
    of(parts[0]).map((_, at) => parts.reduce((sum, part) => sum + of(part)[at], 0) / parts.length);
  return {
    byLayer: mean(({ byLayer }) => byLayer),
    scores: mean(({ scores }) => scores),
    baselineScore: parts.reduce((sum, part) => sum + part.baselineScore, 0) / parts.length,
  };
}
