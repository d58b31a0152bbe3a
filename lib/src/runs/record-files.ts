import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { InputError } from "../errors";
import { isTooDeep, TOO_DEEP } from "../json";
import { fileName } from "../manifest/field-schemas";

// Fields that nobody reads here are kept as they are: others, later ones too, may have use for them.
const metrics = z.record(
  z.string(),
  z.looseObject({
    value: z.number(),
    interval: z.tuple([z.number(), z.number()]).exactOptional(),
    n: z.number().exactOptional(),
    notebook: z.string(),
    profile: z.string(),
    seed: z.number(),
  }),
);

const trial = z.looseObject({ label: z.string(), seconds: z.number(), fromStore: z.boolean() });

const run = z.looseObject({
  variant: z.looseObject({ name: z.string() }).exactOptional(),
  study: z
    .looseObject({ id: z.string(), title: z.string(), kind: z.enum(["real", "synthetic"]) })
    .exactOptional(),
  notebooks: z
    .record(
      z.string(),
      z.looseObject({
        trials: z.array(trial),
        stored: z.array(z.string()).exactOptional(),
        files: z.array(fileName).exactOptional(),
      }),
    )
    .exactOptional(),
  durations: z.record(z.string(), z.looseObject({ seconds: z.number() })).exactOptional(),
});

/** metrics.json as it stands in a file. */
export type MetricsFile = z.infer<typeof metrics>;
/** run.json: without a study and notebooks where none of these has opened yet. */
export type RunFile = z.infer<typeof run>;

/**
 * The metrics of a study's results; none where there is no file.
 *
 * @throws InputError when the file holds anything else
 */
export function readMetrics(results: string): MetricsFile {
  return recordIn(results, "metrics.json", metrics) ?? {};
}

/**
 * The record of a study's results; null where there is none. The files that it names lie within the
 * results.
 *
 * @throws InputError when the file holds anything else
 */
export function readRun(results: string): RunFile | null {
  return recordIn(results, "run.json", run);
}

function recordIn<T>(results: string, name: string, shape: z.ZodType<T>): T | null {
  const path = join(results, name);
  if (!existsSync(path)) return null;
  const refuse = (found: string, field?: string) =>
    new InputError({
      kind: "format",
      ...{ file: path, found, expected: "what the notebooks of this project left there" },
      ...(field !== undefined && { field }),
      remedy: "Take the file away and run the notebooks again: trainings come from the run store.",
    });
  let value: unknown;
  try {
    const text = readFileSync(path, "utf8");
    if (isTooDeep(text)) throw new Error(TOO_DEEP);
    value = JSON.parse(text);
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error));
  }
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const [{ path: field, message }] = parsed.error.issues;
  throw refuse(message, field.join("."));
}
