import { z } from "zod";
import type { Method } from "./parameters";

const whole = z.number().int({ error: "a whole number" });
const pair = z.tuple([z.number(), z.number()], { error: "two numbers" });
const wholePair = z.tuple([whole, whole], { error: "two whole numbers" });
const shares = pair.refine(([high, low]) => high + low <= 1, {
  error: "two shares that add up to 1 at most",
});
const rising = pair.refine(([low, high]) => low < high, {
  error: "two percentiles, the lower first",
});
const oneOf = <const W extends readonly [string, ...string[]]>(...words: W) =>
  z.enum(words, { error: words.join(" or ") });
const listOf = <T extends z.ZodType>(part: T) =>
  z.array(part).min(1, { error: "at least one value" });

const activation = oneOf("sigmoid", "linear");
const loss = oneOf("meanSquaredError", "meanAbsoluteError", "binaryCrossentropy");

/** What each value is made of; ranges stand in the file, beside the values. */
export const SHAPES: { readonly [name in keyof Method]: z.ZodType<Method[name]> } = {
  study: z.string().min(1, { error: "the name of a folder in data" }),
  profile: oneOf("paper", "smoke"),
  seed: whole,
  coarsening: z.number(),
  interpolationCoarsening: z.number(),
  percentiles: rising,
  otherPercentiles: rising,
  framePixels: whole,
  patchSize: whole,
  patchSizes: listOf(whole),
  architecture: oneOf("full", "reduced"),
  filters: wholePair,
  outputActivation: activation,
  loss,
  epochs: whole,
  longEpochs: whole,
  batchSize: whole,
  learningRate: z.number(),
  members: whole,
  repeats: whole,
  blockPatches: whole,
  pcaVarianceShare: z.number(),
  nearBackground: z.number(),
  proportion: shares,
  proportions: listOf(shares),
  classifierFilters: wholePair,
  dense: whole,
  dropout: pair,
  batchNormalisation: z.boolean({ error: "true or false" }),
  classifierEpochs: whole,
  threshold: z.number(),
  slidingStride: whole,
  companions: z.array(z.string()),
  trees: whole,
  folds: whole,
  blocksAcross: z.number(),
  awayFromKnown: z.number(),
  minimumCells: whole,
  coherenceShares: listOf(z.number()),
  signatureClusters: wholePair,
  occurrenceDraws: whole,
  ensemble: whole,
  dropoutPasses: whole,
  autoencoderDropout: z.number(),
  attributionSteps: whole,
  attributionBaseline: oneOf("median", "background"),
  targetCards: wholePair,
  svmOutside: listOf(z.number()),
  open: z.strictObject({
    filters: z.array(wholePair).exactOptional(),
    outputActivation: z.array(activation).exactOptional(),
    loss: z.array(loss).exactOptional(),
    batchSize: z.array(whole).exactOptional(),
    epochs: z.array(whole).exactOptional(),
    learningRate: z.array(z.number()).exactOptional(),
    members: z.array(whole).exactOptional(),
    percentiles: z.array(rising).exactOptional(),
    dropout: z.array(pair).exactOptional(),
    windows: z.array(z.array(z.number())).exactOptional(),
    interpolation: z
      .array(
        z.strictObject({
          power: z.number().exactOptional(),
          neighbours: whole.exactOptional(),
        }),
      )
      .exactOptional(),
    seeds: whole.exactOptional(),
  }),
};
