import { sha256 } from "@noble/hashes/sha2";
import { bytesToHex } from "@noble/hashes/utils";
import { InputError } from "../../../lib/src/errors";
import type { PackedDistrict } from "../protocol";

/** Of packs as they are written and read here; another number is refused. */
export const FORMAT = 1;

/** A district as a pack holds it. */
export interface PackContent {
  readonly district: PackedDistrict;
  /** What occurrences of the study are called, such as "lode gold"; null to go by the commodity. */
  readonly occurrencesTitle: string | null;
  /** Places in district.occurrences of those that the study is about. */
  readonly own: readonly number[];
  /** Groups judged apart, by places in district.occurrences. */
  readonly groups: readonly {
    readonly id: string;
    readonly title: string;
    readonly members: readonly number[];
  }[];
  readonly crs: { readonly epsg: number | null; readonly name: string };
  /**
   * PCA error of each patch by district.parameters, as the baselines step gives it, and its components:
   * half a minute's work of 4,000 patches.
   */
  readonly pca: { readonly errors: Float64Array; readonly components: number };
  /** The evidence, unscaled, one array a layer: [height, width] from the north-west; nodata is NaN. */
  readonly layers: readonly Float32Array[];
}

/** The line of JSON that a pack begins with, before its deflated body. */
export interface PackHead {
  readonly pack: "prospectivity playground";
  readonly id: string;
  readonly format: number;
  /** Bytes of the body as it stands in the pack, and its SHA-256. */
  readonly length: number;
  readonly sha256: string;
}

/** SHA-256 of some bytes, hexadecimal; where a page is no secure context, browsers have none of their own. */
export function hashOf(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/** What a bad pack is refused with. */
export function badPack(id: string, found: string, expected: string): InputError {
  return new InputError({
    kind: "format",
    file: `pack ${id}`,
    ...{ found, expected },
    remedy: "Copy the playground's folder again, or build it anew by npm run playground.",
  });
}

/**
 * Bytes of float values so that they deflate well: all first bytes, then all second ones, and so on,
 * each less the one before it.
 */
export function shuffled(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const result = new Uint8Array(bytes.length);
  let to = 0;
  for (let plane = 0; plane < 4; plane++) {
    let before = 0;
    for (let at = plane; at < bytes.length; at += 4, to++) {
      result[to] = bytes[at] - before;
      before = bytes[at];
    }
  }
  return result;
}

/** The values that shuffled made these bytes of. */
export function unshuffled(bytes: Uint8Array): Float32Array {
  const count = bytes.length / 4;
  const values = new Float32Array(count);
  const result = new Uint8Array(values.buffer);
  let from = 0;
  for (let plane = 0; plane < 4; plane++) {
    let before = 0;
    for (let at = plane; at < result.length; at += 4, from++) {
      before = (before + bytes[from]) & 255;
      result[at] = before;
    }
  }
  return values;
}
