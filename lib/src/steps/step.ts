import { InputError } from "../errors";
import type { Metrics } from "../findings/measured";
import { changedMethod } from "../method/apply";
import { nearestNames } from "../method/nearest-names";
import type { Method, MethodFile, MethodName } from "../method/parameters";
import { isMethodName } from "../method/value";
import type { RunContext } from "../runs/context";
import { canonicalJson } from "../runs/store";
import type { Study } from "../study/types";
import type { Batch } from "./work";

/** What all steps of a study share. */
export interface StepContext {
  readonly study: Study;
  readonly run: RunContext;
  /** The parameters as they apply, and the file that says what each may be. */
  readonly method: Method;
  readonly file: MethodFile;
  /** Keeps the numbers of a step that was asked for as the method has it; nothing where absent. */
  readonly record?: ((metrics: Metrics) => void) | undefined;
}

/** Other values than the method's, for one asking. */
export type Changes = Partial<Method>;

/** A step of the method: asked for as the method has it, or with some of its parameters changed. */
export interface Step<T> {
  (changes?: Changes): Promise<T>;
  /** The step once for each of some changes; trainings run side by side. */
  each(changes: readonly Changes[]): Promise<T[]>;
  readonly title: string;
  /** The steps that it follows. */
  readonly follows: readonly Step<unknown>[];
  /** What it has to do beside them that is worth a job of its own, one batch after another. */
  work(method: Method): readonly Batch[];
  /** The parameters that it reads itself. */
  readonly own: readonly MethodName[];
  /** Every parameter that its result hangs on, those of the steps before it among them. */
  readonly reads: readonly MethodName[];
}

type Needs = { readonly [name: string]: Step<unknown> };
type Results<N extends Needs> = { readonly [K in keyof N]: Awaited<ReturnType<N[K]>> };

/** What one asking for a step comes with. */
export interface Task<N extends Needs, K extends MethodName> {
  /** Results of the steps before it. */
  readonly from: Results<N>;
  /** Its parameters as they apply, changes heeded. */
  readonly method: Pick<Method, K>;
  /** Store, progress and the seed of this asking. */
  readonly run: RunContext;
  /** What was changed, in words; empty for the method as it is. */
  readonly label: string;
  /** Asks another step, with the changes of this asking and some of its own. */
  ask<T>(other: Step<T>, changes?: Changes): Promise<T>;
  /** The same once for each of some changes, trainings side by side. */
  askEach<T>(other: Step<T>, changes: readonly Changes[]): Promise<T[]>;
}

interface Definition<N extends Needs, K extends MethodName, T> {
  /** The steps whose results it takes. */
  readonly needs: N;
  /** Steps that it asks itself, with changes of its own. */
  readonly asks?: readonly Step<unknown>[];
  /** The parameters that it reads itself. */
  readonly reads: readonly K[];
  /** The trainings and fits of one asking, as far as they can be told beforehand; none when absent. */
  readonly work?: (method: Pick<Method, K>) => readonly Batch[];
  /** Its results for one or several askings, in their order. */
  compute(tasks: readonly Task<N, K>[]): Promise<T[]>;
  /** The numbers that it keeps when it was asked for as the method has it. */
  readonly metrics?: (result: T) => Metrics | Promise<Metrics>;
}

/** What a step was asked for: what was changed, the parameters as they apply, and their key. */
interface Asking {
  readonly changes: Changes;
  readonly method: Method;
  readonly key: string;
}

/**
 * Makes a step. Each asking is answered once: the same values give the same result, which is held
 * by the values of all parameters that it hangs on, so a parameter that it does not read computes
 * nothing again.
 */
