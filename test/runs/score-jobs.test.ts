import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ScoreTask } from "../../lib/src/runs/score-plan";
import {
  openScoring,
  planScore,
  runScoreTask,
  type ScoreWords,
  scoreAtOnce,
  scoreInTiles,
} from "../../scripts/score-jobs";
import { rasterToScore } from "../support/raster-to-score";

const root = join(__dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "score-jobs-"));
const results = join(folder, "results");
const { PROSPECTIVITY_DATA } = process.env;
let path = "";
let id = "";

/** A study, and a record that its map was made by a small network; the store is empty. */
beforeAll(() => {
  const raster = rasterToScore(folder, results, [100, 150]);
  process.env.PROSPECTIVITY_DATA = raster.data;
  path = raster.path;
  id = raster.study;
});

afterAll(() => {
  if (PROSPECTIVITY_DATA === undefined) delete process.env.PROSPECTIVITY_DATA;
  else process.env.PROSPECTIVITY_DATA = PROSPECTIVITY_DATA;
});

const wordsOf = (output: string, changes: Partial<ScoreWords> = {}): ScoreWords => ({
  ...{ given: "elsewhere.tif", path, study: id, by: "error", stride: 7, tiles: 3 },
  ...{ results, output: join(folder, output), ...changes },
});

/** By name: the compiled library, which scripts use, has a class of its own. */
const refusalWith = (details: object) => ({ name: "InputError", details });

async function atOnce(by: ScoreWords["by"]): Promise<Buffer> {
  const scoring = await openScoring(root, wordsOf("at-once.tif", { by }));
  try {
    await scoreAtOnce(scoring);
  } finally {
    scoring.close();
  }
  return readFileSync(join(folder, "at-once.tif"));
}

describe("a raster scored by a study's networks", () => {
  it.each(["error", "probability"] as const)(
    "by the jobs of a plan, on a thread or all, or in tiles in one process, is the map at once: %s",
    async (by) => {
      const jobs = await planScore(root, wordsOf("jobs.tif", { by }));
      expect(jobs.map(({ kind, study }) => [kind, study])).toEqual([
        ...["tile", "tile", "tile", "join"].map((kind) => [kind, id]),
      ]);
      // As another machine reads it.
      const tasks: ScoreTask[] = jobs.map(({ task }) => JSON.parse(JSON.stringify(task)));
      await expect(runScoreTask(root, tasks[3])).rejects.toMatchObject(
        refusalWith({ found: expect.stringMatching(/^no scores of 3 of 3/) }),
      );
      await runScoreTask(root, tasks[2], { threads: 1 });
      await runScoreTask(root, tasks[0]);
      const stopped = AbortSignal.abort(new Error("enough"));
      await expect(runScoreTask(root, tasks[1], { signal: stopped })).rejects.toThrow("enough");
      await runScoreTask(root, tasks[1], { threads: 2 });
      await runScoreTask(root, tasks[3]);
      const expected = await atOnce(by);
      expect(readFileSync(join(folder, "jobs.tif")).equals(expected)).toBe(true);
      const scoring = await openScoring(root, wordsOf("tiles.tif", { by, tiles: 5 }));
      await scoreInTiles(scoring);
      scoring.close();
      expect(readFileSync(join(folder, "tiles.tif")).equals(expected)).toBe(true);
    },
  );

  it("a job of another network than the study's is refused", async () => {
    const [{ task }] = await planScore(root, wordsOf("none.tif"));
    const other = { ...task, scoring: { ...task.scoring, scorer: "another" } };
    await expect(runScoreTask(root, other)).rejects.toMatchObject(
      refusalWith({ field: "network" }),
    );
  });

  it("a raster that is not there, and a study without a map, are refused", async () => {
    const absent = wordsOf("none.tif", { path: join(folder, "absent.tif") });
    await expect(openScoring(root, absent)).rejects.toMatchObject(
      refusalWith({ kind: "missing-file", file: absent.path }),
    );
    const nowhere = wordsOf("none.tif", { results: join(folder, "nowhere") });
    const remedy = `npm run study -- --study ${id} --only 07 makes them.`;
    await expect(openScoring(root, nowhere)).rejects.toMatchObject(refusalWith({ remedy }));
  });
});
