import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { InputError } from "../../lib/src/errors";
import { parseGeojson } from "../../lib/src/formats/geojson";
import { decimalNumbers, plainNumber } from "../../lib/src/formats/numbers";
import { decoded } from "../../lib/src/grid/geotiff-codecs";
import { readGeoTiff } from "../../lib/src/grid/geotiff-read";
import { bringFeatures } from "../../lib/src/import/bring-features";
import { bringRaster } from "../../lib/src/import/bring-raster";
import { parseManifest } from "../../lib/src/manifest/manifest-schema";
import { nearestNames } from "../../lib/src/method/nearest-names";
import { readMethod } from "../../lib/src/method/read-method";
import { forgetNotebook, recordMetrics } from "../../lib/src/notebook/record";
import { decodeResult, encodeResult } from "../../lib/src/runs/encode";
import { recordedStudies } from "../../lib/src/runs/recorded";
import { trainingControl } from "../../lib/src/runs/training-control";
import { refusalOf } from "../support/refusal";

// What the fuzzer found, each kind of fault by a file that shows it.

const gdalFiles = join(__dirname, "../reference/grid/gdal");
const cases = join(__dirname, "../cases");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "faults-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("a GeoTIFF", () => {
  /** Where in a plain little-endian TIFF of GDAL's an entry of a tag stands. */
  function entryOf(bytes: Buffer, tag: number): number {
    const start = bytes.readUInt32LE(4);
    const count = bytes.readUInt16LE(start);
    const places = Array.from({ length: count }, (_, at) => start + 2 + 12 * at);
    return places.find((at) => bytes.readUInt16LE(at) === tag)!;
  }

  /** What a file is refused for after a change of it. */
  async function refused(name: string, change: (bytes: Buffer) => void) {
    const bytes = readFileSync(join(gdalFiles, name));
    change(bytes);
    const path = join(folder, name);
    writeFileSync(path, bytes);
    const { field, found } = await refusalOf(() => readGeoTiff(path));
    return `${field}: ${found}`;
  }

  it("whose tag claims two gigabytes is refused at once, not looked for in the file", async () => {
    const claim = (bytes: Buffer) => bytes.writeUInt32LE(2 ** 31, entryOf(bytes, 34737) + 4);
    expect(await refused("sparse.tif", claim)).toBe("contents: 384 bytes");
  });

  it("whose directory names itself as the next", async () => {
    const circle = (bytes: Buffer) => {
      const start = bytes.readUInt32LE(4);
      bytes.writeUInt32LE(start, start + 2 + 12 * bytes.readUInt16LE(start));
    };
    expect(await refused("one.tif", circle)).toBe("pages: pages that go in a circle");
  });

  it("without a pixel or without a band", async () => {
    const none = (tag: number) => (bytes: Buffer) =>
      bytes.writeUInt16LE(0, entryOf(bytes, tag) + 8);
    expect(await refused("one.tif", none(256))).toBe("size: 0 x 4 pixels in 1 bands");
    expect(await refused("one.tif", none(277))).toBe("size: 5 x 4 pixels in 0 bands");
  });

  it("that claims a billion pixels in 384 bytes", async () => {
    const wide = (bytes: Buffer) => {
      for (const tag of [256, 257]) bytes.writeUInt16LE(32_000, entryOf(bytes, tag) + 8);
    };
    expect(await refused("sparse.tif", wide)).toMatch(/^size: 32000 x 32000 .* of 384 bytes$/);
  });

  it("that lies nowhere", async () => {
    const nowhere = (bytes: Buffer) => {
      bytes.writeDoubleLE(Number.NaN, bytes.readUInt32LE(entryOf(bytes, 33922) + 8) + 24);
    };
    expect(await refused("one.tif", nowhere)).toMatch(/^transform: NaN, 200,|^transform: NaN/);
  });

  it("of fewer blocks than its pixels need", async () => {
    const high = (bytes: Buffer) => bytes.writeUInt16LE(400, entryOf(bytes, 257) + 8);
    expect(await refused("sparse.tif", high)).toMatch(/^contents: blocks of 16 x 16 pixels/);
  });

  it("whose LERC claims more values than belong to a block makes no room for them", async () => {
    const head = Buffer.alloc(64);
    head.write("Lerc2 ", "latin1");
    head.writeInt32LE(2, 6);
    head.writeUInt32LE(60_000, 10);
    head.writeUInt32LE(60_000, 14);
    const coding = { compression: 34887, lerc: [], isFloat: true };
    await expect(decoded(head, coding, 80)).rejects.toThrow("claims 3600000000 values");
  });
});