export function step<N extends Needs, K extends MethodName, T>(
  context: StepContext,
  title: string,
  { needs, asks = [], reads: own, work = () => [], compute, metrics }: Definition<N, K, T>,
): Step<T> {
  const needed = [...Object.values(needs), ...asks].flatMap(({ reads }) => reads);
  const reads: readonly MethodName[] = [...new Set<MethodName>([...needed, ...own])];
  const known = new Map<string, Promise<T>>();
  const usual = keyOf(context.method);

  function keyOf(method: Method): string {
    return canonicalJson(Object.fromEntries(reads.map((name) => [name, method[name]])));
  }

  function taskOf({ changes, method }: Asking, from: Results<N>): Task<N, K> {
    const askEach = <R>(other: Step<R>, list: readonly Changes[]) =>
      other.each(list.map((further) => ({ ...within(changes, other), ...further })));
    return {
      ...{ from, method, askEach, run: seededRun(context.run, method.seed) },
      label: labelOf(changes, context.method),
      ask: async (other, further = {}) => (await askEach(other, [further]))[0],
    };
  }

  /** Results of the steps before, for each asking; asked together, so that they run side by side. */
  async function resultsBefore(asked: readonly Asking[]): Promise<Results<N>[]> {
    const from = asked.map((): { [name: string]: unknown } => ({}));
    for (const [name, need] of Object.entries(needs)) {
      const results = await need.each(asked.map(({ changes }) => within(changes, need)));
      results.forEach((result, at) => {
        from[at][name] = result;
      });
    }
    return from as Results<N>[];
  }

  async function each(list: readonly Changes[]): Promise<T[]> {
    const asked = list.map((changes) => {
      requireRead(changes, reads, title);
      const method = changedMethod(context.method, changes, context.file, `steps.${title}`);
      return { changes, method, key: keyOf(method) };
    });
    const fresh = new Map(
      asked.filter(({ key }) => !known.has(key)).map((each) => [each.key, each]),
    );
    const all = computed([...fresh.values()]);
    [...fresh.keys()].forEach((key, at) => {
      const result = all.then((results) => results[at]);
      // Who asked hears of a failure; held results are no other's to hear of, and are asked anew.
      result.catch(() => known.delete(key));
      known.set(key, result);
    });
    return Promise.all(asked.map(({ key }) => known.get(key) as Promise<T>));
  }

  async function computed(asked: readonly Asking[]): Promise<T[]> {
    if (asked.length === 0) return [];
    const before = await resultsBefore(asked);
    const results = await compute(asked.map((each, at) => taskOf(each, before[at])));
    for (const [at, { key }] of asked.entries()) {
      if (key === usual && metrics !== undefined) context.record?.(await metrics(results[at]));
    }
    return results;
  }

  const follows = [...new Set([...Object.values(needs), ...asks])];
  return Object.assign(async (changes: Changes = {}) => (await each([changes]))[0], {
    ...{ each, title, reads, own, follows, work },
  });
}

/** Makes steps of which each asking is answered by itself, one after another. */
export function definer(context: StepContext) {
  return <N extends Needs, K extends MethodName, T>(
    title: string,
    { compute, ...rest }: Single<N, K, T>,
  ): Step<T> =>
    step(context, title, {
      ...rest,
      async compute(tasks) {
        const results: T[] = [];
        for (const task of tasks) results.push(await compute(task));
        return results;
      },
    });
}

interface Single<N extends Needs, K extends MethodName, T>
  extends Omit<Definition<N, K, T>, "compute"> {
  compute(task: Task<N, K>): T | Promise<T>;
}

function within(changes: Changes, { reads }: Step<unknown>): Changes {
  const kept = Object.entries(changes).filter(([name]) => reads.some((read) => read === name));
  return Object.fromEntries(kept);
}

/** @throws InputError for a parameter that the step's result does not hang on */
function requireRead(changes: Changes, reads: readonly MethodName[], title: string): void {
  const idle = Object.keys(changes).find((name) => isMethodName(name) && !reads.includes(name));
  if (idle === undefined) return;
  throw new InputError({
    kind: "parameter",
    ...{ field: `steps.${title}`, found: `"${idle}", on which it does not hang` },
    expected: `one of ${reads.join(", ")}`,
    remedy: `Nearest: ${nearestNames(idle, reads).join(", ")}.`,
  });
}

function labelOf(changes: Changes, method: Method): string {
  const changed = Object.entries(changes).filter(
    ([name, value]) => JSON.stringify(method[name as MethodName]) !== JSON.stringify(value),
  );
  return changed.map(([name, value]) => `${name} ${[value].flat().join(", ")}`).join("; ");
}

/** A run with another seed; its signal stays the one of the moment. */
function seededRun(run: RunContext, seed: number): RunContext {
  return Object.create(run, { seed: { value: seed, enumerable: true } }) as RunContext;
}
