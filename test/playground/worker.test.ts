import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pcaReconstructionErrors } from "../../lib/dist/baselines/pca-error";
import { aucWithInterval } from "../../lib/dist/evaluation/delong";
import type { OccurrenceGroup } from "../../lib/dist/patches/groups";
import { dropBand, labelledPatches, selectByError } from "../../lib/dist/patches/select";
import type { Patches } from "../../lib/dist/patches/types";
import { trainAutoencoder, trainClassifier } from "../../lib/dist/training/fit";
import { predictProbabilities, reconstructionErrors } from "../../lib/dist/training/predict";
import { packedStudy, stepsOf } from "../../scripts/playground/build/build";
import { type DrivenPage, drivenPage } from "../../scripts/playground/driven/build";
import type { Asked, Driven } from "../../scripts/playground/driven/page";
import type { PackContent } from "../../scripts/playground/packs/format";
import type {
  Answer,
  InspectedPatch,
  Judged,
  PlaygroundParameters,
  PreparedGroup,
} from "../../scripts/playground/protocol";
import { chromiumPath, describeInBrowser, served } from "../support/browser";

declare const driven: Driven;

/** What a test hears of an answer: large arrays as their SHA-256. */
type Heard = {
  readonly [key: string]: unknown;
  readonly type: Answer["type"];
  readonly hash?: string;
  readonly epochs?: number;
  readonly status?: string;
  readonly message?: string;
};

/** Of a preparation what tests hold against the notebooks'. */
interface Prepared {
  readonly leftOut: number;
  readonly groups: readonly PreparedGroup[];
  readonly baselines: readonly { readonly id: string; readonly scores: string }[];
}

let content: PackContent;
let page: DrivenPage;
let patches: Patches;
let groups: readonly OccurrenceGroup[];
let errors: Float64Array;
/** What Node makes of the small district, by the same parameters. */
const inNode = { error: "", probability: "", fewerLayers: "", longer: "", pca: "", pcaOfHalf: "" };

const sha256 = (values: Float64Array) =>
  createHash("sha256").update(new Uint8Array(values.buffer)).digest("hex");

async function errorsInNode(of: Patches, parameters: PlaygroundParameters) {
  const shape = { count: of.places.length, size: of.layout.size, bands: of.bands.length };
  const { model } = await trainAutoencoder(of.values, shape, parameters);
  const errors = await reconstructionErrors(model, of.values, shape);
  model.dispose();
  return errors;
}

async function probabilitiesInNode(errors: Float64Array, parameters: PlaygroundParameters) {
  const [high, low] = parameters.proportion;
  const { values, labels, shape } = labelledPatches(patches, selectByError(errors, { high, low }));
  const { model } = await trainClassifier(values, labels, shape, {
    ...{ ...parameters, filters: parameters.classifierFilters },
    epochs: parameters.classifierEpochs,
  });
  const all = { ...shape, count: patches.places.length };
  const probabilities = await predictProbabilities(model, patches.values, all);
  model.dispose();
  return probabilities;
}

const root = join(__dirname, "../..");
const results = mkdtempSync(join(tmpdir(), "results-"));

beforeAll(async () => {
  if (chromiumPath === null) return;
  process.env.PROSPECTIVITY_RESULTS = results;
  const asked = { study: "hezuo-synthetic", coarsening: 4 };
  content = await packedStudy(root, asked);
  page = await drivenPage(content);
  const { parameters } = content.district;
  const { steps } = await stepsOf(root, asked);
  patches = await steps.patches();
  groups = await steps.groups();
  errors = await errorsInNode(patches, parameters);
  inNode.error = sha256(errors);
  inNode.probability = sha256(await probabilitiesInNode(errors, parameters));
  const fewer = dropBand(patches, patches.bands[2]);
  inNode.fewerLayers = sha256(await errorsInNode(fewer, parameters));
  inNode.longer = sha256(await errorsInNode(patches, { ...parameters, epochs: 60 }));
  const perPatch = patches.values.length / patches.places.length;
  const pca = (varianceShare: number) =>
    sha256(pcaReconstructionErrors(patches.values, perPatch, { varianceShare }).errors);
  inNode.pca = pca(parameters.pcaVarianceShare);
  inNode.pcaOfHalf = pca(0.5);
});

