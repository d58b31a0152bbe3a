import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { InputError } from "../errors";
import { writeWhole } from "../files";
import { isTooDeep, TOO_DEEP } from "../json";
import { nearestNames } from "./nearest-names";
import { DEFAULT_NAME, type Variant, variantDifferences } from "./variant";

/** The folder among results that holds one folder a variant. */
export const VARIANTS_FOLDER = "variants";

const FILE = "variant.json";

const shape = z.strictObject({
  name: z.string().min(1),
  profile: z.enum(["paper", "smoke"]),
  settings: z.record(z.string(), z.unknown()),
});

/** Where a variant keeps its results, one folder a study as in results itself. */
export function variantFolder(results: string, name: string): string {
  return name === DEFAULT_NAME ? results : join(results, VARIANTS_FOLDER, name);
}

/** Names of the variants that a results folder holds. */
export function variantNames(results: string): string[] {
  const folder = join(results, VARIANTS_FOLDER);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, FILE)))
    .sort();
}

/**
 * The variant whose results a folder holds; null of a folder that holds those of the default.
 *
 * @throws InputError when its file holds anything else
 */
export function readVariant(folder: string): Variant | null {
  const path = join(folder, FILE);
  if (!existsSync(path)) return null;
  let found: string;
  try {
    const text = readFileSync(path, "utf8");
    if (isTooDeep(text)) throw new Error(TOO_DEEP);
    const parsed = shape.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    const [{ path: field, message }] = parsed.error.issues;
    found = `${field.join(".")}: ${message}`;
  } catch (error) {
    found = error instanceof Error ? error.message : String(error);
  }
  throw new InputError({
    kind: "format",
    ...{ file: path, found, expected: "name, profile and settings of a variant" },
    remedy: "Remove the variant's folder and run it again: trainings come from the run store.",
  });
}

/**
 * Keeps what a variant sets beside its results. A variant that is there is gone on with where it
 * sets the same.
 *
 * @returns the folder of its results
 * @throws InputError when one of that name sets something else
 */
export function keepVariant(results: string, variant: Variant): string {
  const folder = variantFolder(results, variant.name);
  const kept = readVariant(folder);
  const differences = kept === null ? [] : variantDifferences(variant, kept);
  if (kept !== null && differences.length > 0) {
    throw new InputError({
      kind: "parameter",
      ...{ file: folder, field: `variant ${variant.name}`, found: differences.join("; ") },
      expected: "the settings with which it was made",
      remedy: "Choose another --name, or remove its folder.",
    });
  }
  if (kept === null) writeWhole(join(folder, FILE), `${JSON.stringify(variant, null, 2)}\n`);
  return folder;
}

/**
 * The folder of a variant that is there, or of the default.
 *
 * @throws InputError that names those there are, the nearest first
 */
export function requireVariant(results: string, name: string): string {
  const names = variantNames(results);
  if (name === DEFAULT_NAME || names.includes(name)) return variantFolder(results, name);
  const known = nearestNames(name, [DEFAULT_NAME, ...names], names.length + 1);
  throw new InputError({
    kind: "parameter",
    ...{ file: join(results, VARIANTS_FOLDER), field: "variant", found: `"${name}"` },
    expected: `one of those there are: ${known.slice(0, 12).join(", ")}`,
    remedy: `npm run study -- --name NAME --set PARAMETER=VALUE makes one.`,
  });
}

/** Where the trainings of a results folder are kept: variants share the store of all. */
export function storeFolder(results: string): string {
  return join(readVariant(results) === null ? results : join(results, "..", ".."), ".runs");
}
