import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import {
  buildAutoencoder,
  buildClassifier,
  intervalPlot,
  saveFigure,
  useBackend,
} from "prospectivity";
import { writeWhole } from "../lib/src/files";
import { type Summary, summary } from "./bench/ratios";
import { engineEpoch, enginePrediction, type Trial, tensorFlowEpoch } from "./bench/trials";

const root = resolve(__dirname, "..");
const rounds = 5;
const patches = 4234;

/** Seconds that PyTorch takes for one epoch of a trial; null when it is not installed. */
async function startTorch() {
  const child = spawn("python3", [join(root, "scripts", "bench", "torch_bench.py")], {
    env: { ...process.env, PATH: `/usr/bin:${process.env.PATH}` },
    stdio: ["pipe", "pipe", "ignore"],
  });
  child.on("error", () => undefined);
  child.stdin.on("error", () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done) return null;
  const { torch } = JSON.parse(first.value) as { torch: string };
  return {
    version: torch,
    async seconds(what: "train" | "predict", { model, filters }: Trial, threads: number) {
      child.stdin.write(`${JSON.stringify({ what, model, filters, patches, threads })}\n`);
      const { value } = await lines.next();
      return (JSON.parse(value as string) as { seconds: number }).seconds;
    },
    stop: () => child.kill(),
  };
}

const size = { size: 12, bands: 9 };
const trials: readonly Trial[] = [
  {
    id: "caeB",
    name: "CAE b, 32 and 16 filters",
    model: "cae",
    filters: [32, 16],
    build: () =>
      buildAutoencoder({
        ...{
          ...size,
          architecture: "full",
          filters: [32, 16],
          outputActivation: "sigmoid",
          seed: 1,
        },
      }),
  },
  {
    id: "caeBWide",
    name: "CAE b, 32 and 64 filters",
    model: "cae",
    filters: [32, 64],
    build: () =>
      buildAutoencoder({
        ...{
          ...size,
          architecture: "full",
          filters: [32, 64],
          outputActivation: "sigmoid",
          seed: 1,
        },
      }),
  },
  {
    id: "cnn",
    name: "CNN, 32 and 64 filters",
    model: "cnn",
    filters: [32, 64],
    build: () =>
      buildClassifier({
        ...{ ...size, filters: [32, 64], dense: 128, dropout: [0.25, 0.5] },
        ...{ batchNormalisation: true, seed: 1 },
      }),
  },
];

/** Times epochs of the same networks, alternating, and tells how many times longer each takes. */
async function main(): Promise<void> {
  const backend = await useBackend();
  const torch = await startTorch();
  const all = availableParallelism();
  console.log(
    `${cpus()[0].model}, ${all} cores; engine on ${backend.name} ${backend.version}; PyTorch ${torch?.version ?? "not installed"}`,
  );
  const ratios: Record<string, Summary> = {};
  const keep = (key: string, name: string, values: readonly number[]) => {
    ratios[key] = summary(name, values);
    const { min, median, max } = ratios[key];
    console.log(`${name}: ${median.toFixed(2)} (${min.toFixed(2)} to ${max.toFixed(2)})`);
  };
  for (const trial of trials) {
    const byThreads: Record<number, number[]> = {};
    for (const threads of [...new Set([1, all])]) {
      const overTorch: number[] = [];
      const seconds: number[] = [];
      for (let round = 0; round < rounds; round++) {
        const engine = await engineEpoch(trial, patches, threads);
        seconds.push(engine);
        if (torch !== null) overTorch.push(engine / (await torch.seconds("train", trial, threads)));
      }
      byThreads[threads] = seconds;
      const title = `${trial.name}, ${threads} thread${threads > 1 ? "s" : ""}`;
      if (overTorch.length > 0) {
        keep(
          `${trial.id}.train.engineOverTorch.threads${threads}`,
          `${title}: engine over PyTorch`,
          overTorch,
        );
      }
    }
    const predictions: number[] = [];
    for (let round = 0; torch !== null && round < rounds; round++) {
      predictions.push(
        enginePrediction(trial, patches) / (await torch.seconds("predict", trial, 1)),
      );
    }
    if (predictions.length > 0) {
      keep(
        `${trial.id}.predict.engineOverTorch.threads1`,
        `${trial.name}: prediction, engine over PyTorch, 1 thread`,
        // The first round warms both up.
        predictions.slice(1),
      );
    }
    const speedUp = byThreads[all].map((value, round) => value / byThreads[1][round]);
    keep(
      `${trial.id}.train.threads${all}OverThreads1`,
      `${trial.name}: ${all} threads over one`,
      speedUp,
    );
    const tensorFlow = await tensorFlowEpoch(trial, patches);
    keep(
      `${trial.id}.train.engineOverTfjsWasm.threads${all}`,
      `${trial.name}: engine on ${all} threads over TensorFlow.js wasm`,
      byThreads[all].map((value) => value / tensorFlow),
    );
  }
  torch?.stop();
  for (const count of [1000, 16_000, 64_000]) {
    const perPatch = async (patchCount: number) =>
      (await engineEpoch(trials[0], patchCount, all)) / patchCount;
    const growth = [];
    for (let round = 0; round < 3; round++)
      growth.push((await perPatch(count)) / (await perPatch(4000)));
    keep(
      `caeB.growth.patches${count}OverPatches4000`,
      `${trials[0].name}: time per patch, ${count} patches over 4,000`,
      growth,
    );
  }
  const folder = join(root, "results");
  mkdirSync(folder, { recursive: true });
  const machine = { processor: cpus()[0].model, cores: all, node: process.version };
  const record = { machine, backend, torch: torch?.version ?? null, patches, ratios };
  writeWhole(join(folder, "bench.json"), `${JSON.stringify(record, null, 2)}\n`);
  const figure = intervalPlot({
    title: "Time of an epoch, as a ratio",
    valueTitle: "Ratio, median and range",
    reference: 1,
    widthMm: 174,
    estimates: Object.values(ratios).map(({ name, median, min, max }) => ({
      name,
      estimate: { value: median, interval: [min, max] },
    })),
  });
  await saveFigure(figure, "bench", folder);
  console.log(`Written: ${join(folder, "bench.json")}, bench.svg, bench.png, bench.pdf`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