describe("an entry of the run store whose checksum is right", () => {
  function sealed(json: string, arrays = Buffer.alloc(0), claimed = Buffer.byteLength(json)) {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(claimed);
    const body = Buffer.concat([length, Buffer.from(json), arrays]);
    const sum = createHash("sha256").update(body).digest();
    return Buffer.concat([Buffer.from("PROSPECT"), sum, body]);
  }

  it.each([
    ["no JSON", sealed("{")],
    ["no object", sealed('"a word"')],
    ["null", sealed("null")],
    ["longer than the file", sealed("{}", undefined, 2 ** 31)],
    ["too deep", sealed("[".repeat(1_000_000) + "]".repeat(1_000_000))],
    ["a type of nobody", sealed('{"a":{"$array":"constructor","offset":0,"length":0}}')],
    ["an array past the end", sealed('{"a":{"$array":"Uint8Array","offset":0,"length":9}}')],
    ["half a value", sealed('{"a":{"$array":"Float64Array","offset":0,"length":0.5}}')],
    ["a number of nobody", sealed('{"a":{"$number":"one"}}')],
    ["bytes of no array", sealed("{}", Buffer.alloc(3))],
    ["one array alone", sealed('{"$array":"Uint8Array","offset":0,"length":3}', Buffer.alloc(3))],
    ["nothing", sealed("").subarray(0, 40)],
  ])("but which is %s is none", (_, bytes) => {
    expect(decodeResult(bytes)).toBeNull();
  });

  it("and which is no state of a training begins it anew", () => {
    const save = () => {};
    const resumeOf = (state: object) => trainingControl({ load: () => state, save }, undefined, 0);
    expect(resumeOf({ epoch: "3", state: [], history: null })).not.toHaveProperty("resume");
    const sound = { epoch: 3, state: new Float32Array(2), history: { loss: [1, 1, 1] } };
    expect(resumeOf(sound).resume).toBe(sound);
  });

  it("and which is sound is read", () => {
    const value = {
      a: Float64Array.from([1, Number.NaN]),
      b: [Infinity, { c: new Int32Array(2) }],
    };
    expect(decodeResult(encodeResult(value))).toEqual(value);
  });
});

describe("text", () => {
  // Looked at again from each of its characters, a cell would not be done before the test is ended.
  it.each([
    ["9".repeat(1_000_000), Number.POSITIVE_INFINITY],
    [`${"9".repeat(1_000_000)}x`, Number.NaN],
    [" ".repeat(1_000_000), Number.NaN],
  ])("of a cell of 1,000,000 characters is looked at once", (cell, value) => {
    expect(plainNumber(cell, false)).toBe(value);
    const rows = [{ line: 2, cells: { a: `${cell}x` } }];
    expect(decimalNumbers({ delimiter: ";", rows }, ["a"], "f").decimalComma).toBe(false);
  });

  it("of a name of 1,000,000 letters is likened to others by its beginning", () => {
    expect(nearestNames("seed".repeat(250_000), ["epochs", "seed", "dense"], 1)).toEqual(["seed"]);
  });

  it("of JSON that is brackets in brackets is refused by every reader of it", async () => {
    const deep = `{"type": ${"[".repeat(50_000)}${"]".repeat(50_000)}}`;
    const path = join(folder, "method.json");
    writeFileSync(path, deep);
    const found = "more than 100 brackets within one another";
    for (const read of [
      () => parseManifest(deep, "study.json"),
      () => parseGeojson(deep, "a.geojson"),
      () => readMethod(path),
    ]) {
      expect((await refusalOf(read)).found).toBe(found);
    }
    // Brackets in words and in comments are none.
    const words = `{ // ${"[".repeat(300)}\n "type": "${"[".repeat(300)}\\"" }`;
    expect((await refusalOf(() => parseManifest(words, "study.json"))).found).not.toBe(found);
  });

  it("of a megabyte is cut short in a message", () => {
    const details = { kind: "values", found: "x".repeat(1e6), expected: "less" } as const;
    expect(new InputError(details).message.length).toBeLessThan(1000);
    expect(new InputError(details).details.found).toHaveLength(1e6);
  });
});

describe("what notebooks left on record", () => {
  const run = (files: unknown) => ({
    study: { id: "tin", title: "Tin", kind: "real" },
    notebooks: { "04-roc": { trials: [], files } },
  });
  const write = (name: string, value: unknown) =>
    writeFileSync(join(folder, "tin", name), JSON.stringify(value));
  beforeEach(() => mkdirSync(join(folder, "tin")));

  it.each(["../kept", "/etc/hostname", "a/../../kept", 7, null])(
    "removes nothing outside the results: %s",
    async (file) => {
      writeFileSync(join(folder, "kept"), "kept");
      write("run.json", run([file]));
      const { field } = await refusalOf(() => forgetNotebook(join(folder, "tin"), "04-roc"));
      expect(field).toBe("notebooks.04-roc.files.0");
      expect(existsSync(join(folder, "kept"))).toBe(true);
    },
  );

  it("leaves a folder where it is", () => {
    write("run.json", run(["figures"]));
    mkdirSync(join(folder, "tin", "figures"));
    forgetNotebook(join(folder, "tin"), "04-roc");
    expect(existsSync(join(folder, "tin", "figures"))).toBe(true);
  });

  it("is refused by name where it is damaged", async () => {
    write("run.json", run([]));
    writeFileSync(join(folder, "tin", "metrics.json"), '{"auc": {"value": 0.8');
    const own = { value: 1, notebook: "04-roc", profile: "paper", seed: 1 };
    for (const act of [
      () => recordedStudies(folder, "tin", "paper"),
      () => recordMetrics(join(folder, "tin"), { own }),
      () => forgetNotebook(join(folder, "tin"), "04-roc"),
    ]) {
      const { file, remedy } = await refusalOf(act);
      expect(file).toMatch(/metrics\.json$/);
      expect(remedy).toMatch(/run the notebooks again/);
    }
  });
});

describe("a file that GDAL cannot read", () => {
  it("is refused by name, of features and of rasters", async () => {
    const kml = join(folder, "shafts.kml");
    writeFileSync(kml, "<kml><Document><Placemark>");
    expect(await refusalOf(() => bringFeatures(kml, folder, new Map()))).toMatchObject({
      kind: "format",
      file: expect.stringMatching(/shafts\.kml$/),
    });
    writeFileSync(join(folder, "deg.img"), readFileSync(join(cases, "deg.tif")).subarray(0, 300));
    const wishes = { missing: [], data: [] };
    const { file } = await refusalOf(() => bringRaster("deg.img", folder, wishes));
    expect(file).toBe("deg.img");
  });
});
