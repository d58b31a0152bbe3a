import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolders } from "../project";
import { type Found, skipped } from "../skipped";

/** Under which occurrences a method is judged: those of the main commodity, which told methods learn, and all. */
export type SurveyedGroup = "main" | "all";

/** What one method came to on one generated district. */
export interface SurveyedMethod {
  /** AUC on the ground that it was fitted to; null where it has no score. */
  readonly inSample: { readonly [group in SurveyedGroup]: number | null };
  /** AUC on ground that it has not seen, by spatial folds. */
  readonly outOfFold: { readonly [group in SurveyedGroup]: number | null };
  /** That fitting and scoring took, folds included. */
  readonly seconds: number;
}

/** Every method on one generated district. */
export interface SurveyedDistrict {
  readonly seed: number;
  /** Patches, those that hold an occurrence of the group, and spatial folds. */
  readonly patches: number;
  readonly holding: { readonly [group in SurveyedGroup]: number };
  readonly folds: number;
  /** By the id of the method. */
  readonly methods: { readonly [id: string]: SurveyedMethod };
}

/** Every method on many generated districts, as data/published/method-survey.json keeps it. */
export interface MethodSurvey {
  /** The command that made it. */
  readonly command: string;
  /** SHA-256 of the files of the district of seed 1, by which its generator is known. */
  readonly generator: { readonly [file: string]: string };
  /** The parameters that decide its numbers. */
  readonly method: { readonly [name: string]: unknown };
  readonly methods: readonly {
    readonly id: string;
    readonly name: string;
    readonly isTold: boolean;
  }[];
  readonly districts: readonly SurveyedDistrict[];
}

/** Reads what `npm run synthetic -- --survey N --methods` left; none where it was never run. */
export function methodSurvey(): Found<MethodSurvey> {
  const path = join(projectFolders().root, "data", "published", "method-survey.json");
  if (!existsSync(path)) {
    return skipped("no survey of methods was made: npm run synthetic -- --survey 20 --methods");
  }
  return JSON.parse(readFileSync(path, "utf8")) as MethodSurvey;
}
