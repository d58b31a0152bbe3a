import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Profile } from "../lib/src/method/parameters";
import { type RunFile, readRun } from "../lib/src/runs/record-files";

/**
 * What a study takes in all over its trainings and its notebooks: evidence, fits and the starts of
 * processes, which nobody counts one by one. On two cores at paper settings 1.45 for golden-triangle,
 * 1.43 for murchison, 1.33 for hezuo-synthetic (30 November 2026).
 */
const WITH_ALL_ELSE = 1.4;

/** What is going to run. */
export interface AskedRun {
  readonly study: string;
  readonly profile: Profile;
  /** Ids of the notebooks that will run, not of those that are kept. */
  readonly notebooks: readonly string[];
  /** Folder of the study's results, of which there may be earlier ones. */
  readonly results: string;
}

/** A machine as far as it decides how long a study takes. */
export interface Machine {
  readonly cores: number;
  /** As coreSpeed tells it. */
  readonly speed: number;
}

/** How long notebooks took once, on a machine that is known. */
export interface ReferenceDurations {
  readonly machine: Machine;
  /**
   * By profile, study and notebook: seconds of the trainings that no notebook before it asks for, added
   * up over processes, and of the notebook itself, beside others. Cores share all of it.
   */
  readonly seconds: {
    readonly [profile: string]: {
      readonly [study: string]: { readonly [notebook: string]: readonly [number, number] };
    };
  };
}

/** How long a run may take, and by what that is known. */
export interface ExpectedDuration {
  readonly seconds: number;
  /** Whether all, some or none of it is how long the same took here before. */
  readonly known: "here" | "partly" | "elsewhere";
  /** Studies of which nothing is known until they have run once. */
  readonly unknown: readonly string[];
}

/** Durations of the shipped studies, as they were taken. */
export function readReference(): ReferenceDurations {
  return JSON.parse(readFileSync(join(__dirname, "study-durations.json"), "utf8"));
}

/**
 * Seconds of each notebook that a record tells of: of the trainings that none before it asked for,
 * whatever process computed them and when, and of all else. One that failed tells nothing.
 *
 * @param cores that a notebook shares among the trainings that it computes itself
 * @returns by profile and notebook
 */
export function durationsOf(
  { notebooks = {}, durations = {} }: RunFile,
  cores: number,
): Record<string, Record<string, readonly [number, number]>> {
  const found: Record<string, Record<string, readonly [number, number]>> = {};
  const counted = new Set<string>();
  const inOrder = Object.entries(notebooks).sort(([one], [other]) => (one < other ? -1 : 1));
  for (const [id, { trials, profile }] of inOrder) {
    const took = durations[id];
    if (took?.status !== "ok") continue;
    // A training is known by how long it took, to the last digit, where notebooks call it differently.
    const first = trials.filter(({ seconds }) => !counted.has(String(seconds)));
    for (const { seconds } of trials) counted.add(String(seconds));
    const own = secondsOf(trials.filter(({ fromStore }) => !fromStore));
    const rest = Math.max(0, took.seconds - own / cores);
    found[String(profile)] ??= {};
    found[String(profile)][id] = [Math.round(secondsOf(first)), Math.round(rest)];
  }
  return found;
}

function secondsOf(trials: readonly { readonly seconds: number }[]): number {
  return trials.reduce((sum, { seconds }) => sum + seconds, 0);
}

/**
 * How long runs may take, one study after another: each notebook and its trainings as long as they took
 * here before in the same profile, else as long as on the machine of the reference, by the speed of this
 * one. The cores share them, but a study takes no less than its longest notebook. What an earlier run
 * has left in the run store makes it quicker; a changed parameter may make it slower.
 */
export function expectedDuration(
  runs: readonly AskedRun[],
  machine: Machine,
  reference: ReferenceDurations,
): ExpectedDuration {
  const isHere: boolean[] = [];
  const unknown: string[] = [];
  let seconds = 0;
  for (const { study, profile, notebooks, results } of runs) {
    const record = readRun(results);
    const before = record === null ? undefined : durationsOf(record, machine.cores)[profile];
    const there = reference.seconds[profile]?.[study];
    const slower = reference.machine.speed / machine.speed;
    let [all, longest] = [0, 0];
    for (const notebook of notebooks) {
      const here = before?.[notebook];
      const known = here ?? there?.[notebook]?.map((part) => part * slower);
      if (known === undefined) {
        unknown.push(study);
        continue;
      }
      isHere.push(here !== undefined);
      all += known[0] + known[1];
      longest = Math.max(longest, known[1]);
    }
    seconds += Math.max(longest, (WITH_ALL_ELSE * all) / machine.cores);
  }
  return {
    seconds,
    known: isHere.every(Boolean) ? "here" : isHere.some(Boolean) ? "partly" : "elsewhere",
    unknown: [...new Set(unknown)],
  };
}

/** What is said of it before the first notebook starts; null where nothing is to run. */
export function durationSentence({ seconds, known, unknown }: ExpectedDuration): string | null {
  const others =
    unknown.length === 1
      ? `How long ${unknown[0]} takes is not known before it has run once.`
      : `How long ${unknown.slice(0, -1).join(", ")} and ${unknown.at(-1)} take is not known before they have run once.`;
  if (seconds === 0) return unknown.length === 0 ? null : others;
  const by = {
    here: "as it did here before",
    partly: "partly by how long it took here before, else by this machine's speed",
    elsewhere: "by this machine's speed; less where trainings have been done",
  }[known];
  const sentence = `This will take about ${durationText(seconds)}, ${by}.`;
  return unknown.length === 0 ? sentence : `${sentence} ${others}`;
}

/** Rounded to what such a guess is worth. */
function durationText(seconds: number): string {
  const minutes = seconds / 60;
  if (minutes < 1.5) return minutes < 0.75 ? "half a minute" : "a minute";
  if (minutes < 10) return `${Math.round(minutes)} minutes`;
  if (minutes < 90) return `${5 * Math.round(minutes / 5)} minutes`;
  return `${(Math.round(minutes / 30) / 2).toFixed(1).replace(".0", "")} hours`;
}
