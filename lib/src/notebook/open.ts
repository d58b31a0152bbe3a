import { join } from "node:path";
import { applyMethod } from "../method/apply";
import type { Method } from "../method/parameters";
import { readMethod } from "../method/read-method";
import { readVariant, storeFolder } from "../method/variant-files";
import { projectFolders, studyFolder } from "../project";
import type { RunContext } from "../runs/context";
import { type RecordedStudy, recordedStudies } from "../runs/recorded";
import { openRunStore } from "../runs/store";
import { type Steps, studySteps } from "../steps/flow";
import type { Changes } from "../steps/step";
import { loadStudy } from "../study/load";
import type { Study } from "../study/types";
import { useBackend } from "../training/backend";
import { banner } from "./banner";
import { fitCoarsening } from "./coarsening";
import { fromCommandLine } from "./command-line";
import { interruptSignal } from "./interrupt";
import { notebookOutputs, type Outputs } from "./outputs";
import { progressLine } from "./progress";
import { publish } from "./publish";
import { queueSends, tslabPublisher } from "./queued-sends";
import { forgetNotebook } from "./record";
import { recordKeeper } from "./record-keeper";
import { usedParameters } from "./uses";

/** What the cells of a notebook work with. */
export interface Notebook extends Outputs {
  readonly study: Study;
  /** The steps of the method, each computed once and kept in the run store. */
  readonly steps: Steps;
  /** The parameters as they apply: profile chosen, changes heeded. */
  readonly parameters: Method;
  /** Store, seed and progress, for a cell that trains something of its own. */
  readonly run: RunContext;
  /** What the notebooks up to this one, of this study and of others, have left on record so far. */
  recorded(): RecordedStudy[];
}

/**
 * Opens a notebook: settles its parameters, reads and verifies the study, starts the backend, and
 * shows what applies. What an earlier run of this notebook left in the results is removed. Where the
 * results folder is a variant's, what the variant sets applies.
 *
 * @param id the notebook's file name without ending, such as "02-cae-variants"
 * @param changes values that go before those of notebooks/method.json, in this notebook alone; the
 *   command line goes before both
 * @throws InputError when a parameter, the manifest or an input file is wrong
 */
export async function openNotebook(id: string, changes: Changes = {}): Promise<Notebook> {
  queueSends(tslabPublisher());
  const folders = projectFolders();
  const file = readMethod(join(folders.root, "notebooks", "method.json"));
  const variant = readVariant(folders.results);
  const commandLine = fromCommandLine();
  const applied = applyMethod(file, { notebook: changes, variant, commandLine });
  const study = await loadStudy(studyFolder(folders.data, applied.method.study));
  const { parameters: method, change: fitted } = fitCoarsening(study, applied.method);
  const backend = await useBackend();
  const results = join(folders.results, study.id);
  forgetNotebook(results, id);
  const run: RunContext = {
    store: {
      ...openRunStore(storeFolder(folders.results), (damage) =>
        progressLine("Run store").finish(damage),
      ),
      onUsed: (name) => keeper.stored(name),
    },
    seed: method.seed,
    backend,
    get signal() {
      return interruptSignal();
    },
    progress: progressLine,
    onTrial: (trial) => keeper.trial(trial),
  };
  const steps = studySteps({
    study,
    run,
    method,
    file,
    record: (metrics) => outputs.record(metrics),
  });
  const used = usedParameters(file, id, steps, method);
  const own = { method, changes: applied.changes.filter(({ name }) => used.includes(name)) };
  const parameters = Object.fromEntries(used.map((name) => [name, method[name]]));
  const keeper = recordKeeper(
    results,
    id,
    study,
    { method, parameters, changes: own.changes, variant },
    backend,
  );
  const outputs = notebookOutputs({ id, study, results, backend, keeper, parameters, ...own });
  publish(banner({ study, file, used, fitted, backend, ...own }));
  return {
    ...{ study, steps, run, parameters: method },
    ...outputs,
    recorded: () => recordedStudies(folders.results, study.id, method.profile, id),
  };
}
