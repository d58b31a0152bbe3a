import { join } from "node:path";
import { z } from "zod";
import { projectFolders } from "../project";
import type { Row } from "../tables/table";
import { generatorShape, readShipped } from "./shipped-file";

/** One number of generated districts, over those that the generator was not calibrated on. */
export interface SurveyedNumber {
  readonly key: string;
  readonly what: string;
  /** What the paper prints for Hezuo; null where it prints nothing. */
  readonly published: number | null;
  readonly median: number;
  /** 5 and 95 % quantiles over districts. */
  readonly low: number;
  readonly high: number;
}

/** Numbers of many generated districts, as data/published/synthetic-survey.json keeps them. */
export interface SyntheticSurvey {
  /** The command that made it. */
  readonly command: string;
  readonly seeds: readonly number[];
  /** SHA-256 of the files of the district of seed 1, by which its generator is known. */
  readonly generator: { readonly [file: string]: string };
  readonly method: unknown;
  readonly numbers: readonly SurveyedNumber[];
  /** Mean AUC over districts whose occurrences lie anywhere: that of a method that leaks nothing is 0.5. */
  readonly anywhereAuc: number;
}

const shape: z.ZodType<SyntheticSurvey> = z.object({
  command: z.string(),
  seeds: z.array(z.number()),
  generator: generatorShape,
  method: z.unknown(),
  numbers: z.array(
    z.object({
      ...{ key: z.string(), what: z.string(), published: z.number().nullable() },
      ...{ median: z.number(), low: z.number(), high: z.number() },
    }),
  ),
  anywhereAuc: z.number(),
});

/**
 * Reads what `npm run synthetic -- --survey` left.
 *
 * @throws InputError when there is no such file, or it holds anything else
 */
export function syntheticSurvey(): SyntheticSurvey {
  const path = join(projectFolders().root, "data", "published", "synthetic-survey.json");
  return readShipped(path, shape, "npm run synthetic -- --survey 20");
}

/** One row a number: published for Hezuo, median and range over generated districts. */
export function surveyRows({ numbers }: Pick<SyntheticSurvey, "numbers">): Row[] {
  return numbers.map(({ what, published, median, low, high }) => ({
    number: what,
    "published (Hezuo)": published,
    "median (synthetic)": median,
    "5 %": low,
    "95 %": high,
  }));
}
