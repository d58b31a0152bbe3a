import { createHash } from "node:crypto";
import type { Method } from "../method/parameters";
import { evidenceInputs } from "../runs/evidence-run";
import { canonicalJson, contentHash } from "../runs/store";
import type { Steps } from "../steps/flow";
import type { Step } from "../steps/step";
import type { Batch } from "../steps/work";
import type { Study, Zone } from "../study/types";
import { batchCost, type Cost } from "./cost";
import type { WantedStep } from "./notebook-steps";
import type { PlannedJob, StepTask, StudyPlace } from "./types";

/** What a plan of one study is made from. */
export interface StudyPlanOptions {
  readonly study: Study;
  readonly place: StudyPlace;
  /** Its steps; none of them is asked. */
  readonly steps: Steps;
  /** The parameters as they apply. */
  readonly method: Method;
  /** The steps whose results are wanted. */
  readonly wanted: readonly WantedStep[];
  /** Hash of the code that would compute. */
  readonly code: string;
  /** Seconds that a job should take at most, by the estimate; one training is never split. */
  readonly longest: number;
}

/**
 * The jobs of one study: one for each wanted step and each step before it that has work worth a job of
 * its own, and more for a step whose trainings take longer than the longest job. Nothing is computed,
 * and no result is looked at: the same study, parameters and code give the same jobs, whatever is in
 * the store. A job that asks for a whole step computes whatever of it is not there, so that the shares
 * decide how long things take and never what comes out.
 */
export function studyPlan(options: StudyPlanOptions): PlannedJob[] {
  const { method, wanted } = options;
  const jobs = new Map<string, PlannedJob>();
  const identity = createHash("sha256")
    .update(canonicalJson(identityOf(options)))
    .digest("hex");
  const byChanges = new Map<string, WantedStep[]>();
  for (const each of wanted) {
    const key = canonicalJson(each.changes);
    byChanges.set(key, [...(byChanges.get(key) ?? []), each]);
  }
  for (const alike of byChanges.values()) {
    const asked = { ...options, method: { ...method, ...alike[0].changes } };
    addJobs(jobs, identity, asked, alike);
  }
  return [...jobs.values()];
}

/** Adds the jobs of some steps, all asked with the same parameters. */
function addJobs(
  jobs: Map<string, PlannedJob>,
  identity: string,
  { study, place, steps, method, longest }: StudyPlanOptions,
  wanted: readonly WantedStep[],
): void {
  const names = new Map(
    Object.entries(steps).map(([name, step]) => [step as Step<unknown>, name as keyof Steps]),
  );
  const keys = new Map<Step<unknown>, readonly string[]>();

  /** Keys of the jobs after which a step can be asked; makes them where they are not there yet. */
  function after(step: Step<unknown>): readonly string[] {
    const known = keys.get(step);
    if (known !== undefined) return known;
    const needs = [...new Set(step.follows.flatMap(after))];
    const batches = step.work(method).filter(({ count }) => count > 0);
    const name = names.get(step);
    const found = batches.length === 0 || name === undefined ? needs : [add(name, needs, batches)];
    keys.set(step, found);
    return found;
  }

  function add(name: keyof Steps, needs: readonly string[], batches: readonly Batch[]): string {
    const costs = batches.map((batch) => batchCost(batch, study, method));
    const parts = batches.map((batch, at) => partsOf(batch, costs[at].seconds, longest));
    const isShared = parts.some((count) => count > 1);
    let before = needs;
    for (const [at, of] of isShared ? parts.entries() : []) {
      const shares = Array.from({ length: of }, (_, part) => ({ batch: at + 1, part, of }));
      before = shares.map((share) => put(name, before, shared(costs[at], of), share));
    }
    const left = isShared ? { ...joined(costs), seconds: FINISHING_SECONDS } : joined(costs);
    return put(name, before, left);
  }

  function put(
    step: keyof Steps,
    needs: readonly string[],
    { seconds, mebibytes }: Cost,
    share?: StepTask["share"],
  ): string {
    const { title, reads } = steps[step];
    // The profile decides what the other parameters are, on which nothing of it hangs.
    const names = ["profile", ...reads] as const;
    const read = Object.fromEntries(names.map((each) => [each, method[each]]));
    const task = { place, step, method: read, ...(share && { share }) };
    const key = createHash("sha256")
      .update(identity)
      .update(canonicalJson({ ...task, place: null }))
      .digest("hex")
      .slice(0, 32);
    const batches = steps[step].work(method).length;
    const label = `${title} of ${study.id}${share === undefined ? "" : shareName(share, batches)}`;
    jobs.set(key, {
      ...{ key, kind: title, label, study: study.id, needs, threads: 1, task },
      ...{ seconds: rounded(seconds), mebibytes: Math.ceil(mebibytes) },
    });
    return key;
  }

  for (const { step } of wanted) after(steps[step]);
}

/** What a job that finds all trainings in the store still takes: a start, the study, the evidence. */
const FINISHING_SECONDS = 3;

/** What decides a study's results beside the parameters: what was read of its files, and the code. */
function identityOf({ study, code }: StudyPlanOptions) {
  const { pixelSize, occurrences, groups, zones, mainCommodity } = study;
  const sides = study.evidence.map(({ favourable }) => favourable);
  const judged = { occurrences, groups, zones: zones.map(zoneHash), mainCommodity, sides };
  return { code, pixelSize, evidence: evidenceInputs(study), judged };
}

function zoneHash({ name, polygons }: Zone) {
  return { name, polygons: polygons.map((rings) => rings.map(contentHash)) };
}

/** Into how many jobs a batch goes. */
function partsOf({ count }: Batch, seconds: number, longest: number): number {
  return Math.max(1, Math.min(count, Math.ceil(seconds / longest)));
}

const shared = ({ seconds, mebibytes }: Cost, of: number): Cost => ({
  ...{ seconds: FINISHING_SECONDS + seconds / of, mebibytes },
});

const joined = (costs: readonly Cost[]): Cost => ({
  seconds: FINISHING_SECONDS + costs.reduce((sum, { seconds }) => sum + seconds, 0),
  mebibytes: Math.max(...costs.map(({ mebibytes }) => mebibytes)),
});

function shareName({ batch, part, of }: NonNullable<StepTask["share"]>, batches: number): string {
  return `, ${batches > 1 ? `batch ${batch} of ${batches}, ` : ""}${part + 1} of ${of}`;
}

const rounded = (seconds: number) => Math.round(10 * seconds) / 10;
