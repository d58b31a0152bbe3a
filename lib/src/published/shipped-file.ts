import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { InputError } from "../errors";

/**
 * A JSON file that is shipped under data/published, or that a command left there.
 *
 * @param madeBy the command that writes it
 * @throws InputError when there is no such file, or it holds anything else
 */
export function readShipped<T>(path: string, shape: z.ZodType<T>, madeBy: string): T {
  const remedy = `Take the shipped file back (git checkout -- ${path}), or make it anew: ${madeBy}.`;
  const refuse = (found: string, field?: string) =>
    new InputError({
      ...{ kind: "format", file: path, ...(field !== undefined && { field }) },
      ...{ found, expected: `what ${madeBy} leaves there`, remedy },
    });
  if (!existsSync(path)) {
    const missing = { kind: "missing-file", file: path, found: "no such file" } as const;
    throw new InputError({ ...missing, expected: `what ${madeBy} leaves there`, remedy });
  }
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error));
  }
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw refuse(first.message, first.path.join("."));
}

/** Hashes of the files of the district of seed 1, by which a generator is known. */
export const generatorShape = z.record(z.string(), z.string());
