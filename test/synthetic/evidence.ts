import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deriveEvidence } from "../../lib/src/evidence/derive";
import type { GridStack } from "../../lib/src/grid/grid";
import { loadStudy } from "../../lib/src/study/load";
import type { District } from "../../lib/src/synthetic/district";
import { writeDistrict } from "../../lib/src/synthetic/files";
import type { DistrictOptions } from "../../lib/src/synthetic/settings";

/** Reported values as numbers: 0.65 of the limit for those below it, as SPEC 2 has it. */
export function assays({ reported }: District): number[][] {
  return reported.map((values) =>
    values.map((text) => (text.startsWith("<") ? 0.65 * Number(text.slice(1)) : Number(text))),
  );
}

/** A district and its nine evidence layers, by way of a study folder as any study has. */
export async function evidenceOf(
  options: DistrictOptions,
): Promise<{ readonly district: District; readonly evidence: GridStack }> {
  const folder = mkdtempSync(join(tmpdir(), "synthetic-"));
  const district = writeDistrict(options, folder);
  const evidence = await deriveEvidence(await loadStudy(folder));
  rmSync(folder, { recursive: true });
  return { district, evidence };
}
