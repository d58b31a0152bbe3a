import { accessSync, constants, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { InputError } from "../lib/src/errors";
import { removeAbandonedParts } from "../lib/src/files";
import { keepVariant } from "../lib/src/method/variant-files";
import { runCommand } from "./command";
import { compareVariants } from "./compare/compare-variants";
import { generatedDistrict, makeGeneratedDistrict } from "./generated-district";
import type { NotebookRun } from "./jupyter/execute";
import type { PlacedPlan } from "./placed-plan";
import { reportOn, runStudy } from "./run-study";
import { sayDuration } from "./say-duration";
import { stoppedExitCode, stopSignal } from "./stop-signal";
import { readStudyOptions, type StudyOptions } from "./study-options";

const root = resolve(__dirname, "..");

/** Runs notebooks on studies, and writes a report of each; of a sweep, a comparison of its variants. */
async function main(): Promise<void> {
  const options = readStudyOptions(root, process.argv.slice(2));
  const { results, plans, studies, isSweep } = options;
  requireWritable(results);
  // All before the first runs: a name that was used otherwise is refused at once.
  const placed = plans.map((plan): PlacedPlan => {
    const { variant } = plan;
    return { ...plan, folder: variant === null ? results : keepVariant(results, variant) };
  });
  sayDuration(root, placed, options);
  const signal = stopSignal((text) => console.log(text));
  let hasFailed = false;
  for (const plan of placed) {
    for (const study of studies) {
      const isWhole = await runPlan(study, plan, options, signal);
      if (signal.aborted) {
        process.exitCode = stoppedExitCode;
        return;
      }
      hasFailed ||= !isWhole;
    }
  }
  if (hasFailed) {
    if (isSweep) console.error("\nNot compared, since a variant failed: see above.");
    process.exitCode = 1;
  } else if (isSweep) {
    const names = plans.flatMap(({ variant }) => (variant === null ? [] : [variant.name]));
    const isWhole = await compareVariants({ root, results, names, studies }, signal);
    if (!isWhole) process.exitCode = signal.aborted ? stoppedExitCode : 1;
  }
}

/** Runs one plan on one study and says how it went; whether all of it ran. */
async function runPlan(
  study: string,
  plan: PlacedPlan,
  options: StudyOptions,
  signal: AbortSignal,
): Promise<boolean> {
  const started = Date.now();
  const { variant, profile, folder } = plan;
  if (study === generatedDistrict) makeGeneratedDistrict(root);
  const named = variant === null ? study : `${study}, variant ${variant.name}`;
  console.log(`\n${named}, profile ${profile}, into ${join(folder, study)}`);
  const runs = await runStudy(study, plan, options, signal);
  if (signal.aborted) {
    printStop(runs);
    // What was written on the way says that the others are running.
    if (runs.some(({ failure }) => failure === null)) await reportOn(join(folder, study), runs);
    return false;
  }
  const failure = runs.find((run) => run.failure !== null);
  const report = await reportOn(join(folder, study), runs);
  if (failure !== undefined) {
    printFailure(failure, report);
    return false;
  }
  const minutes = ((Date.now() - started) / 60_000).toFixed(1);
  const count = `${runs.length} of ${options.notebooks.length} notebooks`;
  console.log(`${named}: ran ${count} in ${minutes} min. Report: ${report}`);
  return true;
}

function printStop(runs: readonly NotebookRun[]): void {
  const whole = runs.filter(({ failure }) => failure === null);
  const last = runs.find(({ failure }) => failure !== null);
  if (last !== undefined) {
    console.log(`\nStopped in ${last.notebook}, code cell ${last.failure?.cell}.`);
    if (last.stopped !== null && last.stopped !== "") console.log(last.stopped);
  }
  console.log(
    `Kept: ${whole.length} whole notebook${whole.length === 1 ? "" : "s"}, all finished trainings and the last checkpoint of each unfinished one. Run the same command again: it goes on from there.`,
  );
}

function printFailure({ notebook, failure, outputPath }: NotebookRun, report: string): void {
  if (failure === null) return;
  const source = failure.source.replace(/^/gm, "  | ");
  console.error(
    `\n${notebook}, code cell ${failure.cell} failed:\n${source}\n\n${failure.message}\n\nKept: ${outputPath}\nReport: ${report}`,
  );
}

/**
 * Said before the first notebook runs, not after an hour of training. What a killed run left
 * half-written goes.
 */
function requireWritable(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    removeAbandonedParts(folder);
  } catch (cause) {
    throw new InputError({
      kind: "storage",
      file: folder,
      found: cause instanceof Error ? cause.message : String(cause),
      expected: "a folder for results that can be written",
      remedy: "Mend its permissions, or choose another folder with --out.",
    });
  }
}

if (require.main === module) {
  runCommand(main);
}
