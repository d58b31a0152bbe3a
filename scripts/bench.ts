import { availableParallelism, cpus, loadavg } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { useBackend } from "prospectivity";
import { browserEpochs } from "./bench/browser";
import { timeGrowth } from "./bench/growth";
import { layerSpeeds } from "./bench/layers";
import { memoryGrowth } from "./bench/memory";
import { trials } from "./bench/networks";
import { type Recorder, recorder, writeRecord } from "./bench/record";
import { sideBySide } from "./bench/side-by-side";
import { threadGain } from "./bench/threads";
import { startTorch, type Torch } from "./bench/torch";
import {
  engineEpoch,
  engineGradients,
  enginePrediction,
  GRADIENT_STEPS,
  type Trial,
  tensorFlowEpoch,
} from "./bench/trials";

const rounds = 5;
const patches = 4234;

const inThreads = (threads: number) => `${threads} thread${threads > 1 ? "s" : ""}`;

/** Epochs and predictions of one network by every contestant, in turns. */
async function compare(
  trial: Trial,
  torch: Torch | null,
  tensorFlow: "TfjsNode" | "TfjsWasm",
  { keep }: Recorder,
): Promise<void> {
  const all = availableParallelism();
  const threadCounts = [...new Set([1, all])];
  const byThreads: Record<number, number[]> = {};
  for (const threads of threadCounts) {
    const overTorch: number[] = [];
    const seconds: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const engine = await engineEpoch(trial, patches, threads);
      seconds.push(engine);
      if (torch === null) continue;
      overTorch.push(engine / (await torch.seconds("train", trial, patches, threads)));
    }
    byThreads[threads] = seconds;
    keep(
      `${trial.id}.train.engineOverTorch.threads${threads}`,
      `${trial.name}, ${inThreads(threads)}: engine over PyTorch`,
      overTorch,
    );
  }
  for (const threads of threadCounts) {
    const predictions: number[] = [];
    for (let round = 0; torch !== null && round <= rounds; round++) {
      const engine = await enginePrediction(trial, patches, threads);
      predictions.push(engine / (await torch.seconds("predict", trial, patches, threads)));
    }
    keep(
      `${trial.id}.predict.engineOverTorch.threads${threads}`,
      `${trial.name}: prediction, engine over PyTorch, ${inThreads(threads)}`,
      // The first round warms both up.
      predictions.slice(1),
    );
  }
  keep(
    `${trial.id}.train.threads${all}OverThreads1`,
    `${trial.name}: ${all} threads over one`,
    byThreads[all].map((value, round) => value / byThreads[1][round]),
  );
  const gradients: number[] = [];
  for (let round = 0; round < 3; round++)
    gradients.push(await engineGradients(trial, patches, all));
  const what = `${trial.name}: gradients by input, ${GRADIENT_STEPS} steps to each of ${patches} patches, ${inThreads(all)}`;
  keep(`${trial.id}.gradients.seconds.threads${all}`, `${what}: seconds`, gradients);
  keep(
    `${trial.id}.gradients.epochs.threads${all}`,
    `${what}: epochs of training`,
    gradients.map((value, round) => value / byThreads[all][round]),
  );
  const seconds = await tensorFlowEpoch(trial, patches);
  keep(
    `${trial.id}.train.engineOver${tensorFlow}.threads${all}`,
    `${trial.name}: engine on ${all} threads over ${tensorFlow === "TfjsNode" ? "tfjs-node" : "TensorFlow.js wasm"}`,
    byThreads[all].map((value) => value / seconds),
  );
}

const usage = `npm run bench -- [options]

  --browser   times the playground's epochs in Chromium beside Node's, and nothing else`;

/** Times the engine beside what else is installed, and tells what it makes of the processor and memory. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      browser: { type: "boolean", default: false },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const all = availableParallelism();
  const loadAtStart = loadavg()[0];
  const backend = await useBackend();
  if (values.browser) {
    console.log(`${cpus()[0].model}, ${all} cores, load ${loadAtStart.toFixed(1)} at the start`);
    await browserEpochs(recorder(), all);
    return;
  }
  const torch = await startTorch();
  console.log(
    `${cpus()[0].model}, ${all} cores, load ${loadAtStart.toFixed(1)} at the start; engine beside ${backend.name} ${backend.version}, PyTorch ${torch === null ? "not installed" : `${torch.version}, the newest found, by ${torch.python}`}`,
  );
  const record = recorder();
  const tensorFlow = backend.name === "native" ? "TfjsNode" : "TfjsWasm";
  for (const trial of trials) await compare(trial, torch, tensorFlow, record);
  torch?.stop();
  for (const trial of trials) layerSpeeds(trial, record);
  await threadGain(record, all);
  await sideBySide(record, all);
  await timeGrowth(record, all);
  await memoryGrowth(record, all);
  const machine = { processor: cpus()[0].model, cores: all, node: process.version, loadAtStart };
  const about = { machine, backend, torch: torch?.version ?? null, patches };
  await writeRecord(resolve(join(__dirname, "..", "results")), about, record.measured);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