afterAll(() => {
  page?.remove();
  rmSync(results, { recursive: true, force: true });
});

/** Asks the worker, and says the answers with their arrays as hashes. */
function ask(
  tab: Page,
  asked: Exclude<Asked, { readonly type: "open" }>,
  until: Answer["type"],
  stopAfter?: number,
): Promise<Heard[]> {
  return tab.evaluate(
    async ([asked, until, stopAfter]) => {
      const answers = await driven.ask(asked, until, stopAfter);
      const short = (_: string, value: unknown) =>
        ArrayBuffer.isView(value) ? driven.hashOf(value as Float64Array) : value;
      return JSON.parse(JSON.stringify(answers, short));
    },
    [asked, until, stopAfter] as const,
  );
}

/** Opens the pack that lies beside a page. */
function open(tab: Page): Promise<Heard[]> {
  return tab.evaluate(async () => {
    const pack = await driven.loadPack(driven.packList()[0].id);
    return JSON.parse(JSON.stringify(await driven.ask({ type: "open", pack }, "opened")));
  });
}

const last = (heard: readonly Heard[]) => heard[heard.length - 1];

describeInBrowser("the playground's worker", (visit) => {
  describe.each([
    ["opened from a disk", null],
    ["isolated, on several threads", true],
    ["served without isolation", false],
  ] as const)("%s", (_, isolated) => {
    let tab: Page;
    let faults: readonly string[];
    let close = async () => {};
    beforeAll(async () => {
      const server = isolated === null ? null : await served(page.folder, { isolated });
      close = async () => server?.close();
      const url = server?.url ?? pathToFileURL(join(page.folder, "index.html")).href;
      ({ page: tab, errors: faults } = await visit(url));
      await open(tab);
    });
    afterAll(() => close());

    it("says what the browser can do", async () => {
      const ability = await tab.evaluate(() => driven.ready);
      expect(ability.isolated).toBe(isolated === true);
      expect(ability.threads > 1).toBe(isolated === true);
      expect(ability).toMatchObject({ kernels: "relaxed SIMD", lacks: null });
    });

    it("makes the errors and probabilities that Node makes, to the last byte", async () => {
      const { parameters } = content.district;
      const trained = last(await ask(tab, { type: "train", parameters, goOn: false }, "trained"));
      expect(trained).toMatchObject({ status: "done", epochs: 20, hash: inNode.error });
      const cnn = last(await ask(tab, { type: "classify", parameters, goOn: false }, "trained"));
      expect(cnn).toMatchObject({ status: "done", epochs: 20, hash: inNode.probability });
      expect(faults).toEqual([]);
    });

    it("stops, goes on, and comes to what a training that was never stopped comes to", async () => {
      const parameters = { ...content.district.parameters, epochs: 60 };
      const asked = { type: "train", parameters } as const;
      const first = last(await ask(tab, { ...asked, goOn: false }, "trained", 2));
      expect(first.status).toBe("stopped");
      expect(first.epochs).toBeGreaterThanOrEqual(2);
      expect(first.epochs).toBeLessThan(60);
      // What stays is of the last whole epoch: scores, and the network that patches go through.
      const then = await errorsInNode(patches, { ...parameters, epochs: Number(first.epochs) });
      expect(first.hash).toBe(sha256(then));
      const { inspected } = last(await ask(tab, { type: "inspect", patch: 3 }, "inspected"));
      expect((inspected as InspectedPatch).error).toBe(then[3]);
      const step = { ...parameters, epochs: (first.epochs as number) + 1 };
      const one = last(await ask(tab, { ...asked, parameters: step, goOn: true }, "trained"));
      expect(one).toMatchObject({ status: "done", epochs: step.epochs });
      const rest = last(await ask(tab, { ...asked, goOn: true }, "trained"));
      expect(rest).toMatchObject({ status: "done", epochs: 60, hash: inNode.longer });
    });
  });

  describe.each([true, false])("amid an epoch, isolated: %s", (isolated) => {
    it("hears stop, and keeps nothing of an epoch that is not whole", async () => {
      const { url, close } = await served(page.folder, { isolated });
      const { page: tab } = await visit(url);
      await open(tab);
      const { parameters } = content.district;
      // Some seconds an epoch.
      const slow = { ...parameters, batchSize: 1, filters: [256, 128] as const };
      const asked = { type: "train", parameters: slow, goOn: false } as const;
      const end = last(await ask(tab, asked, "trained", 0));
      expect(end).toMatchObject({ status: "stopped", epochs: 0, loss: [], hash: "" });
      await tab.close();
      await close();
    });
  });

  describe("beside its trainings", () => {
    let tab: Page;
    beforeAll(async () => {
      ({ page: tab } = await visit(pathToFileURL(join(page.folder, "index.html")).href));
    });

    it("refuses in words what comes too early", async () => {
      const { parameters } = content.district;
      expect(last(await ask(tab, { type: "prepare", parameters }, "prepared")).message).toBe(
        "No district has been opened yet.",
      );
      expect(last(await ask(tab, { type: "inspect", patch: 0 }, "inspected")).message).toBe(
        "Train the auto-encoder first.",
      );
    });

    it("opens the district of the pack", async () => {
      const opened = last(await open(tab));
      expect(opened.district).toEqual(JSON.parse(JSON.stringify(content.district)));
    });

    it("prepares the patches, groups and baselines that the notebooks have", async () => {
      const { parameters } = content.district;
      const { prepared } = last(await ask(tab, { type: "prepare", parameters }, "prepared"));
      const { baselines, leftOut, groups: found } = prepared as unknown as Prepared;
      expect(baselines.map(({ id }) => id)).toEqual(["bestLayer", "pcaError"]);
      expect(baselines[1].scores).toBe(inNode.pca);
      expect(leftOut).toBe(patches.leftOut.length);
      expect(found.map(({ ids, title }) => ({ ids, title }))).toEqual(
        groups.map(({ ids, title }) => ({ ids, title })),
      );
      const names = found[0].held.map(({ occurrence, patch }) => ({
        ...{ name: content.district.occurrences[occurrence].name, patch },
      }));
      expect(names).toEqual(
        groups[0].assignment.assigned.map(({ occurrence: { name }, patch }) => ({ name, patch })),
      );
    });

    it("judges as the library does", async () => {
      const { parameters } = content.district;
      const heard = await ask(tab, { type: "train", parameters, goOn: false }, "trained");
      const scored = heard.filter(({ type }) => type === "scores");
      const [judged] = last(scored).judged as Judged[];
      const { value, interval } = aucWithInterval(errors, groups[0].assignment.labels);
      expect(judged).toMatchObject({ auc: value, interval });
    });

    it("computes the PCA error of other parameters aside, as Node does", async () => {
      const parameters = { ...content.district.parameters, pcaVarianceShare: 0.5 };
      const heard = await ask(tab, { type: "prepare", parameters }, "baseline");
      expect(heard.map(({ type }) => type)).toEqual(["prepared", "baseline"]);
      expect((last(heard).baseline as { scores: string }).scores).toBe(inNode.pcaOfHalf);
    });

    it("leaves layers out as the notebooks do", async () => {
      const { parameters } = content.district;
      const layers = parameters.layers.filter((_, at) => at !== 2);
      const asked = { type: "train", parameters: { ...parameters, layers }, goOn: false } as const;
      expect(last(await ask(tab, asked, "trained")).hash).toBe(inNode.fewerLayers);
    });

    it("shows a patch whose error is the mean of its squared differences", async () => {
      const asked = { type: "inspect", patch: 7 } as const;
      const found = await tab.evaluate(async (asked) => {
        const answer = (await driven.ask(asked, "inspected"))[0];
        if (answer.type !== "inspected") throw new Error(answer.type);
        const { values, reconstruction, error, shares } = answer.inspected;
        const differences = values.map((layer, band) =>
          layer.reduce((sum, value, at) => sum + (value - reconstruction[band][at]) ** 2, 0),
        );
        return { differences, error, shares, pixels: values[0].length };
      }, asked);
      const total = found.differences.reduce((sum, value) => sum + value, 0);
      expect(found.error).toBeCloseTo(total / (found.pixels * found.differences.length), 9);
      found.differences.forEach((value, layer) => {
        expect(found.shares[layer]).toBeCloseTo(value / total, 6);
      });
    });

    it("goes on with no training of other parameters", async () => {
      const parameters = { ...content.district.parameters, learningRate: 0.01 };
      const asked = { type: "train", parameters, goOn: true } as const;
      expect(last(await ask(tab, asked, "trained")).message).toMatch(/Train anew/);
    });

    it.each([
      [{ patchSize: 10 }, "a multiple of 4"],
      [{ patchSize: 4000 }, "at most the grid's 219 rows and 174 columns"],
      [{ layers: [] }, "one or more of"],
      [{ percentiles: [50, 50] }, "two rising numbers"],
      [{ learningRate: 1e30 }, "Try a lower learning rate"],
      [{ batchSize: 65_536, filters: [512, 512] }, "at most 4 GiB"],
      [{ loss: "binaryCrossentropy", outputActivation: "linear" }, "a sigmoid output"],
    ] as const)("refuses %o in words", async (change, words) => {
      const parameters = { ...content.district.parameters, ...change } as PlaygroundParameters;
      const asked = { type: "train", parameters, goOn: false } as const;
      expect(last(await ask(tab, asked, "trained")).message).toContain(words);
    });

    it("refuses a classifier that the engine does not compute", async () => {
      const parameters = { ...content.district.parameters, classifierFilters: [8, 6] as const };
      await ask(tab, { type: "train", parameters, goOn: false }, "trained");
      const asked = { type: "classify", parameters, goOn: false } as const;
      expect(last(await ask(tab, asked, "trained")).message).toContain("no multiple of 4");
    });

    it.each([
      ["none", null, "packs/none.js cannot be loaded"],
      ["cut", 'playgroundPack("cut", [\n"QUJD', "packs/cut.js is damaged or cut short"],
      ["odd", 'playgroundPack("odd", ["Q*"]);', "packs/odd.js is damaged"],
    ] as const)("says what is wrong with the script of a pack: %s", async (id, text, words) => {
      if (text !== null) writeFileSync(join(page.folder, "packs", `${id}.js`), text);
      const message = await tab.evaluate(
        (id) => driven.loadPack(id).then(String, (error: Error) => error.message),
        id,
      );
      expect(message).toContain(words);
    });
  });
});

describeInBrowser(
  "the playground's worker without WebAssembly",
  (visit) => {
    it("says so, opens and prepares all the same, and trains nothing", async () => {
      const { page: tab } = await visit(pathToFileURL(join(page.folder, "index.html")).href);
      const ability = await tab.evaluate(() => driven.ready);
      expect(ability.kernels).toBeNull();
      expect(ability.lacks).toContain("no WebAssembly");
      await open(tab);
      const { parameters } = content.district;
      expect(last(await ask(tab, { type: "prepare", parameters }, "prepared")).type).toBe(
        "prepared",
      );
      const asked = { type: "train", parameters, goOn: false } as const;
      expect(last(await ask(tab, asked, "trained")).message).toBe(ability.lacks);
    });
  },
  ["--js-flags=--jitless"],
);
