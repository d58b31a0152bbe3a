import { join } from "node:path";
import { InputError } from "../errors";
import type { ComparedVariant } from "../findings/compared-variant";
import { applyMethod } from "../method/apply";
import type { MethodFile } from "../method/parameters";
import { DEFAULT_NAME } from "../method/variant";
import { readVariant, requireVariant } from "../method/variant-files";
import { readMetrics, readRun } from "../runs/record-files";
import { recordedStudies } from "../runs/recorded";
import { recordedParameters } from "../runs/recorded-parameters";

/** The notebook that trains both networks of a variant, and the last number that it keeps. */
const WHOLE = { notebook: "07-prospectivity-map", metric: "map.newAreaShare" } as const;

/** What a variant has on record of a study. */
export type RecordedVariant = Pick<
  ComparedVariant,
  "name" | "method" | "changes" | "metrics" | "notebooks"
>;

/** Studies of which a variant has results, whole or not. */
export function variantStudies(folder: string, known: readonly string[]): string[] {
  return known.filter((study) => readRun(join(folder, study))?.notebooks !== undefined);
}

/**
 * What a variant, or the default, has on record of a study: the parameters as they applied, its
 * numbers and its notebooks.
 *
 * @param known names of the studies that there are
 * @throws InputError when there is no such variant, it has not run on the study, its maps are not
 *   whole, or its notebooks ran with different parameters
 */
export function recordedVariant(
  results: string,
  name: string,
  study: string,
  { file, known }: { readonly file: MethodFile; readonly known: readonly string[] },
): RecordedVariant {
  const folder = requireVariant(results, name);
  const own = join(folder, study);
  const run = readRun(own);
  const option = name === DEFAULT_NAME ? "" : ` --name ${name}`;
  const command = `npm run study --${option} --study ${study}`;
  if (run?.notebooks === undefined) {
    const others = variantStudies(folder, known).join(", ") || "no study";
    throw lacking(own, name, `results of ${others}`, `results of ${study}`, command);
  }
  const metrics = readMetrics(own);
  const isWhole = metrics[WHOLE.metric] !== undefined;
  const status = run.durations?.[WHOLE.notebook]?.status ?? "ok";
  if (!isWhole || status !== "ok") {
    const found = `notebook ${WHOLE.notebook} ${run.notebooks[WHOLE.notebook] === undefined ? "has not run" : "has not run to its end"}`;
    throw lacking(own, name, found, "its maps, whole", `${command} --only 07`);
  }
  const parameters = recordedParameters(run.notebooks, join(own, "run.json"));
  const settings = readVariant(folder)?.settings ?? {};
  const { method, changes } = applyMethod(file, {
    notebook: { ...settings, ...parameters, study },
  });
  const recorded = recordedStudies(folder, study, method.profile).find(({ id }) => id === study);
  return { name, method, changes, metrics, notebooks: recorded?.notebooks ?? [] };
}

function lacking(file: string, name: string, found: string, expected: string, command: string) {
  return new InputError({
    kind: "missing-file",
    ...{ file, field: `variant ${name}`, found, expected },
    remedy: `${command} makes them.`,
  });
}

/**
 * Variants that can be laid side by side: of one profile.
 *
 * @throws InputError when one is of another
 */
export function requireOneProfile(variants: readonly RecordedVariant[]): void {
  const profiles = variants.map(({ name, method: { profile } }) => `${name} of ${profile}`);
  if (new Set(variants.map(({ method }) => method.profile)).size <= 1) return;
  throw new InputError({
    kind: "parameter",
    ...{ field: "profile", found: profiles.join(", ") },
    expected: "variants of one profile",
    remedy: "Run those of the other profile again, under another --name.",
  });
}
