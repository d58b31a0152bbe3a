import { badPack, FORMAT, hashOf, type PackContent, type PackHead, unshuffled } from "./format";

/**
 * The district that a pack holds.
 *
 * @throws InputError where the bytes are no pack, one of another format, cut short or changed
 */
export async function readPack(bytes: Uint8Array<ArrayBuffer>): Promise<PackContent> {
  const { head, body } = headOf(bytes);
  if (head.format !== FORMAT) {
    throw badPack(head.id, `format ${head.format}`, `format ${FORMAT}, which this page reads`);
  }
  if (body.length !== head.length) {
    throw badPack(head.id, `${body.length} bytes`, `the ${head.length} that it was written with`);
  }
  const hash = hashOf(body);
  if (hash !== head.sha256) {
    throw badPack(head.id, `other bytes (SHA-256 ${hash})`, `those of SHA-256 ${head.sha256}`);
  }
  return contentOf(await inflated(body));
}

function headOf(bytes: Uint8Array<ArrayBuffer>) {
  const end = bytes.subarray(0, 4096).indexOf(10);
  try {
    const head = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end))) as PackHead;
    if (head.pack === "prospectivity playground") return { head, body: bytes.subarray(end + 1) };
  } catch {
    // Said below.
  }
  throw badPack("without a name", "something else", "a pack of the playground");
}

async function inflated(body: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([body]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The JSON of a pack. */
type Written = Omit<PackContent, "layers" | "pca"> & { readonly components: number };

function contentOf(bytes: Uint8Array): PackContent {
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const text = new TextDecoder().decode(bytes.subarray(4, 4 + length));
  const { components, ...content } = JSON.parse(text) as Written;
  const { layers, width, height } = content.district;
  const layerBytes = width * height * 4;
  const errorsFrom = 4 + length + layers.length * layerBytes;
  const errors = new Float64Array(bytes.slice(errorsFrom).buffer);
  return {
    ...content,
    pca: { errors, components },
    layers: layers.map((_, layer) => {
      const from = 4 + length + layer * layerBytes;
      return unshuffled(bytes.subarray(from, from + layerBytes));
    }),
  };
}
