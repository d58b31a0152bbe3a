import { join } from "node:path";
import { InputError } from "../errors";
import type { ComparedVariant, Comparison } from "../findings/compared-variant";
import type { Measured, Metrics } from "../findings/measured";
import { areaMetrics, comparisonMetrics, metricDifferences } from "../findings/variant-metrics";
import type { MethodFile } from "../method/parameters";
import { readMethod } from "../method/read-method";
import { comparisonName, DEFAULT_NAME } from "../method/variant";
import { projectFolders, studyFolder, studyNames } from "../project";
import type { RunContext } from "../runs/context";
import { openRunStore } from "../runs/store";
import { comparedVariant } from "../steps/compared-variant";
import { studySteps } from "../steps/flow";
import { loadStudy } from "../study/load";
import type { Study } from "../study/types";
import { useBackend } from "../training/backend";
import { interruptSignal } from "./interrupt";
import { notebookOutputs, type Outputs } from "./outputs";
import { progressLine } from "./progress";
import { queueSends, tslabPublisher } from "./queued-sends";
import { forgetNotebook } from "./record";
import { recordKeeper } from "./record-keeper";
import { type RecordedVariant, recordedVariant, requireOneProfile } from "./recorded-variant";

/** What the cells of a comparison work with. */
export interface ComparisonNotebook extends Outputs {
  readonly study: Study;
  readonly comparison: Comparison;
}

const ID = "compare";

/**
 * Opens a comparison: finds what variants have on record of a study, and takes their errors and maps
 * from the run store, by the steps of the method and with the parameters as they applied. What comes
 * out is held against the numbers on record.
 *
 * @param study its name; PROSPECTIVITY_STUDY goes before it
 * @param names of variants, the one that others are held against first; PROSPECTIVITY_VARIANTS, by
 *   comma, goes before them
 * @throws InputError as recordedVariant, of variants of two profiles, and when a number is not the
 *   one on record
 */
export async function openComparison(
  study: string,
  names: readonly string[],
): Promise<ComparisonNotebook> {
  queueSends(tslabPublisher());
  const asked = process.env.PROSPECTIVITY_VARIANTS?.split(",") ?? names;
  const folders = projectFolders();
  const file = readMethod(join(folders.root, "notebooks", "method.json"));
  const found = await loadStudy(
    studyFolder(folders.data, process.env.PROSPECTIVITY_STUDY || study),
  );
  const options = { file, known: studyNames(folders.data) };
  const recorded = asked.map((name) => recordedVariant(folders.results, name, found.id, options));
  requireOneProfile(recorded);
  const backend = await useBackend();
  const [{ method }] = recorded;
  const results = join(folders.results, "compare", comparisonName(asked), found.id);
  forgetNotebook(results, ID);
  const parameters = {
    variants: Object.fromEntries(recorded.map(({ name, changes }) => [name, changes])),
  };
  const own = { method, changes: [], parameters };
  const keeper = recordKeeper(results, ID, found, own, backend);
  const run: RunContext = {
    store: {
      ...openRunStore(join(folders.results, ".runs"), (damage) =>
        progressLine("Run store").finish(damage),
      ),
      onUsed: (name) => keeper.stored(name),
    },
    ...{ seed: method.seed, backend, progress: progressLine },
    get signal() {
      return interruptSignal();
    },
    onTrial: (trial) => keeper.trial(trial),
  };
  const variants: ComparedVariant[] = [];
  for (const record of recorded) variants.push(await checkedVariant(found, record, run, file));
  const comparison = { study: found, variants, seed: method.seed };
  const outputs = notebookOutputs({ id: ID, study: found, results, backend, keeper, ...own });
  outputs.record(comparisonMetrics(comparison));
  return { study: found, comparison, ...outputs };
}

/** A variant's findings, whose numbers are those on record. */
async function checkedVariant(
  study: Study,
  record: RecordedVariant,
  run: RunContext,
  file: MethodFile,
): Promise<ComparedVariant> {
  const { method } = record;
  const computed: { [key: string]: Measured } = {};
  const keep = (metrics: Metrics) => void Object.assign(computed, metrics);
  const seeded: RunContext = Object.create(run, { seed: { value: method.seed, enumerable: true } });
  const steps = studySteps({ study, run: seeded, method, file, record: keep });
  const variant = await comparedVariant(steps, record);
  keep(areaMetrics(variant));
  const [differing] = metricDifferences(computed, record.metrics);
  if (differing === undefined) return variant;
  const option = record.name === DEFAULT_NAME ? "" : ` --name ${record.name}`;
  throw new InputError({
    kind: "values",
    field: `variant ${record.name}, ${differing.key}`,
    found: `${differing.computed}, computed again`,
    expected: `${differing.recorded}, as metrics.json has it`,
    remedy: `Code or data have changed since it ran: npm run study --${option} --study ${study.id} runs it again.`,
  });
}
