import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { decodeResult } from "./encode";
import { type RunKey, type RunStore, readShared, runHash } from "./store";

/** A result in the run store, or what has been begun of one. */
export interface StoredResult {
  /** Step and hash, such as "autoencoder/8f3a…". */
  readonly name: string;
  /** The step, such as "autoencoder". */
  readonly step: string;
  readonly isWhole: boolean;
  /** Of result and key together. */
  readonly bytes: number;
  /** Whether the code as it stands would take it; null where its key is missing or cannot be read. */
  readonly isOfThisCode: boolean | null;
}

/** What a store holds of one step. */
export interface StoreSize {
  readonly step: string;
  readonly results: number;
  readonly bytes: number;
  /** Of these, those that only other code than today's would take. */
  readonly stale: number;
  readonly staleBytes: number;
  /** Trainings that were stopped on their way. */
  readonly begun: number;
}

const ENDINGS = [".run", ".begun"] as const;

/** What a store holds, step by step and by name; nothing where there is no store. */
export function storedResults(store: RunStore): StoredResult[] {
  return filesOf(store.folder).flatMap((path) => {
    const ending = ENDINGS.find((each) => path.endsWith(each));
    if (ending === undefined) return [];
    const name = path.slice(0, -ending.length);
    const [step] = name.split("/");
    const isWhole = ending === ".run";
    const bytes = bytesOf(store, path) + (isWhole ? bytesOf(store, `${name}.key.json`) : 0);
    return [{ name, step, isWhole, bytes, isOfThisCode: isOfThisCode(store, name) }];
  });
}

/** The results whose bytes are not those that were written; one is in memory at a time. */
export function damagedResults(store: RunStore): string[] {
  return storedResults(store)
    .filter(({ name, isWhole }) => {
      const bytes = readShared(join(store.folder, `${name}${isWhole ? ".run" : ".begun"}`));
      return bytes !== null && decodeResult(bytes) === null;
    })
    .map(({ name }) => name);
}

/** What a store holds of each step, the largest first. */
export function storeSizes(store: RunStore): StoreSize[] {
  const sizes = new Map<string, StoreSize>();
  for (const { step, isWhole, bytes, isOfThisCode } of storedResults(store)) {
    const so = sizes.get(step) ?? none(step);
    const isStale = isWhole && isOfThisCode === false;
    sizes.set(step, {
      step,
      results: so.results + Number(isWhole),
      bytes: so.bytes + bytes,
      stale: so.stale + Number(isStale),
      staleBytes: so.staleBytes + (isStale ? bytes : 0),
      begun: so.begun + Number(!isWhole),
    });
  }
  return [...sizes.values()].sort((one, other) => other.bytes - one.bytes);
}

/**
 * Removes what nobody is to keep, results that were begun among it.
 *
 * @param keeps whether a result stays
 * @param isTrial only tells what would go
 * @returns what went, or would
 */
export function pruneStore(
  store: RunStore,
  keeps: (result: StoredResult) => boolean,
  isTrial = false,
): StoredResult[] {
  const going = storedResults(store).filter((result) => !keeps(result));
  if (isTrial) return going;
  for (const { name, isWhole } of going) {
    const path = join(store.folder, name);
    // The result goes first: a key without one is no harm.
    for (const ending of isWhole ? [".run", ".key.json"] : [".begun"]) {
      rmSync(`${path}${ending}`, { force: true });
    }
  }
  return going;
}

const none = (step: string): StoreSize => ({
  ...{ step, results: 0, bytes: 0, stale: 0, staleBytes: 0, begun: 0 },
});

function filesOf(folder: string): string[] {
  try {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
    return files.map((path) => path.replaceAll("\\", "/")).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function bytesOf(store: RunStore, path: string): number {
  return statSync(join(store.folder, path), { throwIfNoEntry: false })?.size ?? 0;
}

/** Only code that is the same gives the same name to a key. */
function isOfThisCode(store: RunStore, name: string): boolean | null {
  try {
    const text = readFileSync(join(store.folder, `${name}.key.json`), "utf8");
    const key = JSON.parse(text) as RunKey;
    return `${key.step}/${runHash(store, key)}` === name;
  } catch {
    return null;
  }
}
