import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../lib/src/errors";
import { decodeResult, encodeResult } from "../../lib/src/runs/encode";
import { type Checkpoint, findRun, runHash, storedRun } from "../../lib/src/runs/store";
import { trainingControl } from "../../lib/src/runs/training-control";
import { type Mutate, mutateBytes, oneOf } from "./mutations";
import type { FuzzReader } from "./reader";
import { mutateJson } from "./text-mutations";

const RESULTS = {
  plain: { name: "CAE b", none: null, thresholds: [Infinity, 0.5, -Infinity], bytes: 12 },
  arrays: {
    errors: Float64Array.from([1.5, Number.NaN, 3]),
    nested: [{ weights: Float32Array.from([0.1, 2]), bytes: Uint8Array.from([1, 2, 3]) }],
    order: Uint32Array.from([3, 2, 1]),
    signs: Int32Array.from([-1, 1]),
  },
  state: {
    epoch: 3,
    history: { loss: [0.5, 0.4, 0.3] },
    state: new Float32Array(416).fill(0.25),
  },
};

/** Bytes before the part that the checksum is of: the mark and the checksum itself. */
const HEAD = 8 + 32;

/** The head that makes any content count as whole. */
function sealed(body: Buffer): Buffer {
  const sum = createHash("sha256").update(body).digest();
  return Buffer.concat([Buffer.from("PROSPECT"), sum, body]);
}

/** Content changed, with the checksum of what it was changed to. */
const resealed: Mutate = (bytes, other, random) =>
  sealed(mutateBytes(bytes.subarray(HEAD), other.subarray(HEAD), random));

/** The JSON part changed as JSON, with its length and checksum as they must be. */
const resealedJson: Mutate = (bytes, other, random) => {
  const [json, arrays] = parts(bytes);
  const changed = mutateJson(json, parts(other)[0], random);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(changed.length);
  return sealed(Buffer.concat([length, changed, arrays]));
};

function parts(bytes: Buffer): readonly [Buffer, Buffer] {
  const end = HEAD + 4 + bytes.readUInt32LE(HEAD);
  return [bytes.subarray(HEAD + 4, end), bytes.subarray(end)];
}

/** Bytes that typed arrays of a value take, and how deep it is. */
function measured(value: unknown): { readonly bytes: number; readonly depth: number } {
  if (ArrayBuffer.isView(value)) return { bytes: value.byteLength, depth: 0 };
  if (typeof value !== "object" || value === null) return { bytes: 0, depth: 0 };
  const all = Object.values(value).map(measured);
  const depth = 1 + all.reduce((most, part) => Math.max(most, part.depth), 0);
  return { bytes: all.reduce((sum, part) => sum + part.bytes, 0), depth };
}

function unsound(value: unknown, bytes: Buffer): string | null {
  if (value === null) return null;
  if (typeof value !== "object") return `a ${typeof value} for a result`;
  return measured(value).bytes > bytes.length ? "arrays of more bytes than the file has" : null;
}

/** Entries of the run store and checkpoints: a sound result or none, and never an error. */
export const runs: FuzzReader = {
  samples: async () =>
    Object.entries(RESULTS).map(([name, value]) => ({
      name,
      bytes: Buffer.from(encodeResult(value)),
    })),
  mutate: oneOf(mutateBytes, resealed, resealedJson, resealedJson),
  async read(bytes, _, { results }) {
    let decoded: object | null;
    try {
      decoded = decodeResult(bytes);
    } catch (error) {
      return `threw ${String(error)}`;
    }
    const wrong = unsound(decoded, bytes);
    if (wrong !== null) return wrong;
    const { resume } = trainingControl({ load: () => decoded, save: () => {} }, undefined, 1);
    if (resume !== undefined && !(resume.epoch % 1 === 0 && resume.state.length >= 0)) {
      return "a training that goes on from nowhere";
    }
    const store = { folder: join(results, ".runs"), code: "code" };
    const key = { step: "step", inputs: { seed: 1 } };
    const folder = join(store.folder, key.step);
    mkdirSync(folder, { recursive: true });
    const name = runHash(store, key);
    writeFileSync(join(folder, `${name}.begun`), bytes);
    const compute = async (checkpoint: Checkpoint) => ({ isThere: checkpoint.load() !== null });
    const { result } = await storedRun(store, key, compute);
    if (result.isThere !== (decoded !== null)) return "a checkpoint that is not what it holds";
    if (readdirSync(folder).includes(`${name}.begun`)) return "a checkpoint that stays";
    writeFileSync(join(folder, `${name}.run`), bytes);
    if ((findRun(store, key) === null) !== (decoded === null)) return "another result of its file";
    const again = await storedRun(store, key, async () => ({ isThere: true }));
    if (again.fromStore !== (decoded !== null)) return "a damaged result that is not replaced";
    // What was made of a damaged file is whole.
    const kept = decodeResult(readFileSync(join(folder, `${name}.run`)));
    if (kept === null) return "an entry that is not mended";
    if (decoded !== null) return null;
    // Counted as the readers' refusals are.
    const words = { found: "no result", expected: "a result" };
    throw new InputError({ kind: "storage", ...words });
  },
};
