import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  doJob,
  loadStudy,
  openRunStore,
  type PlannedJob,
  type ProgressReport,
  readMethod,
  type StepDesk,
  type StudyPlace,
  stepDesk,
  useBackend,
} from "prospectivity";
import { projectFolders, studyFolder } from "../../lib/src/project";
import type { Study } from "../../lib/src/study/types";
import { writeDistrict } from "../../lib/src/synthetic/files";
import { runScoreTask } from "../score-jobs";

/** Does jobs one after another in this process; a study is read once. */
export interface JobDesk {
  /** Whether there was anything to do. */
  doJob(
    job: PlannedJob,
    store: string,
    progress: (label: string) => ProgressReport,
  ): Promise<boolean>;
}

/**
 * @param signal stops trainings; what they had come to is kept
 * @throws InputError when the backend cannot start
 */
export async function openJobDesk(root: string, signal: AbortSignal): Promise<JobDesk> {
  const backend = await useBackend();
  const file = readMethod(join(root, "notebooks", "method.json"));
  let held: { readonly place: string; readonly ask: StepDesk } | null = null;
  return {
    doJob(job, folder, progress) {
      const { task } = job;
      return doJob(job, openRunStore(folder), async (store) => {
        if ("raster" in task) {
          await runScoreTask(root, task, { threads: backend.threads, signal, store });
          return;
        }
        const place = JSON.stringify(task.place);
        if (held?.place !== place) {
          held = { place, ask: stepDesk(await studyAt(root, task.place), file) };
        }
        await held.ask(task, { store, backend, signal, progress, onTrial: () => undefined });
      });
    },
  };
}

/** Reads a study of the data folder, or generates a district, which is removed once it is read. */
export async function studyAt(root: string, place: StudyPlace): Promise<Study> {
  if ("folder" in place) return loadStudy(studyFolder(projectFolders(root).data, place.folder));
  const folder = mkdtempSync(join(tmpdir(), "prospectivity-"));
  try {
    // A study is called as its folder is.
    const district = join(folder, `district-${place.district}`);
    writeDistrict({ seed: place.district }, district);
    return await loadStudy(district);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
