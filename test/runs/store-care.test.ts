import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type RunStore, runHash, storedRun } from "../../lib/src/runs/store";
import {
  damagedResults,
  pruneStore,
  storedResults,
  storeSizes,
} from "../../lib/src/runs/store-care";
import { pruneSentence, sizeLines, usedBy } from "../../scripts/store";

let folder: string;
let store: RunStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "store-care-"));
  store = { folder: join(folder, ".runs"), code: "code as of today" };
});
afterEach(() => rmSync(folder, { recursive: true }));

const keyOf = (step: string, seed: number) => ({ step, inputs: { seed } });
const nameOf = (of: RunStore, step: string, seed: number) =>
  `${step}/${runHash(of, keyOf(step, seed))}`;

function writeRun(place: string, notebooks: object): void {
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, "run.json"), JSON.stringify({ notebooks }));
}

async function fill(): Promise<RunStore> {
  const older = { ...store, code: "code as of yesterday" };
  const compute = async () => ({ errors: new Float64Array(100) });
  await storedRun(store, keyOf("autoencoder", 1), compute);
  await storedRun(store, keyOf("autoencoder", 2), compute);
  await storedRun(older, keyOf("autoencoder", 1), compute);
  await storedRun(store, keyOf("classifier", 1), compute);
  const stopped = storedRun(store, keyOf("classifier", 2), async ({ save }) => {
    save({ epoch: 3 });
    throw new Error("stopped");
  });
  await expect(stopped).rejects.toThrow("stopped");
  return older;
}

it("counts results, those of other code and those begun, by step", async () => {
  await fill();
  const sizes = storeSizes(store);
  expect(sizes.map(({ step, results, stale, begun }) => ({ step, results, stale, begun }))).toEqual(
    [
      { step: "autoencoder", results: 3, stale: 1, begun: 0 },
      { step: "classifier", results: 1, stale: 0, begun: 1 },
    ],
  );
  // 800 bytes of values, 8 of mark, 32 of checksum, 4 of length, their description; and the keys.
  const [{ bytes, staleBytes }] = sizes;
  expect(bytes).toBe(3 * staleBytes);
  expect(staleBytes).toBeGreaterThan(844);
  expect(sizeLines(sizes)[0]).toMatch(
    /^autoencoder +3 results, 0\.0 MiB, of these 1 of other code/,
  );
  expect(sizeLines([])).toEqual(["The store is empty."]);
});

it("is empty where there is no store", () => {
  expect(storedResults(store)).toEqual([]);
  expect(damagedResults(store)).toEqual([]);
});

it("names the one result that was changed by a bit", async () => {
  await fill();
  expect(damagedResults(store)).toEqual([]);
  const name = nameOf(store, "autoencoder", 2);
  const path = join(store.folder, `${name}.run`);
  const bytes = readFileSync(path);
  bytes[60] ^= 4;
  writeFileSync(path, bytes);
  expect(damagedResults(store)).toEqual([name]);
});

it("removes what is not kept with its keys, and only tells of it on trial", async () => {
  const older = await fill();
  const kept = nameOf(store, "autoencoder", 1);
  const keeps = ({ name }: { readonly name: string }) => name === kept;
  const going = [
    nameOf(store, "autoencoder", 2),
    nameOf(older, "autoencoder", 1),
    nameOf(store, "classifier", 1),
    nameOf(store, "classifier", 2),
  ].sort();
  expect(pruneStore(store, keeps, true).map(({ name }) => name)).toEqual(going);
  expect(storedResults(store)).toHaveLength(5);
  const gone = pruneStore(store, keeps);
  expect(gone.map(({ name }) => name)).toEqual(going);
  const left = readdirSync(store.folder, { recursive: true, encoding: "utf8" });
  expect(left.filter((file) => file.includes(".")).sort()).toEqual([
    `${kept}.key.json`,
    `${kept}.run`,
  ]);
  expect(pruneSentence(gone, 1, false)).toMatch(/^4 results removed \(0\.0 MiB\), 1 kept\.$/);
});

it("tells of what was taken and of what was added, and of nothing that failed", async () => {
  const used: string[] = [];
  const telling = { ...store, onUsed: (name: string) => used.push(name) };
  await storedRun(telling, keyOf("autoencoder", 1), async () => ({ a: 1 }));
  await storedRun(telling, keyOf("autoencoder", 1), async () => ({ a: 1 }));
  const failing = storedRun(telling, keyOf("autoencoder", 2), async () => {
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  const name = nameOf(store, "autoencoder", 1);
  expect(used).toEqual([name, name]);
});

it("knows what a study's runs and its variants' used, and refuses a run that does not tell", () => {
  const run = (place: string, notebooks: object) => writeRun(join(folder, place), notebooks);
  run("east", { "02": { trials: [], stored: ["autoencoder/a"] } });
  run("variants/wide/east", { "02": { trials: [], stored: ["autoencoder/b", "autoencoder/a"] } });
  writeFileSync(
    join(folder, "variants", "wide", "variant.json"),
    JSON.stringify({ name: "wide", profile: "paper", settings: { epochs: 5 } }),
  );
  expect([...usedBy(folder, ["east"])].sort()).toEqual(["autoencoder/a", "autoencoder/b"]);
  expect([...usedBy(folder, [join(folder, "east")])]).toEqual(["autoencoder/a"]);
  expect(() => usedBy(folder, ["west"])).toThrow(/west.*no such run.*Nothing was removed/s);
  run("old", { "02": { trials: [] } });
  expect(() => usedBy(folder, ["old"])).toThrow(/notebooks\.02\.stored.*Run the study again/s);
});

it("gives every reader whole results while several processes write the same", async () => {
  const script = join(__dirname, "many-writers", "writer.ts");
  const write = promisify(execFile);
  const said = await Promise.all(
    [1, 2, 3, 4].map((writer) =>
      write(process.execPath, ["--import", "tsx", script, store.folder, String(writer)]),
    ),
  );
  expect(said.map(({ stdout }) => JSON.parse(stdout))).toEqual(
    said.map(() => ({ wrong: 0, damaged: [] })),
  );
  const counted = { ...store, code: "code" };
  expect(storeSizes(counted)).toMatchObject([{ step: "step", results: 60, stale: 0, begun: 0 }]);
  expect(damagedResults(counted)).toEqual([]);
  const left = readdirSync(store.folder, { recursive: true, encoding: "utf8" });
  expect(left.filter((file) => file.endsWith(".part"))).toEqual([]);
});
