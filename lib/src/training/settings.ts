import { InputError } from "../errors";
import type { AutoencoderOptions } from "../models/autoencoder";
import type { PatchLoss, TrainingOptions } from "./types";

/** Refuses a loss that the output of an auto-encoder cannot have. */
export function requireLoss(
  loss: PatchLoss,
  outputActivation: AutoencoderOptions["outputActivation"],
): void {
  if (loss !== "binaryCrossentropy" || outputActivation === "sigmoid") return;
  throw new InputError({
    kind: "parameter",
    field: "loss",
    found: `binaryCrossentropy behind a ${outputActivation} output`,
    expected: "a sigmoid output, whose values lie between 0 and 1",
  });
}

/** Refuses what no training can go by: no patches, or settings that are no numbers of their kind. */
export function requireTrainable(options: TrainingOptions, count: number): void {
  if (count < 1) {
    throw new InputError({
      kind: "values",
      field: "patches",
      found: "none",
      expected: "at least one to train on",
    });
  }
  if (!(options.learningRate >= 0 && options.learningRate < Infinity)) {
    throw new InputError({
      kind: "parameter",
      field: "learningRate",
      found: String(options.learningRate),
      expected: "a finite number from 0 up",
    });
  }
  for (const field of ["epochs", "batchSize"] as const) {
    if (Number.isInteger(options[field]) && options[field] > 0) continue;
    throw new InputError({
      kind: "parameter",
      field,
      found: String(options[field]),
      expected: "a positive whole number",
    });
  }
}

/**
 * Share of a patch's values that a denoising auto-encoder is not shown. Vincent et al. (2008, table 1)
 * choose among 0.1, 0.25 and 0.4 by labels; without any, the middle one.
 */
export const MASKED_SHARE = 0.25;

/** Refuses a prior of the non-negative risk that no class can have. */
export function requirePrior(prior: number): void {
  if (prior > 0 && prior < 1) return;
  throw new InputError({
    kind: "parameter",
    field: "prior",
    found: String(prior),
    expected: "a share of positives among the unlabelled, above 0 and below 1",
  });
}
