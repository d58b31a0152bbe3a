import { createContext, runInContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { shuffled, unshuffled } from "../../scripts/playground/packs/format";
import { readPack } from "../../scripts/playground/packs/read";
import { packBytes, packScript } from "../../scripts/playground/packs/write";
import { smallPack } from "../support/small-pack";

const content = smallPack();
const bytes = () => Uint8Array.from(packBytes(content));
const bitsOf = (values: Float32Array | Float64Array) => Buffer.from(values.buffer).toString("hex");

describe("the bytes of float values", () => {
  // 1.0 is 3f800000 and 2.0 is 40000000: by planes from the lowest byte 00 00, 00 00, 80 00, 3f 40.
  it("go plane by plane, each less the one before it", () => {
    expect([...shuffled(Float32Array.of(1, 2))]).toEqual([0, 0, 0, 0, 0x80, 0x80, 0x3f, 0x01]);
  });

  it("come back as they were, nodata too", () => {
    const values = Float32Array.of(-0, Number.NaN, 1e-40, -3.25e38, Infinity, 0.1);
    expect(bitsOf(unshuffled(shuffled(values)))).toBe(bitsOf(values));
  });
});

describe("a pack", () => {
  it("gives back the district, its evidence and its PCA errors to the last bit", async () => {
    const { layers, pca, ...rest } = await readPack(bytes());
    const { layers: then, pca: errors, ...restThen } = content;
    expect(rest).toEqual(restThen);
    expect(layers.map(bitsOf)).toEqual(then.map(bitsOf));
    expect(pca.components).toBe(errors.components);
    expect(bitsOf(pca.errors)).toBe(bitsOf(errors.errors));
  });

  it("comes out of its script in pieces of base64, each of whole groups", async () => {
    const handedOver: [string, string[]][] = [];
    const page = {
      playgroundPack: (id: string, pieces: string[]) => handedOver.push([id, pieces]),
    };
    runInContext(packScript("small", bytes()), createContext(page));
    const [[id, pieces]] = handedOver;
    expect(id).toBe("small");
    expect(pieces.slice(0, -1).every((piece) => piece.length % 4 === 0)).toBe(true);
    const back = Buffer.concat([...pieces].map((piece) => Buffer.from(piece, "base64")));
    expect(back.equals(Buffer.from(bytes()))).toBe(true);
  });

  it("that is cut short is refused", async () => {
    const cut = bytes().slice(0, -7);
    await expect(readPack(cut)).rejects.toThrow(/pack small: found \d+ bytes; expected the \d+/);
  });

  it("of which one byte is another is refused", async () => {
    const changed = bytes();
    changed[changed.length - 100] ^= 1;
    await expect(readPack(changed)).rejects.toThrow(/other bytes \(SHA-256 [0-9a-f]{64}\)/);
  });

  it("of another format is refused, and both are named", async () => {
    const text = Buffer.from(bytes()).toString("latin1").replace('"format":1,', '"format":2,');
    const other = Uint8Array.from(Buffer.from(text, "latin1"));
    await expect(readPack(other)).rejects.toThrow("found format 2; expected format 1");
  });

  it.each([
    ["nothing", ""],
    ["a text", "no pack at all\n"],
    ["other JSON", "{}\n"],
    ["JSON that is none", "null\n"],
  ])("that is %s is refused", async (_, text) => {
    const none = Uint8Array.from(Buffer.from(text));
    await expect(readPack(none)).rejects.toThrow("expected a pack of the playground");
  });
});
