import components from "embedded:components";
import type { Baseline, PlaygroundParameters } from "../protocol";
import type { ComponentsQuestion, ComponentsReply } from "./components";
import { judged } from "./judge";
import type { PreparedPatches } from "./prepare";
import { scriptWorker } from "./script-worker";

let running: Worker | null = null;

/** Computes the PCA error of patches aside; what was asked for before is given up. */
export function computePcaBaseline(
  { patches, groups }: PreparedPatches,
  { pcaVarianceShare }: PlaygroundParameters,
  take: (baseline: Baseline) => void,
): void {
  running?.terminate();
  const worker = scriptWorker(components);
  running = worker;
  worker.addEventListener("message", ({ data }: MessageEvent<ComponentsReply>) => {
    worker.terminate();
    if (running !== worker) return;
    running = null;
    // Where the patches have no components there is nothing to stand beside.
    if (data.type === "failed") return;
    const title = `PCA error, ${data.components} components`;
    take({ id: "pcaError", title, scores: data.errors, judged: judged(data.errors, groups) });
  });
  const question: ComponentsQuestion = {
    values: patches.values,
    valuesPerPatch: patches.values.length / patches.places.length,
    varianceShare: pcaVarianceShare,
  };
  worker.postMessage(question);
}

/** Gives up what is being computed. */
export function stopPcaBaseline(): void {
  running?.terminate();
  running = null;
}
