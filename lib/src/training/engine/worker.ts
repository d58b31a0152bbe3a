import { parentPort, workerData } from "node:worker_threads";
import type { TrainingJob } from "./job";
import { trainThread } from "./thread";

/** A thread of a training: does its part and ends. */
const { job, thread } = workerData as { readonly job: TrainingJob; readonly thread: number };
trainThread(job, thread, (message) => parentPort?.postMessage(message));
