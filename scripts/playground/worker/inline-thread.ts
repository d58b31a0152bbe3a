import type { HostThread } from "../../../lib/src/training/engine/host-types";
import type { WorkerTask } from "../../../lib/src/training/engine/job";
import { taskDoer } from "../../../lib/src/training/engine/tasks";

/** How long a task goes on before whatever else has come in is heard. */
const millisecondsAtOnce = 40;

/**
 * The engine's one thread where a page may not share memory with others: it works in the worker that
 * gives it tasks, a while at a time, so that this one still hears "stop".
 */
export function inlineThread(): HostThread {
  const tasks: WorkerTask[] = [];
  let hear: (message: unknown) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  let isBusy = false;
  let hasEnded = false;
  const doTask = taskDoer((message) => hear(message));

  async function work(): Promise<void> {
    isBusy = true;
    try {
      for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) {
        await turn();
        let since = performance.now();
        for (const steps = doTask(task); !hasEnded && !steps.next().done; ) {
          if (performance.now() - since < millisecondsAtOnce) continue;
          await turn();
          since = performance.now();
        }
      }
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    } finally {
      isBusy = false;
    }
  }

  return {
    give(task) {
      tasks.push(task);
      if (!isBusy) void work();
    },
    listen(heard, failed) {
      hear = heard;
      fail = failed;
    },
    rest() {
      hear = () => undefined;
      fail = () => undefined;
    },
    end() {
      hasEnded = true;
      tasks.length = 0;
    },
  };
}

const { port1: before, port2: after } = new MessageChannel();
const waiting: (() => void)[] = [];
after.onmessage = () => waiting.shift()?.();

/** Lets whatever has come in be heard; without the pause that timers make. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    before.postMessage(null);
  });
}
