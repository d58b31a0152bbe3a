import components from "embedded:components";
import type { Baseline, PlaygroundParameters } from "../protocol";
import type { ComponentsQuestion, ComponentsReply } from "./components";
import { judged } from "./judge";
import type { PreparedPatches } from "./prepare";
import { scriptWorker } from "./script-worker";

/** Patience before a reader's change is taken as the last one for now. */
const pauseMilliseconds = 500;

const DECIDING = ["layers", "patchSize", "percentiles", "pcaVarianceShare"] as const;

/** The PCA error that the pack brings, where it is of these parameters. */
export function packedPcaBaseline(
  { open: { district, pca }, groups }: PreparedPatches,
  parameters: PlaygroundParameters,
): Baseline | null {
  const isPacked = DECIDING.every(
    (name) => JSON.stringify(parameters[name]) === JSON.stringify(district.parameters[name]),
  );
  return isPacked ? baselineOf(pca.errors.slice(), pca.components, groups) : null;
}

function baselineOf(
  scores: Float64Array,
  kept: number,
  groups: PreparedPatches["groups"],
): Baseline {
  const title = `PCA error, ${kept} components`;
  return { id: "pcaError", title, scores, judged: judged(scores, groups) };
}

/**
 * Computes PCA errors aside, one at a time, each giving up the one before; not beside a training, which
 * would wait for it at every batch.
 *
 * @param idle resolves when no training runs
 */
export function pcaBaselines(idle: () => Promise<void>) {
  let wanted: object | null = null;
  let worker: Worker | null = null;

  function giveUp(): void {
    wanted = null;
    worker?.terminate();
    worker = null;
  }

  async function compute(
    { patches, groups }: PreparedPatches,
    { pcaVarianceShare: varianceShare }: PlaygroundParameters,
    take: (baseline: Baseline) => void,
    refuse: (error: Error) => void,
  ): Promise<void> {
    giveUp();
    const mine = {};
    wanted = mine;
    await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
    await idle();
    if (wanted !== mine) return;
    const started = scriptWorker(components);
    worker = started;
    started.addEventListener("message", ({ data }: MessageEvent<ComponentsReply>) => {
      started.terminate();
      if (data.type === "failed") refuse(new Error(data.message));
      else take(baselineOf(data.errors, data.components, groups));
    });
    started.addEventListener("error", ({ message }) => refuse(new Error(message)));
    const valuesPerPatch = patches.values.length / patches.places.length;
    const question: ComponentsQuestion = { values: patches.values, valuesPerPatch, varianceShare };
    started.postMessage(question);
  }

  return { compute, giveUp };
}
