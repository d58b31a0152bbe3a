import thread from "embedded:thread";
import type { HostThread } from "../../../lib/src/training/engine/host-types";
import type { WorkerTask } from "../../../lib/src/training/engine/job";
import type { Kernels } from "./host";
import { scriptWorker } from "./script-worker";

/** What a thread of the engine is told: first the kernels, then one task after another. */
export type ToThread = ({ readonly type: "kernels" } & Kernels) | WorkerTask;

/** A thread of its own for the engine, where a page may share memory with one. */
export function nestedThread(kernels: Kernels): HostThread {
  const worker = scriptWorker(thread);
  const give = (message: ToThread) => worker.postMessage(message);
  let hear: (message: unknown) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  worker.onmessage = ({ data }) => hear(data);
  worker.onerror = ({ message }) => fail(new Error(message));
  give({ type: "kernels", ...kernels });
  return {
    give,
    listen(heard, failed) {
      hear = heard;
      fail = failed;
    },
    rest(ended) {
      hear = () => undefined;
      fail = ended;
    },
    end: () => worker.terminate(),
  };
}
