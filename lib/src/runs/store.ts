import { createHash, type Hash } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "../files";
import { decodeResult, encodeResult } from "./encode";

/** What a result depends on: the step, its parameters and inputs, all of them. */
export interface RunKey {
  /** Name of the step, such as "autoencoder"; also the folder in the store. */
  readonly step: string;
  /** Parameters, seeds, backend, and hashes of input data. */
  readonly inputs: { readonly [name: string]: unknown };
}

/** Results that were computed before, by what they depend on. */
export interface RunStore {
  readonly folder: string;
  /** Hash of the code that computes; part of every key, so that changed code computes again. */
  readonly code: string;
  /** Told of a file whose bytes are not those that were written, once, before it is removed. */
  readonly onDamaged?: (text: string) => void;
  /** Told of each result that is taken from the store or added: step and name, "autoencoder/8f3a…". */
  readonly onUsed?: (result: string) => void;
}

/**
 * A store in a folder, for the code of this package as it stands.
 *
 * @param onDamaged told in a sentence of each stored file whose checksum fails; the terminal hears
 *   it when nobody else does
 */
export function openRunStore(
  folder: string,
  onDamaged: (text: string) => void = (text) => console.warn(text),
): RunStore {
  return { folder, code: codeHash(), onDamaged };
}

/** What long work leaves on its way, so that it can go on after it was stopped. */
export interface Checkpoint {
  /** What was saved last by work of the same key; null when there is none. */
  load(): object | null;
  save(state: object): void;
}

/** A result, and whether it was computed now or taken from the store. */
export interface StoredRun<T> {
  readonly result: T;
  readonly fromStore: boolean;
}

/**
 * The stored result for a key, or what compute gives, which is then stored. A stored file that is
 * cut short or changed, by its checksum, is said, counts as absent and is replaced.
 */
export async function storedRun<T extends object>(
  store: RunStore,
  key: RunKey,
  compute: (checkpoint: Checkpoint) => Promise<T>,
): Promise<StoredRun<T>> {
  const stored = findRun(store, key);
  if (stored !== null) return { result: stored as T, fromStore: true };
  const { whole, begun, told } = placesOf(store, key);
  const result = await compute({
    load: () => readSound(store, begun, "the training starts anew"),
    // Its checksum tells a half, which costs what was trained since the one before.
    save: (state) => writeWhole(begun, encodeResult(state), false),
  });
  // The key first: a result in the store can always be told from one of other code.
  writeWhole(told, `${canonicalJson(key, 2)}\n`);
  writeWhole(whole, encodeResult(result));
  rmSync(begun, { force: true });
  store.onUsed?.(resultName(store, key));
  return { result, fromStore: false };
}

/** The stored result for a key; null when there is none that is whole. */
export function findRun(store: RunStore, key: RunKey): object | null {
  const result = readSound(store, placesOf(store, key).whole, "it is computed anew");
  if (result !== null) store.onUsed?.(resultName(store, key));
  return result;
}

/** What a result is called in the store: its step, and its hash. */
function resultName(store: RunStore, key: RunKey): string {
  return `${key.step}/${runHash(store, key)}`;
}

/** Where a result lies, what it is of, and what has been begun of it. */
function placesOf(store: RunStore, key: RunKey) {
  const path = join(store.folder, resultName(store, key));
  return { whole: `${path}.run`, told: `${path}.key.json`, begun: `${path}.begun` };
}

function readSound(store: RunStore, path: string, remedy: string): object | null {
  const bytes = readShared(path);
  if (bytes === null) return null;
  const result = decodeResult(bytes);
  if (result === null) {
    store.onDamaged?.(`${path} is damaged (its checksum is not that of its bytes): ${remedy}`);
    // Another machine may have put a whole one there meanwhile.
    if (readShared(path)?.equals(bytes)) rmSync(path, { force: true });
  }
  return result;
}

/**
 * The bytes of a file that other machines may replace or remove at any moment; null where there is
 * none.
 */
export function readShared(path: string): Buffer | null {
  for (let again = true; ; again = false) {
    try {
      return readFileSync(path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ENOENT") return null;
      // Over NFS a file that was replaced while it was opened is stale, once.
      if (code !== "ESTALE" || !again) throw error;
    }
  }
}

/** The name of a key in the store: SHA-256 of its canonical JSON and of the code. */
export function runHash(store: RunStore, key: RunKey): string {
  const hash = createHash("sha256");
  hash.update(store.code).update(canonicalJson(key));
  return hash.digest("hex").slice(0, 32);
}

/** SHA-256 of the bytes of a typed array, for use in a key. */
export function contentHash(values: ArrayBufferView): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return createHash("sha256").update(bytes).digest("hex");
}

/** JSON with the keys of every object in alphabetical order, so that equal keys give equal text. */
export function canonicalJson(value: unknown, indent?: number): string {
  const sorted = (_key: string, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part;
  return JSON.stringify(value, sorted, indent);
}

/** Folders whose code decides what a result is; how it is drawn and shown is not among them. */
const computingFolders = ["baselines", "evaluation", "evidence", "formats", "grid", "manifest"];
const alsoComputing = [
  ...["comparators", "detectors", "models", "patches", "samples", "study", "training"],
];

function codeHash(): string {
  const hash = createHash("sha256");
  for (const folder of [...computingFolders, ...alsoComputing]) addCode(hash, join(root, folder));
  for (const file of readdirSync(root).filter((name) =>
    /^(random|tensorflow)\.[jt]s$/.test(name),
  )) {
    hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}

/**
 * Hash of all code of this package: what decides which results a step asks for, beside what decides
 * what they are.
 */
export function packageHash(): string {
  const hash = createHash("sha256");
  addCode(hash, root);
  return hash.digest("hex");
}

const root = join(__dirname, "..");

function addCode(hash: Hash, folder: string): void {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  for (const file of files.sort().filter((name) => /(?<!\.d)\.(js|ts|wasm)$/.test(name))) {
    hash.update(file).update(readFileSync(join(folder, file)));
  }
}
