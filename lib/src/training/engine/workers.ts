import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { WorkerTask } from "./job";
import { compiledFolder } from "./kernels";

/** How long a worker waits for more to do; then it ends, and what it held in memory is free. */
const idleMilliseconds = 1000;

/** A thread that the engine gives tasks to; errors of any task end it. */
export interface EngineWorker {
  give(task: WorkerTask): void;
  /** Hears what it says and how it fails, until it is given back. */
  listen(hear: (message: unknown) => void, fail: (error: Error) => void): void;
  /** Leaves it to whoever needs one next. */
  giveBack(): void;
  end(): void;
}

const idle: { readonly worker: EngineWorker; readonly leave: () => void }[] = [];

/** Workers of one's own until they are given back: those that wait, else new ones. */
export function takeWorkers(count: number): EngineWorker[] {
  return Array.from({ length: count }, () => {
    const waiting = idle.pop();
    waiting?.leave();
    return waiting?.worker ?? newWorker();
  });
}

function newWorker(): EngineWorker {
  const thread = new Worker(join(compiledFolder, "worker.js"));
  let fail: (error: Error) => void = () => undefined;
  thread.on("error", (error: Error) => fail(error));
  thread.on("exit", () => {
    stopWaiting();
    fail(new Error("a thread of the engine ended before its work was done"));
  });
  const worker: EngineWorker = {
    give: (task) => thread.postMessage(task),
    listen(hear, failed) {
      fail = failed;
      thread.on("message", hear);
    },
    giveBack() {
      fail = () => undefined;
      thread.removeAllListeners("message");
      // A program may end while its threads wait.
      thread.unref();
      const timer = setTimeout(() => {
        stopWaiting();
        void thread.terminate();
      }, idleMilliseconds).unref();
      const leave = () => {
        clearTimeout(timer);
        thread.ref();
      };
      idle.push({ worker, leave });
    },
    end() {
      fail = () => undefined;
      void thread.terminate();
    },
  };
  function stopWaiting(): void {
    const at = idle.findIndex((waiting) => waiting.worker === worker);
    if (at >= 0) idle.splice(at, 1);
  }
  return worker;
}
