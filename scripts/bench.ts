import { availableParallelism, cpus, loadavg } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { useBackend } from "prospectivity";
import { projectFolders, studyNames } from "../lib/src/project";
import { browserEpochs } from "./bench/browser";
import { timeGrowth } from "./bench/growth";
import { layerSpeeds } from "./bench/layers";
import { memoryGrowth } from "./bench/memory";
import { trials } from "./bench/networks";
import { type Recorder, recorder, writeRecord } from "./bench/record";
import { sideBySide } from "./bench/side-by-side";
import { timeStudy } from "./bench/study";
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
import { refuseUsage, runCommand } from "./command";
import { stoppedExitCode, stopSignal } from "./stop-signal";

const root = resolve(__dirname, "..");
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
    const processorOverTorch: number[] = [];
    const seconds: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const engine = await engineEpoch(trial, patches, threads);
      seconds.push(engine.seconds);
      if (torch === null) continue;
      const other = await torch.spent("train", trial, patches, threads);
      overTorch.push(engine.seconds / other.seconds);
      processorOverTorch.push(engine.processor / other.processor);
    }
    byThreads[threads] = seconds;
    keep(
      `${trial.id}.train.engineOverTorch.threads${threads}`,
      `${trial.name}, ${inThreads(threads)}: engine over PyTorch`,
      overTorch,
    );
    // What else the machine does weighs on the clock, and hardly on the time of one thread.
    if (threads === 1) {
      keep(
        `${trial.id}.train.engineOverTorch.threads1.processor`,
        `${trial.name}, 1 thread: engine over PyTorch, processor time`,
        processorOverTorch,
      );
    }
  }
  for (const threads of threadCounts) {
    const predictions: number[] = [];
    for (let round = 0; torch !== null && round <= rounds; round++) {
      const engine = await enginePrediction(trial, patches, threads);
      const other = await torch.spent("predict", trial, patches, threads);
      predictions.push(engine / other.seconds);
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

  --browser             times the playground's epochs in Chromium beside Node's, and nothing else
  --study [NAME]        runs a study here and in a checkout of another commit, notebook by notebook in
                        turns, and nothing else; hezuo-synthetic without a name
    --against COMMIT    the other commit; the one before this without it
    --profile NAME      paper or smoke; paper without it
    --only 00,02        notebooks to run, by number; all without it

Of several PyTorch the newest is taken: by the Python that PROSPECTIVITY_PYTHON names, python3 and
/usr/bin/python3.`;

/** What the command line asks for; what cannot be taken is said with the usage, and the process ends. */
function readOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      browser: { type: "boolean", default: false },
      study: { type: "boolean", default: false },
      against: { type: "string", default: "HEAD~1" },
      profile: { type: "string", default: "paper" },
      only: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  const { profile, only, study: isStudy } = values;
  if (!isProfile(profile))
    return refuseUsage(`--profile ${profile}: expected paper or smoke`, usage);
  if (positionals.length > (isStudy ? 1 : 0))
    return refuseUsage(
      `${positionals.at(-1)}: expected ${isStudy ? "one study" : "options"}`,
      usage,
    );
  const [study = "hezuo-synthetic"] = positionals;
  const known = studyNames(projectFolders(root).data);
  if (isStudy && !known.includes(study))
    return refuseUsage(`--study ${study}: expected one of ${known.join(", ")}`, usage);
  return { ...values, isStudy, study, profile, only: only?.split(",") };
}

function isProfile(text: string): text is "paper" | "smoke" {
  return text === "paper" || text === "smoke";
}

/** Times the engine beside what else is installed, and tells what it makes of the processor and memory. */
async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) {
    console.log(usage);
    return;
  }
  if (options.isStudy) {
    const { study, profile, against, only } = options;
    const signal = stopSignal((text) => console.log(text));
    await timeStudy({
      ...{ root, study, profile, against, signal, results: join(root, "results") },
      ...(only !== undefined && { only }),
    });
    if (signal.aborted) process.exitCode = stoppedExitCode;
    return;
  }
  const all = availableParallelism();
  const loadAtStart = loadavg()[0];
  const backend = await useBackend();
  if (options.browser) {
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
  await writeRecord(join(root, "results"), about, record.measured);
}

runCommand(main);
