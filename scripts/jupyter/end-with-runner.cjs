// Loaded into a kernel before all else: ends it when the runner that started it is gone, however that
// ended. The runner holds one end of a pipe, and a thread of its own waits at the other, so that a
// kernel that computes without a pause ends too.
const { Worker, isMainThread, workerData } = require("node:worker_threads");
const { Socket } = require("node:net");

/** The pipe's place among the streams that the runner gives a kernel. */
const PIPE = 3;
const WATCH = "end with the runner";

// Threads that the kernel starts for its own work load this file too, and have nothing to do here.
if (isMainThread) {
  new Worker(__filename, { workerData: WATCH, execArgv: [] }).unref();
} else if (workerData === WATCH) {
  const pipe = new Socket({ fd: PIPE, readable: true, writable: false });
  pipe.on("error", () => undefined);
  pipe.on("close", () => process.kill(process.pid, "SIGKILL"));
  pipe.resume();
}
