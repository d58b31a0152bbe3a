import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Profile } from "../lib/src/method/parameters";
import { readRun } from "../lib/src/runs/record-files";

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
   * By profile, study and notebook: seconds of the trainings, added up over cores, which more cores
   * share, and of all else, which they do not.
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
 * How long runs may take: each notebook as long as it took here before in the same profile, else as
 * long as on the machine of the reference, by the speed and the cores of this one. What an earlier run
 * has left in the run store makes notebooks quicker; a changed parameter may make them slower.
 */
export function expectedDuration(
  runs: readonly AskedRun[],
  machine: Machine,
  reference: ReferenceDurations,
): ExpectedDuration {
  const parts = runs.flatMap(({ study, profile, notebooks, results }) => {
    const record = readRun(results);
    return notebooks.map((notebook) => {
      const isSame = record?.notebooks?.[notebook]?.profile === profile;
      const here = isSame ? record?.durations?.[notebook] : undefined;
      if (here?.status === "ok") return { study, seconds: here.seconds, isHere: true };
      const [training, rest] = reference.seconds[profile]?.[study]?.[notebook] ?? [];
      if (training === undefined || rest === undefined) return { study, seconds: null };
      const there = training / machine.cores + rest;
      return { study, seconds: (there * reference.machine.speed) / machine.speed, isHere: false };
    });
  });
  const isHere = parts.filter(({ seconds }) => seconds !== null).map((part) => part.isHere);
  return {
    seconds: parts.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0),
    known: isHere.every(Boolean) ? "here" : isHere.some(Boolean) ? "partly" : "elsewhere",
    unknown: [...new Set(parts.flatMap(({ study, seconds }) => (seconds === null ? study : [])))],
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
