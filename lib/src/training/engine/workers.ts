import { host } from "./host";
import type { HostThread } from "./host-types";

/** How long a worker waits for more to do; then it ends, and what it held in memory is free. */
const idleMilliseconds = 1000;

/** A thread that the engine gives tasks to; errors of any task end it. */
export interface EngineWorker extends Pick<HostThread, "give" | "listen" | "end"> {
  /** Leaves it to whoever needs one next. */
  giveBack(): void;
}

/** A thread that waits, and what keeps it from ending meanwhile. */
interface Idle {
  readonly thread: HostThread;
  readonly keep: () => void;
}

const idle = new Set<Idle>();

/** Workers of one's own until they are given back: those that wait, else new ones. */
export function takeWorkers(count: number): EngineWorker[] {
  return Array.from({ length: count }, () => {
    const waiting = [...idle].at(-1);
    if (waiting === undefined) return workerOf(host.startThread());
    idle.delete(waiting);
    waiting.keep();
    return workerOf(waiting.thread);
  });
}

function workerOf(thread: HostThread): EngineWorker {
  return {
    give: (task) => thread.give(task),
    listen: (hear, fail) => thread.listen(hear, fail),
    end: () => thread.end(),
    giveBack() {
      const keep = host.later(() => {
        idle.delete(waiting);
        thread.end();
      }, idleMilliseconds);
      const waiting = { thread, keep };
      idle.add(waiting);
      thread.rest(() => {
        keep();
        idle.delete(waiting);
      });
    },
  };
}
