import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { removeAbandonedParts, writeWhole } from "../../lib/src/files";
import { decodeResult, encodeResult } from "../../lib/src/runs/encode";
import {
  canonicalJson,
  findRun,
  openRunStore,
  type RunStore,
  storedRun,
} from "../../lib/src/runs/store";

let folder: string;
let store: RunStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "run-store-"));
  store = { folder, code: "code as of today" };
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("encoding", () => {
  it("gives back plain data, typed arrays, infinity and NaN", () => {
    const value = {
      errors: Float64Array.from([1.5, Number.NaN]),
      nested: [{ weights: Float32Array.from([0.1, 2]), bytes: Uint8Array.from([1, 2, 3]) }],
      thresholds: [Infinity, 0.5, -Infinity],
      name: "CAE b",
      none: null,
    };
    expect(decodeResult(encodeResult(value))).toEqual(value);
  });

  it("gives the same bytes for the same result", () => {
    const value = () => ({ a: Float32Array.from([1, 2, 3]), b: 4 });
    expect(encodeResult(value())).toEqual(encodeResult(value()));
  });

  it("notices a changed byte and a cut-off end", () => {
    const bytes = encodeResult({ errors: Float64Array.from([1, 2, 3]) });
    expect(decodeResult(bytes.slice(0, -1))).toBeNull();
    const changed = Uint8Array.from(bytes);
    changed[changed.length - 1] ^= 1;
    expect(decodeResult(changed)).toBeNull();
  });
});

describe("run store", () => {
  const key = { step: "autoencoder", inputs: { epochs: 20, seed: 7 } };
  const count = () => {
    let calls = 0;
    return { calls: () => calls, compute: async () => ({ calls: ++calls }) };
  };

  it("computes once for one key, whatever the order of its parameters", async () => {
    const counter = count();
    await storedRun(store, key, counter.compute);
    const again = { step: "autoencoder", inputs: { seed: 7, epochs: 20 } };
    const second = await storedRun(store, again, counter.compute);
    expect(second).toEqual({ result: { calls: 1 }, fromStore: true });
  });

  it("computes again when a parameter, the step or the code changes", async () => {
    const counter = count();
    await storedRun(store, key, counter.compute);
    await storedRun(store, { ...key, inputs: { ...key.inputs, epochs: 21 } }, counter.compute);
    await storedRun(store, { ...key, step: "classifier" }, counter.compute);
    await storedRun({ ...store, code: "changed code" }, key, counter.compute);
    expect(counter.calls()).toBe(4);
  });

  it("finds one changed bit by the checksum, says so once, computes again and mends it", async () => {
    const said: string[] = [];
    const telling = { ...store, onDamaged: (text: string) => said.push(text) };
    const counter = count();
    await storedRun(telling, key, counter.compute);
    const file = readdirSync(join(folder, key.step)).find((name) => name.endsWith(".run"))!;
    const path = join(folder, key.step, file);
    const bytes = readFileSync(path);
    bytes[bytes.length - 2] ^= 1;
    writeFileSync(path, bytes);
    expect(findRun(telling, key)).toBeNull();
    expect((await storedRun(telling, key, counter.compute)).fromStore).toBe(false);
    expect((await storedRun(telling, key, counter.compute)).fromStore).toBe(true);
    expect(said).toEqual([
      `${path} is damaged (its checksum is not that of its bytes): it is computed anew`,
    ]);
  });

  it("says that a checkpoint is damaged, and starts from the first epoch", async () => {
    const said: string[] = [];
    const telling = { ...store, onDamaged: (text: string) => said.push(text) };
    const begin = storedRun(telling, key, async (checkpoint) => {
      checkpoint.save({ epoch: 3 });
      throw new Error("stopped");
    });
    await expect(begin).rejects.toThrow("stopped");
    const file = readdirSync(join(folder, key.step)).find((name) => name.endsWith(".begun"))!;
    writeFileSync(join(folder, key.step, file), "PROSPECT but cut short");
    const again = await storedRun(telling, key, async (checkpoint) => ({
      from: checkpoint.load(),
    }));
    expect(again.result.from).toBeNull();
    expect(said[0]).toMatch(/\.begun is damaged .*: the training starts anew$/);
  });

  it("stores nothing of a computation that fails", async () => {
    const failing = storedRun(store, key, async () => {
      throw new Error("loss is NaN");
    });
    await expect(failing).rejects.toThrow("loss is NaN");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("knows the code of this package", () => {
    expect(openRunStore(folder).code).toMatch(/^[0-9a-f]{64}$/);
  });

  it("orders keys at every depth", () => {
    expect(canonicalJson({ b: { d: 1, c: 2 }, a: [3] })).toBe('{"a":[3],"b":{"c":2,"d":1}}');
  });
});

describe("writing files", () => {
  it("says what to do when the place cannot be written, and leaves nothing", () => {
    writeFileSync(join(folder, "taken"), "a file where a folder is needed");
    expect(() => writeWhole(join(folder, "taken", "metrics.json"), "{}")).toThrow(
      /metrics\.json: found .*expected a place that can be written/,
    );
    expect(readdirSync(folder)).toEqual(["taken"]);
  });

  it("removes what a killed process left half, and nothing that is being written", () => {
    const gone = spawnSync(process.execPath, ["-e", ""]).pid;
    const [left, ours, elsewhere] = [
      `a.run.${gone}@${hostname()}.part`,
      `b.run.${process.pid}@${hostname()}.part`,
      `c.run.${gone}@another-machine.part`,
    ];
    for (const name of [left, ours, elsewhere, "whole.run"])
      writeWhole(join(folder, "x", name), "");
    expect(removeAbandonedParts(folder)).toEqual([join("x", left)]);
    expect(readdirSync(join(folder, "x")).sort()).toEqual([ours, elsewhere, "whole.run"]);
  });

  it("replaces a file whole", () => {
    const path = join(folder, "deep", "run.json");
    writeWhole(path, "first");
    writeWhole(path, "second");
    expect(readFileSync(path, "utf8")).toBe("second");
    expect(readdirSync(join(folder, "deep"))).toEqual(["run.json"]);
  });
});
