import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { openRunStore } from "prospectivity";
import { InputError } from "../lib/src/errors";
import { storeFolder, variantFolder, variantNames } from "../lib/src/method/variant-files";
import { projectFolders } from "../lib/src/project";
import { readRun } from "../lib/src/runs/record-files";
import {
  damagedResults,
  pruneStore,
  type StoredResult,
  type StoreSize,
  storedResults,
  storeSizes,
} from "../lib/src/runs/store-care";
import { fromCaller, refuseUsage, runCommand } from "./command";

const root = resolve(__dirname, "..");

const usage = `npm run store -- verify|size|prune [options]

The run store keeps every training and derived map under a name that says what it hangs on. Any number
of machines may use one over a shared disk, and what is pruned is computed again when it is asked for.

  verify                reads every result and tells which are damaged; ends with 1 if any is
  size                  what the store holds of each step, and how much of it only older code would take
  prune --keep RUN      removes all results that RUN did not use; RUN is a study (its default and its
                        variants) or a folder with a run.json, as often as wanted or by comma
  prune --stale         removes what only other code than today's would take
    --try               only tells what would go

  --out FOLDER          the results folder whose store it is; results without it`;

/** What a store holds, line by line. */
export function sizeLines(sizes: readonly StoreSize[]): string[] {
  if (sizes.length === 0) return ["The store is empty."];
  const width = Math.max(...sizes.map(({ step }) => step.length));
  const lines = sizes.map(({ step, results, bytes, stale, staleBytes, begun }) => {
    const old = stale === 0 ? "" : `, of these ${stale} of other code (${mebibytes(staleBytes)})`;
    const on = begun === 0 ? "" : `, ${begun} begun`;
    return `${step.padEnd(width)}  ${String(results).padStart(6)} results, ${mebibytes(bytes)}${old}${on}`;
  });
  const bytes = sizes.reduce((sum, each) => sum + each.bytes, 0);
  return [...lines, `in all ${mebibytes(bytes)}`];
}

/** What went or would go, in a sentence. */
export function pruneSentence(
  gone: readonly StoredResult[],
  kept: number,
  isTrial: boolean,
): string {
  const bytes = gone.reduce((sum, each) => sum + each.bytes, 0);
  const verb = isTrial ? "would go" : "removed";
  return `${gone.length} results ${verb} (${mebibytes(bytes)}), ${kept} kept.`;
}

/**
 * The results that runs used.
 *
 * @param runs studies, with all their variants, or folders that hold a run.json
 * @throws InputError for a run that is not there, or was made before runs told what they used
 */
export function usedBy(results: string, runs: readonly string[]): ReadonlySet<string> {
  return new Set(
    runs.flatMap((run) => foldersOf(results, run).flatMap((folder) => resultsUsedIn(folder))),
  );
}

function foldersOf(results: string, run: string): string[] {
  const folder = fromCaller(run);
  if (existsSync(join(folder, "run.json"))) return [folder];
  const places = [results, ...variantNames(results).map((name) => variantFolder(results, name))];
  const found = places
    .map((place) => join(place, run))
    .filter((at) => existsSync(join(at, "run.json")));
  if (found.length > 0) return found;
  throw new InputError({
    kind: "missing-file",
    ...{ file: join(results, run, "run.json"), found: "no such run" },
    expected: "a study that has run, or a folder that holds a run.json",
    remedy: "Nothing was removed. Correct the name, or run the study first.",
  });
}

function resultsUsedIn(folder: string): string[] {
  return Object.entries(readRun(folder)?.notebooks ?? {}).flatMap(([id, { stored }]) => {
    if (stored !== undefined) return stored;
    throw new InputError({
      kind: "format",
      ...{ file: join(folder, "run.json"), field: `notebooks.${id}.stored`, found: "nothing" },
      expected: "the results that the notebook used",
      remedy: "Nothing was removed. Run the study again: its trainings come from the store.",
    });
  });
}

const mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      keep: { type: "string", multiple: true, default: [] },
      stale: { type: "boolean", default: false },
      try: { type: "boolean", default: false },
      out: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return console.log(usage);
  const [task, ...others] = positionals;
  const { stale, try: isTrial, out } = values;
  const results = out === undefined ? projectFolders(root).results : fromCaller(out);
  const store = openRunStore(storeFolder(results));
  const runs = values.keep.flatMap((list) => list.split(","));
  if (others.length > 0) refuseUsage(`${others.join(" ")} beside ${task}`, usage);
  switch (task) {
    case "verify": {
      const damaged = damagedResults(store);
      const count = storedResults(store).length;
      for (const name of damaged) console.log(`${join(store.folder, name)} is damaged`);
      console.log(`${count - damaged.length} of ${count} results are sound.`);
      if (damaged.length > 0) process.exitCode = 1;
      return;
    }
    case "size":
      return console.log(sizeLines(storeSizes(store)).join("\n"));
    case "prune": {
      if (runs.length === 0 && !stale) refuseUsage("prune needs --keep RUN or --stale", usage);
      const used = usedBy(results, runs);
      const count = storedResults(store).length;
      const gone = pruneStore(store, isKept, isTrial);
      return console.log(pruneSentence(gone, count - gone.length, isTrial));

      function isKept({ name, isOfThisCode }: StoredResult): boolean {
        return (runs.length === 0 || used.has(name)) && !(stale && isOfThisCode === false);
      }
    }
    default:
      refuseUsage(task === undefined ? "what to do?" : `unknown: ${task}`, usage);
  }
}

if (require.main === module) runCommand(main);
