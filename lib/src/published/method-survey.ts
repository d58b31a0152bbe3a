import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { projectFolders } from "../project";
import { type Found, skipped } from "../skipped";
import { generatorShape, readShipped } from "./shipped-file";

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

const byGroup = <T extends z.ZodType>(of: T) => z.object({ main: of, all: of });
const areas = byGroup(z.number().nullable());

const shape: z.ZodType<MethodSurvey> = z.object({
  command: z.string(),
  generator: generatorShape,
  method: z.record(z.string(), z.unknown()),
  methods: z.array(z.object({ id: z.string(), name: z.string(), isTold: z.boolean() })),
  districts: z.array(
    z.object({
      ...{ seed: z.number(), patches: z.number(), folds: z.number() },
      holding: byGroup(z.number()),
      methods: z.record(
        z.string(),
        z.object({ inSample: areas, outOfFold: areas, seconds: z.number() }),
      ),
    }),
  ),
});

/**
 * Reads what `npm run synthetic -- --survey N --methods` left; none where it was never run.
 *
 * @throws InputError when the file holds anything else
 */
export function methodSurvey(): Found<MethodSurvey> {
  const path = join(projectFolders().root, "data", "published", "method-survey.json");
  if (!existsSync(path)) {
    return skipped("no survey of methods was made: npm run synthetic -- --survey 20 --methods");
  }
  return readShipped(path, shape, "npm run synthetic -- --survey 20 --methods");
}
