import type { TrainingMessage, WorkerDone } from "../../../lib/src/training/engine/job";
import { taskDoer, toEnd } from "../../../lib/src/training/engine/tasks";
import { provideHost } from "./host";
import type { ToThread } from "./nested-thread";
import { ownPort } from "./port";

/** A thread of the engine in a browser: does what it is given, one task after another. */
const port = ownPort<ToThread, TrainingMessage | WorkerDone>();
const doTask = taskDoer((message) => port.postMessage(message));

port.addEventListener("message", ({ data }) => {
  if (data.type !== "kernels") toEnd(doTask(data));
  else provideHost({ kernels: data, cores: 1, sharesMemory: true, startThread: noThread });
});

function noThread(): never {
  throw new Error("a thread of the engine starts none");
}
