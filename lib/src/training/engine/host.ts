import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import { InputError } from "../../errors";
import type { EngineHost, HostThread } from "./host-types";

/** Where this folder stands once compiled, also when this module runs from its source. */
const compiledFolder = __dirname.replace(/src(?=[/]training[/]engine$)/, "dist");

const files = { "relaxed SIMD": "kernels-relaxed.wasm", SIMD: "kernels.wasm" } as const;

/** Node, on the machine that it runs on. */
export const host: EngineHost = {
  get cores() {
    return askedThreads() ?? availableParallelism();
  },
  sharesMemory: true,
  kernels: (variant) => readFileSync(join(compiledFolder, files[variant])),
  // Node 20 must be asked.
  wantRelaxed: () => setFlagsFromString("--experimental-wasm-relaxed-simd"),
  startThread,
  later(work, milliseconds) {
    const timer = setTimeout(work, milliseconds).unref();
    return () => clearTimeout(timer);
  },
};

/** What PROSPECTIVITY_THREADS says, for a process that has not the whole machine; null where nothing. */
function askedThreads(): number | null {
  const { PROSPECTIVITY_THREADS: text } = process.env;
  if (text === undefined || text === "") return null;
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new InputError({
    kind: "parameter",
    ...{ field: "PROSPECTIVITY_THREADS", found: `"${text}"` },
    expected: "a whole number of threads from 1",
  });
}

function startThread(): HostThread {
  const thread = new Worker(join(compiledFolder, "worker.js"));
  let fail: (error: Error) => void = () => undefined;
  thread.on("error", (error: Error) => fail(error));
  thread.on("exit", () => fail(new Error("a thread of the engine ended before its work was done")));
  return {
    give: (task) => thread.postMessage(task),
    listen(hear, failed) {
      fail = failed;
      thread.ref();
      thread.on("message", hear);
    },
    rest(ended) {
      fail = ended;
      thread.removeAllListeners("message");
      thread.unref();
    },
    end() {
      fail = () => undefined;
      void thread.terminate();
    },
  };
}
