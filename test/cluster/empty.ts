/**
 * Stands in for scripts/job.ts and scripts/study.ts, with jobs that compute next to nothing: each
 * leaves the hash of its own key and of what it read of the jobs that it needs, so that a job that
 * ran too early, or not at all, shows in every result after it.
 *
 * Called as they are: empty.ts scripts/job.ts --plan FILE KEY..., empty.ts scripts/study.ts --out
 * FOLDER --study NAME.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeWhole } from "../../lib/src/files";
import { decodeResult, encodeResult } from "../../lib/src/runs/encode";
import type { EmptyPlan } from "./empty-plan";

/** Computes a plan's jobs in the order of their keys, and leaves results and markers. */
export async function computeEmpty(plan: EmptyPlan, keys: readonly string[]): Promise<void> {
  const jobs = new Map(plan.jobs.map((job) => [job.key, job]));
  const place = (key: string) => join(plan.results, ".runs", "empty", `${key}.run`);
  for (const key of keys) {
    const job = jobs.get(key);
    if (job === undefined) throw new Error(`no job ${key} in the plan`);
    const marker = join(plan.results, ".runs", "jobs", `${key}.json`);
    if (existsSync(marker) && existsSync(place(key))) continue;
    const hash = createHash("sha256").update(key);
    for (const need of job.needs) hash.update(hashOf(readFileSync(place(need))));
    await new Promise((done) => setTimeout(done, job.seconds * 1000));
    writeWhole(place(key), encodeResult({ hash: hash.digest("hex"), seconds: job.seconds }));
    writeWhole(marker, JSON.stringify({ seconds: job.seconds, results: [`empty/${key}`] }));
  }
}

function hashOf(stored: Uint8Array): string {
  return (decodeResult(Buffer.from(stored)) as { hash: string }).hash;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      plan: { type: "string" },
      threads: { type: "string" },
      out: { type: "string" },
      study: { type: "string" },
    },
  });
  const [script, ...keys] = positionals;
  if (script.endsWith("job.ts")) {
    await computeEmpty(JSON.parse(readFileSync(values.plan ?? "", "utf8")), keys);
  } else {
    writeWhole(join(values.out ?? "", `${values.study}`, "report.html"), "a report");
  }
}

if (require.main === module) main();
