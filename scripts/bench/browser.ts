import { resolve } from "node:path";
import { chromium, type Page } from "playwright-core";
import type { PatchShape } from "../../lib/dist/training/batches";
import { trainAutoencoder } from "../../lib/dist/training/fit";
import { chromiumPath } from "../browser/chromium-path.mjs";
import { served } from "../browser/served";
import { packedStudy, stepsOf } from "../playground/build/build";
import { drivenPage } from "../playground/driven/build";
import type { Driven } from "../playground/driven/page";
import type { PlaygroundParameters } from "../playground/protocol";
import type { Recorder } from "./record";

declare const driven: Driven;

const root = resolve(__dirname, "..", "..");
const asked = { study: "hezuo-synthetic", coarsening: 1 };
const rounds = 5;
const epochs = 5;
const FILTERS = [
  [8, 4],
  [32, 16],
] as const;

/** An epoch of CAE b in the playground, on the generated district, over one in Node on as many threads. */
export async function browserEpochs({ keep }: Recorder, cores: number): Promise<void> {
  if (chromiumPath === null) {
    console.log("No Chromium or Chrome is installed: the playground is not timed.");
    return;
  }
  const content = await packedStudy(root, asked);
  const { steps } = await stepsOf(root, asked);
  const patches = await steps.patches();
  const { values, places, layout, bands } = patches;
  const shape = { count: places.length, size: layout.size, bands: bands.length };
  const page = await drivenPage(content);
  const browser = await chromium.launch({ executablePath: chromiumPath, args: ["--no-sandbox"] });
  try {
    for (const isolated of [true, false]) {
      const { url, close } = await served(page.folder, { isolated });
      try {
        const tab = await browser.newPage();
        await tab.goto(url);
        await openPack(tab);
        const threads = isolated ? cores : 1;
        for (const filters of FILTERS) {
          const parameters = { ...content.district.parameters, filters, epochs };
          const times: [browser: number, node: number][] = [];
          for (let round = 0; round <= rounds; round++) {
            times.push([
              await browserEpoch(tab, parameters),
              await nodeEpoch(values, shape, parameters, threads),
            ]);
          }
          // The first round warms both up.
          const timed = times.slice(1);
          const name = `CAE b, ${filters.join(" and ")} filters, ${threads} thread${threads === 1 ? "" : "s"}`;
          const key = `caeB.filters${filters.join("and")}.threads${threads}`;
          keep(
            `${key}.chromiumOverNode`,
            `${name}: epoch of the playground in Chromium over Node's`,
            timed.map(([inBrowser, inNode]) => inBrowser / inNode),
          );
          keep(
            `${key}.chromium`,
            `${name}: seconds in Chromium`,
            timed.map(([inBrowser]) => inBrowser),
          );
          keep(
            `${key}.node`,
            `${name}: seconds in Node`,
            timed.map(([, inNode]) => inNode),
          );
        }
        await tab.close();
      } finally {
        await close();
      }
    }
  } finally {
    await browser.close();
    page.remove();
  }
}

async function openPack(tab: Page): Promise<void> {
  await tab.evaluate(async () => {
    const pack = await driven.loadPack(driven.packList()[0].id);
    await driven.ask({ type: "open", pack }, "opened");
  });
}

/**
 * Seconds of an epoch in the browser, those after the first; each is followed by scores, which are not
 * counted.
 */
async function browserEpoch(tab: Page, parameters: PlaygroundParameters): Promise<number> {
  const first = await trainedSeconds(tab, { ...parameters, epochs: 1 }, false);
  return ((await trainedSeconds(tab, parameters, true)) - first) / (parameters.epochs - 1);
}

function trainedSeconds(tab: Page, parameters: PlaygroundParameters, goOn: boolean) {
  return tab.evaluate(
    async ([parameters, goOn]) => {
      const end = (await driven.ask({ type: "train", parameters, goOn }, "trained")).at(-1);
      if (end?.type !== "trained") throw new Error(JSON.stringify(end));
      return end.seconds;
    },
    [parameters, goOn] as const,
  );
}

/** Seconds of an epoch in Node, those after the first, in a training that goes through. */
async function nodeEpoch(
  values: Float32Array,
  shape: PatchShape,
  parameters: PlaygroundParameters,
  threads: number,
): Promise<number> {
  const ends: number[] = [];
  const { model } = await trainAutoencoder(values, shape, parameters, {
    threads,
    onProgress({ batch, batches }) {
      if (batch === batches) ends.push(performance.now());
    },
  });
  model.dispose();
  return (ends[ends.length - 1] - ends[0]) / 1000 / (ends.length - 1);
}
