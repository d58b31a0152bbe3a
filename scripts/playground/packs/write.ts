import { deflateSync } from "node:zlib";
import { FORMAT, hashOf, type PackContent, type PackHead, shuffled } from "./format";

/** The bytes of a pack: a line of JSON, then deflated the district's JSON, its layers and PCA errors. */
export function packBytes({ layers, pca, ...content }: PackContent): Uint8Array {
  const { errors, components } = pca;
  const text = new TextEncoder().encode(JSON.stringify({ ...content, components }));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, text.length, true);
  const arrays = [...layers.map(shuffled), new Uint8Array(errors.slice().buffer)];
  const body = deflateSync(Buffer.concat([length, text, ...arrays]), { level: 9 });
  const head: PackHead = {
    pack: "prospectivity playground",
    id: content.district.id,
    format: FORMAT,
    length: body.length,
    sha256: hashOf(body),
  };
  return Buffer.concat([new TextEncoder().encode(`${JSON.stringify(head)}\n`), body]);
}

/** Base64 characters that a page decodes at once, without being held up: whole groups of four. */
const CHARACTERS_AT_ONCE = 2 ** 20;

/**
 * A pack as a classic script, which a page opened from a disk can load too: it hands over the pack's id
 * and its bytes, in pieces of base64.
 */
export function packScript(id: string, bytes: Uint8Array): string {
  const base64 = Buffer.from(bytes).toString("base64");
  const pieces = Array.from({ length: Math.ceil(base64.length / CHARACTERS_AT_ONCE) }, (_, at) =>
    base64.slice(at * CHARACTERS_AT_ONCE, (at + 1) * CHARACTERS_AT_ONCE),
  );
  const lines = pieces.map((piece) => `"${piece}"`).join(",\n");
  return `playgroundPack(${JSON.stringify(id)}, [\n${lines}\n]);\n`;
}
