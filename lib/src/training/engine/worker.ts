import { parentPort } from "node:worker_threads";
import type { WorkerTask } from "./job";
import { taskDoer, toEnd } from "./tasks";

/** A thread of the engine in Node: does what it is given, one task after another. */
const doTask = taskDoer((message) => parentPort?.postMessage(message));

parentPort?.on("message", (task: WorkerTask) => toEnd(doTask(task)));
