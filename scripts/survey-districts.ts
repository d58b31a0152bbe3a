import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AUTOENCODER,
  applyMethod,
  CLASSIFIER,
  loadStudy,
  openRunStore,
  readMethod,
  type Steps,
  type SyntheticSurvey,
  studySteps,
  useBackend,
} from "prospectivity";
import { writeDistrict } from "../lib/src/synthetic/files";

/** The calibration has seen seeds below it. */
const FIRST_SEED = 11;

/** What all districts of a survey share. */
export type SurveyContext = Omit<Parameters<typeof studySteps>[0], "study">;

/** The parameters that decide any survey's numbers, kept beside them. */
export const DECIDING = [
  ...(["coarsening", "percentiles", "patchSize", "proportion", "threshold"] as const),
  ...(["pcaVarianceShare", ...AUTOENCODER, ...CLASSIFIER] as const),
] as const;

/** The seeds of so many districts that the calibration has not seen. */
export function surveyedSeeds(count: number): number[] {
  return Array.from({ length: count }, (_, at) => FIRST_SEED + at);
}

/** The method as the paper profile has it, and the project's run store. */
export async function surveyContext(root: string): Promise<SurveyContext> {
  const file = readMethod(join(root, "notebooks", "method.json"));
  const { method } = applyMethod(file, { notebook: { profile: "paper" } });
  const run = {
    store: openRunStore(join(root, "results", ".runs")),
    seed: method.seed,
    backend: await useBackend(),
    progress: () => ({ update: () => undefined, finish: () => undefined }),
    onTrial: () => undefined,
  };
  return { run, method, file };
}

/** Generates a district, uses its steps, and removes it. */
export async function onDistrict<T>(
  seed: number,
  context: SurveyContext,
  use: (steps: Steps, district: ReturnType<typeof writeDistrict>) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "district-"));
  try {
    const district = writeDistrict({ seed }, folder);
    return await use(studySteps({ ...context, study: await loadStudy(folder) }), district);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Checksums of the district of seed 1. */
export async function generatorOf(): Promise<SyntheticSurvey["generator"]> {
  const folder = mkdtempSync(join(tmpdir(), "district-"));
  try {
    writeDistrict({ seed: 1 }, folder);
    const { inputs } = await loadStudy(folder);
    return Object.fromEntries(inputs.map(({ path, sha256 }) => [path, sha256]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
